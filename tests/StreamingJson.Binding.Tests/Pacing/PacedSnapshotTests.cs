using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Binding.Tests;

/// <summary>Paced snapshots: of a pipe, a stream, and a parser that somebody else feeds.</summary>
public class PacedSnapshotTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ManualTime _time = new();

    private Pace EveryInterval => Pace.Every(Interval) with { TimeProvider = _time };

    private Pace NoInterval => Pace.Every(Timeout.InfiniteTimeSpan) with { TimeProvider = _time };

    [Fact]
    public async Task APipe_IsReadAtAPace_AndCompleted()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        IAsyncEnumerator<JsonSnapshot> snapshots = parser.ReadSnapshotsAsync(pipe.Reader, EveryInterval).GetAsyncEnumerator();
        await pipe.Writer.WriteAsync("[\"a"u8.ToArray());
        Assert.Equal("""["a"]""", await NextAsync(snapshots));
        Task<string?> next = NextAsync(snapshots);
        await pipe.Writer.WriteAsync("b"u8.ToArray());
        await _time.ArmedAsync();
        await pipe.Writer.WriteAsync("c"u8.ToArray());
        await _time.ArmedAsync();
        Assert.False(next.IsCompleted);
        _time.Advance(Interval);
        Assert.Equal("""["abc"]""", await next);
        await pipe.Writer.WriteAsync("d\"]"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        Assert.Equal("""["abcd"]""", await NextAsync(snapshots));
        Assert.Equal(JsonOutcome.Complete, snapshots.Current.Outcome);
        Assert.Null(await NextAsync(snapshots));
        await snapshots.DisposeAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => pipe.Reader.ReadAsync().AsTask());
        Assert.Equal(0, _time.LiveTimers);
    }

    [Theory]
    [InlineData("[1,2", JsonErrorCode.UnexpectedEnd, "[1]")]
    [InlineData("[1,x", JsonErrorCode.ExpectedValue, "[1]")]
    public async Task ABadText_ComesOutAfterTheLastSnapshot(string text, JsonErrorCode code, string last)
    {
        using var parser = new StreamingJsonParser();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var seen = new List<string>();
        StreamingJsonException error = await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(stream, EveryInterval))
            {
                seen.Add(snapshot.ToString());
            }
        });
        Assert.Equal((code, last), (error.Code, seen[^1]));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task AStream_MayBeLeftOpen()
    {
        using var parser = new StreamingJsonParser();
        using var stream = new MemoryStream("[1]"u8.ToArray());
        await foreach (JsonSnapshot _ in parser.ReadSnapshotsAsync(stream, EveryInterval, leaveOpen: true))
        {
        }

        Assert.True(stream.CanRead);
    }

    [Theory]
    [InlineData(1, "1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData(5, "5 10 12")]
    [InlineData(100, "12")]
    public async Task Bytes(int bytes, string expected) =>
        Assert.Equal(expected, string.Join(' ', await ByteCountsAsync("""["ab",{},1] """, NoInterval with { Bytes = bytes })));

    [Theory]
    [InlineData("""["ab",{},1] """, "5 8 11 12")]
    [InlineData("""{"a":"x","b":[[[12 ]]],"c":nul""", "8 19 20 21 22 30")]
    [InlineData("""[ 12 """, "5")]
    [InlineData("""[""  """, "3 5")]
    public async Task EveryCompletion_IsDelivered(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', await ByteCountsAsync(text, NoInterval with { OnCompletion = true })));

    [Fact]
    public async Task Completions_AreThoseOfTheEvents()
    {
        const string Text = """{"a":["x\n",[],{"b":[1,true,"long text"]}],"c":{"d":{"e":""}},"f":-1.5e3,"a":null}""";
        using var parser = new StreamingJsonParser();
        List<int> expected = [];
        foreach (byte next in Encoding.UTF8.GetBytes(Text))
        {
            parser.Append([next]);
            if (parser.Events.GetEnumerator() is var events && HasCompletion(events))
            {
                expected.Add(parser.Snapshot.ByteCount);
            }
        }

        Assert.Equal(expected, (await ByteCountsAsync(Text, NoInterval with { OnCompletion = true })).Distinct());

        static bool HasCompletion(JsonEvents.Enumerator events)
        {
            using (events)
            {
                while (events.MoveNext())
                {
                    if (events.Current.Kind == JsonEventKind.Completed)
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }

    [Fact]
    public async Task WhatIsMadeOfASnapshot_IsPacedByIt()
    {
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        await foreach ((JsonSnapshot _, string text) in Made().AtPace(NoInterval with { OnCompletion = true }, made => made.Snapshot))
        {
            seen.Add(text);
        }

        Assert.Equal(["""["ab"]""", """["ab",1]"""], seen);

        async IAsyncEnumerable<(JsonSnapshot Snapshot, string Text)> Made()
        {
            foreach (string chunk in new[] { "[\"a", "b\"", ", ", "1]" })
            {
                parser.Append(chunk);
                yield return (parser.Snapshot, parser.Snapshot.ToString());
                await Task.CompletedTask;
            }
        }
    }

    [Fact]
    public async Task AParserThatSomebodyElseFeeds()
    {
        using var parser = new StreamingJsonParser();
        IAsyncEnumerator<JsonSnapshot> snapshots = parser.WatchSnapshotsAsync(EveryInterval).GetAsyncEnumerator();
        parser.Append("[\"a"u8);
        Assert.Equal("""["a"]""", await NextAsync(snapshots));
        Task<string?> next = NextAsync(snapshots);
        parser.Append("b"u8);
        await _time.ArmedAsync();
        parser.Append("c"u8);
        await _time.ArmedAsync();
        Assert.False(next.IsCompleted);
        _time.Advance(Interval);
        Assert.Equal("""["abc"]""", await next);
        parser.Append("d"u8);
        parser.Append("e\"]"u8);
        parser.Complete();
        Assert.Equal("""["abcde"]""", await NextAsync(snapshots));
        Assert.Equal(JsonOutcome.Complete, snapshots.Current.Outcome);
        Assert.Null(await NextAsync(snapshots));
        await snapshots.DisposeAsync();
        Assert.Equal(0, _time.LiveTimers);
    }

    [Fact]
    public async Task AParserThatEnded_IsSeenOnce_AndItsErrorComesOut()
    {
        using var parser = new StreamingJsonParser();
        Assert.False(parser.TryAppend("[1,x"u8));
        IAsyncEnumerator<JsonSnapshot> snapshots = parser.WatchSnapshotsAsync(EveryInterval).GetAsyncEnumerator();
        Assert.Equal("[1]", await NextAsync(snapshots));
        Assert.Equal(JsonErrorCode.ExpectedValue, (await Assert.ThrowsAsync<StreamingJsonException>(() => NextAsync(snapshots))).Code);
    }

    [Fact]
    public async Task AParserThatIsResetTooEarly_IsSaid()
    {
        using var parser = new StreamingJsonParser();
        IAsyncEnumerator<JsonSnapshot> snapshots = parser.WatchSnapshotsAsync(new Pace()).GetAsyncEnumerator();
        Task<string?> next = NextAsync(snapshots);
        parser.Reset();
        await Assert.ThrowsAsync<InvalidOperationException>(() => next);
    }

    [Fact]
    public async Task AWatchThatIsLeft_DoesNotHoldTheParserUp_AndIsEnumeratedOnce()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1,"u8);
        IAsyncEnumerable<JsonSnapshot> snapshots = parser.WatchSnapshotsAsync(new Pace());
        await foreach (JsonSnapshot _ in snapshots)
        {
            break;
        }

        parser.Append("2]"u8);
        parser.EnsureComplete();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await snapshots.GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task FedOnAnotherThread_TheLastStateIsSeen_AndNoneIsOlderThanTheOneBefore()
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 5000)) + "]");
        using var parser = new StreamingJsonParser();
        IAsyncEnumerable<JsonSnapshot> snapshots = parser.WatchSnapshotsAsync(Pace.Every(TimeSpan.FromMilliseconds(1)));
        Task feeding = Task.Run(() =>
        {
            foreach (byte next in text)
            {
                parser.Append([next]);
            }

            parser.Complete();
        });
        int last = -1;
        JsonOutcome outcome = JsonOutcome.Partial;
        await foreach (JsonSnapshot snapshot in snapshots)
        {
            Assert.True(snapshot.ByteCount >= last);
            Assert.True(snapshot.ByteCount == 0 || snapshot.RootElement.GetArrayLength() <= 5000);
            (last, outcome) = (snapshot.ByteCount, snapshot.Outcome);
        }

        await feeding;
        Assert.Equal((text.Length, JsonOutcome.Complete), (last, outcome));
    }

    [Fact]
    public void Misuse()
    {
        using var parser = new StreamingJsonParser();
        Assert.Throws<ArgumentNullException>(() => parser.WatchSnapshotsAsync(null!));
        Assert.Throws<ArgumentNullException>(() => ((StreamingJsonParser)null!).WatchSnapshotsAsync(EveryInterval));
        Assert.Throws<ArgumentNullException>(() => parser.ReadSnapshotsAsync(Stream.Null, pace: null!));
        Assert.Throws<ArgumentNullException>(() => parser.ReadSnapshotsAsync((PipeReader)null!, EveryInterval));
        var disposed = new StreamingJsonParser();
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => disposed.WatchSnapshotsAsync(EveryInterval));
    }

    private static async Task<string?> NextAsync(IAsyncEnumerator<JsonSnapshot> snapshots) =>
        await snapshots.MoveNextAsync().AsTask().WaitAsync(Patience) ? snapshots.Current.ToString() : null;

    // Byte by byte, all there at once: what comes out is what the pace asks for.
    private static async Task<List<int>> ByteCountsAsync(string text, Pace pace)
    {
        using var parser = new StreamingJsonParser();
        List<int> counts = [];
        await foreach (JsonSnapshot snapshot in ByteByByte().AtPace(pace))
        {
            counts.Add(snapshot.ByteCount);
        }

        return counts;

        async IAsyncEnumerable<JsonSnapshot> ByteByByte()
        {
            foreach (byte next in Encoding.UTF8.GetBytes(text))
            {
                parser.Append([next]);
                yield return parser.Snapshot;
                await Task.CompletedTask;
            }
        }
    }
}
