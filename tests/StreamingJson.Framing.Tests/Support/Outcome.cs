using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace StreamingJson.Framing.Tests;

/// <summary>Everything that a consumer can see of one pass over an input, as text: two passes are equal when their texts are.</summary>
internal sealed class Outcome
{
    private readonly StringBuilder _log = new();

    public List<FrameCopy> Frames { get; } = [];

    public FramingErrorCode? Code { get; private set; }

    public long ErrorOffset { get; private set; }

    public override string ToString() => _log.ToString();

    /// <summary>Drives a reader over chunks of one input, in the two-loop idiom.</summary>
    public static Outcome Of(FrameReader reader, IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        var outcome = new Outcome();
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            reader.Append(chunk.Span);
            outcome.Drain(reader);
            if (reader.Error is not null)
            {
                break;
            }
        }

        reader.Complete();
        outcome.Drain(reader);
        outcome.Finish(reader);
        return outcome;
    }

    public static Outcome Of(FrameFormat format, FrameReaderOptions? options, IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        var pool = new CountingPool();
        Outcome outcome;
        using (var reader = new FrameReader(format, options, pool))
        {
            outcome = Of(reader, chunks);
        }

        pool.AssertBalanced();
        return outcome;
    }

    public static Outcome Of(FrameFormat format, FrameReaderOptions? options, ReadOnlyMemory<byte> input) => Of(format, options, Cuts.Whole(input));

    public void Drain(FrameReader reader)
    {
        while (reader.TryRead(out Frame frame))
        {
            Add(frame);
        }
    }

    public void Add(Frame frame)
    {
        var copy = new FrameCopy(frame);
        Frames.Add(copy);
        _log.AppendLine(copy.ToString());
    }

    public void Finish(FrameReader reader)
    {
        Code = reader.Error?.Code;
        ErrorOffset = reader.Error?.Offset ?? -1;
        _log.Append(CultureInfo.InvariantCulture, $"error {Code} at {ErrorOffset}; id '{Text.Of(reader.LastEventId)}'; retry {reader.ReconnectionTime?.TotalMilliseconds}");
    }
}

/// <summary>A frame that outlives its reader.</summary>
internal sealed class FrameCopy
{
    public FrameCopy(Frame frame)
    {
        Data = Text.Of(frame.Data);
        EventType = Text.Of(frame.EventType);
        Id = Text.Of(frame.Id);
        RawLine = Text.Of(frame.RawLine);
        Flags = frame.Flags;
        Start = frame.StartOffset;
        End = frame.EndOffset;
        var headers = new StringBuilder();
        foreach (EventStreamHeader header in frame.Headers)
        {
            headers.Append(CultureInfo.InvariantCulture, $"[{Text.Of(header.Name)} {header.Type} {Text.Of(header.RawValue)}]");
        }

        Headers = headers.ToString();
    }

    public string Data { get; }

    public string EventType { get; }

    public string Id { get; }

    public string RawLine { get; }

    public string Headers { get; }

    public FrameFlags Flags { get; }

    public long Start { get; }

    public long End { get; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}..{End} {Flags} type '{EventType}' id '{Id}' data '{Data}' line '{RawLine}' {Headers}");
}
