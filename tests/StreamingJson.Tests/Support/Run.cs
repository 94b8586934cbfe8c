using System;
using System.Collections.Generic;
using System.Text;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Support;

/// <summary>Everything that was seen of a text until its end was declared: what law 1 says is a function of the bytes alone.</summary>
public sealed record Trace(
    Verdict Verdict, string Events, string Value, string InFlight, JsonLeniencies Leniencies, (long Line, long Column) Position, long Tokens);

/// <summary>Whole runs of a parser over a text.</summary>
public static class Run
{
    /// <summary>A text, cut in one way, through one entrance; the chunks after an error are given too.</summary>
    public static Trace Of(byte[] text, Chunking chunking, Entrance? entrance = null, StreamingJsonOptions? options = null)
    {
        using var parser = new StreamingJsonParser(options ?? StreamingJsonOptions.Default);
        return Of(parser, text, chunking, entrance);
    }

    /// <summary>The same with a parser that is there already.</summary>
    public static Trace Of(StreamingJsonParser parser, byte[] text, Chunking chunking, Entrance? entrance = null)
    {
        ArgumentNullException.ThrowIfNull(parser);
        var log = new EventLog();
        foreach (Func<StreamingJsonParser, bool> append in (entrance ?? Entrance.Span).Steps(text, chunking))
        {
            append(parser);
            log.AddEventsOf(parser);
        }

        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            log.AddEventsOf(parser);
        }

        return new Trace(
            Verdict.Of(parser),
            log.ToString(),
            parser.Snapshot.ToString(),
            Describe(parser.Snapshot.InFlight),
            parser.Leniencies,
            (parser.Error?.Line ?? 0, parser.Error?.Column ?? 0),
            parser.Meters.Tokens);
    }

    /// <summary>What a parser without a tape says of the text; only that is filled in which it knows.</summary>
    public static Trace OfEvents(byte[] text, Chunking chunking, Entrance? entrance = null, StreamingJsonOptions? options = null)
    {
        var log = new EventLog();
        using var parser = new JsonEventParser<LoggingHandler>(new LoggingHandler(log), options);
        foreach (Action append in Steps(parser, text, chunking, entrance ?? Entrance.Span))
        {
            Entrance.Accepts(append);
        }

        parser.Complete();
        return new Trace(Verdict.Of(parser), log.ToString(), "", "", default, default, parser.Meters.Tokens);
    }

    /// <summary>Of a trace, what also a parser without a tape knows.</summary>
    public static Trace WithoutTape(this Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace with { Value = "", InFlight = "", Leniencies = default, Position = default };
    }

    /// <summary>The snapshots after each chunk, as closed JSON, and the last after the end was declared.</summary>
    public static List<string> Snapshots(byte[] text, Chunking chunking, StreamingJsonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chunking);
        using var parser = new StreamingJsonParser(options ?? StreamingJsonOptions.Default);
        var snapshots = new List<string>();
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            parser.TryAppend(chunk.Span);
            snapshots.Add(parser.Snapshot.ToString());
        }

        parser.Complete();
        snapshots.Add(parser.Snapshot.ToString());
        return snapshots;
    }

    /// <summary>An in-flight token as text.</summary>
    public static string Describe(InFlightToken token) =>
        $"{token.Kind} at {token.ByteOffset}: {Encoding.Latin1.GetString(token.RawUtf8)}";

    private static IEnumerable<Action> Steps(
        JsonEventParser<LoggingHandler> parser, byte[] text, Chunking chunking, Entrance entrance)
    {
        if (entrance == Entrance.Chars)
        {
            foreach (ReadOnlyMemory<char> chunk in Entrance.CharChunks(text, chunking))
            {
                yield return () => parser.Append(chunk.Span);
            }

            yield break;
        }

        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            yield return entrance == Entrance.Sequence ? () => parser.Append(Segments.Of(chunk)) : () => parser.Append(chunk.Span);
        }
    }
}
