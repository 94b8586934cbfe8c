using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Misuse;

/// <summary>
/// Whatever is called in whatever order, a parser does what its documentation says, and throws nothing else: against a model of its states.
/// </summary>
public class ParserMisuseTests
{
    private enum State
    {
        Open,
        Ended,
        Invalid,
        Disposed,
    }

    private static readonly string[] Pieces = ["", "[", "]", "1", ",", "\"a", "\\", "n", "\"", " ", "{\"k\":", "}", "\\ud83d", "é", "tru", "x", "\u0001"];

    private static readonly Operation[] Operations =
    [
        .. Pieces.SelectMany(piece => new[]
        {
            Operation.Taking($"Append(\"{piece}\")", parser => parser.Append(piece)),
            Operation.Taking($"Append(\"{piece}\"u8)", parser => parser.Append(Utf8(piece))),
        }),
        Operation.Taking("Append(sequence)", parser => parser.Append(Segments.Of(Utf8("[1,\"é")))),
        Operation.Taking("Append(empty sequence)", parser => parser.Append(default(System.Buffers.ReadOnlySequence<byte>))),
        Operation.Taking("Advance(0)", parser => parser.Advance(0)),
        Operation.Taking("GetSpan, Advance", Write),
        Operation.Taking("GetMemory(3)", parser => Assert.True(parser.GetMemory(3).Length >= 3)),
        new("TryAppend", parser => Assert.Equal(parser.TryAppend(" "u8), parser.Outcome != JsonOutcome.Invalid), state => state switch
        {
            State.Ended => typeof(InvalidOperationException),
            State.Disposed => typeof(ObjectDisposedException),
            _ => null,
        }),
        new("Advance(-1)", parser => parser.Advance(-1), _ => typeof(ArgumentOutOfRangeException)),
        new("GetSpan(-1)", parser => parser.GetSpan(-1), _ => typeof(ArgumentOutOfRangeException)),
        new("Complete", parser => parser.Complete(), OnlyDisposed),
        new("Reset", parser => parser.Reset(), OnlyDisposed),
        new("Dispose", parser => parser.Dispose(), _ => null),
    ];

    [Fact]
    public void AnySequenceOfOperations_DoesWhatIsDocumented() => PropertyRunner.Check(
        Arb.From(Gen.Elements(Operations).ArrayOf(12), Shrink),
        operations =>
        {
            var pools = new CountingPools();
            using var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
            var state = State.Open;
            var snapshots = new List<JsonSnapshot>();
            foreach (Operation operation in operations)
            {
                Exception? thrown = Record.Exception(() => operation.Run(parser));
                AssertDocumented(operation, state, thrown, parser);
                snapshots.Add(parser.Snapshot);
                snapshots.ForEach(LookAt);
                state = operation.Name == "Dispose" || state == State.Disposed ? State.Disposed : StateOf(parser);
                LookAt(parser, state);
            }

            parser.Dispose();
            parser.Dispose();
            pools.AssertBalanced(parser.Meters.ArenaGrowths);
        },
        maxTest: 3000);

    [Fact]
    public void AfterReset_AParserIsEqualToANewOne() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        OptionSets.AnyTexts,
        OptionSets.Arbitrary,
        (first, second, options) =>
        {
            using var parser = new StreamingJsonParser(options);
            using var events = new JsonEventParser<LoggingHandler>(new LoggingHandler(new EventLog()), options);
            Run.Of(parser, first.Bytes, Chunking.Every(5));
            events.TryAppend(first.Bytes);
            parser.Reset();
            events.Reset();
            Assert.Equal(Run.Of(second.Bytes, Chunking.Every(3), Entrance.Span, options), Run.Of(parser, second.Bytes, Chunking.Every(3)));

            var log = new EventLog();
            events.Handler = new LoggingHandler(log);
            events.TryAppend(second.Bytes);
            events.Complete();
            Assert.Equal(Run.OfEvents(second.Bytes, Chunking.Whole, Entrance.Span, options).Verdict, Verdict.Of(events));
            Assert.Equal(Run.OfEvents(second.Bytes, Chunking.Whole, Entrance.Span, options).Events, log.ToString());
        });

    [Fact]
    public void AHalfOfAPairBeforeAReset_IsForgotten()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"\ud83d".AsSpan());
        parser.Reset();
        parser.Append("\"a\"");
        Assert.Equal("\"a\"", parser.Snapshot.ToString());
    }

    [Fact]
    public void AdvancingTooFar_IsRefused_AndTakesNothing()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1"u8);
        int free = parser.GetSpan(10).Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => parser.Advance(free + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => parser.Advance(int.MaxValue));
        Assert.Equal(2, parser.Meters.BytesReceived);
        parser.Append("]"u8);
        Assert.Equal("[1]", parser.Snapshot.ToString());
    }

    [Fact]
    public void Events_AreReadUntilTheNextOperation_ThenRefused()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1,2"u8);
        JsonEvents events = parser.Events;
        foreach (Action next in new Action[] { () => parser.Append(""u8), () => parser.Append(",3"u8), () => parser.Complete() })
        {
            JsonEvents.Enumerator enumerator = parser.Events.GetEnumerator();
            bool hasOne = enumerator.MoveNext();
            next();
            InvalidOperationException? refused = null;
            try
            {
                enumerator.MoveNext();
            }
            catch (InvalidOperationException e)
            {
                refused = e;
            }

            enumerator.Dispose();
            enumerator.Dispose();
            Assert.True(refused is not null, $"An enumerator that had {hasOne} goes on after the next operation.");
        }
    }

    [Fact]
    public void Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new StreamingJsonParser(null!));
        Assert.Throws<ArgumentNullException>(() => new StreamingJsonOptions { Limits = null! });
        using var parser = new StreamingJsonParser();
        parser.Append((string?)null); // as an empty span
        parser.Append("{\"a\":1}"u8);
        PartialJsonElement root = parser.Snapshot.RootElement;
        Assert.Throws<ArgumentNullException>(() => root.TryGetProperty((string)null!, out _));
        Assert.Throws<ArgumentNullException>(() => root.GetProperty((string)null!));
        Assert.Throws<ArgumentNullException>(() => root.TryGetElement(null!, out _));
        Assert.Throws<ArgumentNullException>(() => parser.Snapshot.TryGetElement(null!, out _));
        Assert.Throws<ArgumentNullException>(() => root.WriteTo(null!));
        Assert.Throws<ArgumentNullException>(() => root.Deserialize<int>(null!));
    }

    private static void AssertDocumented(Operation operation, State state, Exception? thrown, StreamingJsonParser parser)
    {
        if (state == State.Open && thrown is StreamingJsonException)
        {
            Assert.Equal(JsonOutcome.Invalid, parser.Outcome);
            return;
        }

        Type? expected = operation.Expected(state);
        Assert.True(thrown?.GetType() == expected, $"{operation} while {state}: {expected?.Name ?? "nothing"} expected, {thrown?.ToString() ?? "nothing"} thrown");
        Assert.True(thrown is null || IsOfTheLibrary(thrown), $"{operation}: {thrown}");
    }

    /// <summary>And not what happened to come out of the inside of something else.</summary>
    private static bool IsOfTheLibrary(Exception thrown) => thrown switch
    {
        StreamingJsonException => true,
        ObjectDisposedException disposed => disposed.ObjectName == nameof(StreamingJsonParser),
        InvalidOperationException => thrown.Message.Contains("declared to be complete", StringComparison.Ordinal),
        ArgumentOutOfRangeException argument => argument.ParamName is "count" or "sizeHint",
        _ => false,
    };

    private static State StateOf(StreamingJsonParser parser) => parser.Outcome switch
    {
        JsonOutcome.Partial => State.Open,
        JsonOutcome.Invalid => State.Invalid,
        _ => State.Ended,
    };

    private static Type? OnlyDisposed(State state) => state == State.Disposed ? typeof(ObjectDisposedException) : null;

    /// <summary>A snapshot of a parser that went on, ended, was reset or disposed: it shows itself or says that it is over.</summary>
    private static void LookAt(JsonSnapshot snapshot)
    {
        Exception? thrown = Record.Exception(() => Observed.Print(snapshot));
        Assert.True(thrown is null or InvalidOperationException, thrown?.ToString());
    }

    private static void LookAt(StreamingJsonParser parser, State state)
    {
        Assert.Null(Record.Exception(() => _ = parser.Outcome));
        Assert.Equal(OnlyDisposed(state), Record.Exception(() => _ = (parser.Error?.Pointer, parser.Error?.Line))?.GetType());
        Assert.InRange(parser.Meters.Tokens, 0, int.MaxValue);
        Exception? thrown = Record.Exception(() =>
        {
            foreach (JsonEvent e in parser.Events)
            {
                _ = (e.Element.ValueKind, e.GetPointer(), e.Depth, e.Index, e.TextUtf8.Length, e.PropertyNameUtf8.Length);
            }
        });
        Assert.True(thrown is null or InvalidOperationException, thrown?.ToString());
    }

    private static void Write(StreamingJsonParser parser)
    {
        Utf8("[\"").CopyTo(parser.GetSpan(2));
        parser.Advance(2);
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static IEnumerable<Operation[]> Shrink(Operation[] operations) =>
        operations.Select((_, i) => (Operation[])[.. operations[..i], .. operations[(i + 1)..]]);

    private sealed record Operation(string Name, Action<StreamingJsonParser> Run, Func<State, Type?> Expected)
    {
        /// <summary>An operation that takes text: not after the end, and not once the text is invalid.</summary>
        public static Operation Taking(string name, Action<StreamingJsonParser> run) => new(name, run, state => state switch
        {
            State.Ended => typeof(InvalidOperationException),
            State.Invalid => typeof(StreamingJsonException),
            State.Disposed => typeof(ObjectDisposedException),
            _ => null,
        });

        public override string ToString() => Name;
    }
}
