using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Events;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// What may be done on several threads is right, what may not is told where that costs nothing, and never reaches beyond the instance: the
/// pool is nobody's own.
/// </summary>
public class ThreadTests
{
    private static readonly byte[] Text = SampleTexts.Mixed;

    [Fact]
    public async Task SnapshotsAreReadOnManyThreads_WhileTheParserGoesOn()
    {
        using var parser = new StreamingJsonParser();
        var snapshots = new (JsonSnapshot Snapshot, byte[] Hash)[Text.Length / 61];
        int published = 0;
        bool isOver = false;
        Task<int>[] readers = [.. Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            int reads = 0;
            while (!Volatile.Read(ref isOver) || reads < 20)
            {
                int count = Volatile.Read(ref published);
                if (count > 0)
                {
                    (JsonSnapshot snapshot, byte[] hash) = snapshots[random.Next(count)];
                    Assert.Equal(hash, Hash(snapshot));
                    reads++;
                }
            }

            return reads;
        }))];
        for (int i = 0; i < snapshots.Length; i++)
        {
            parser.Append(Text.AsSpan(i * 61, 61));
            snapshots[i] = (parser.Snapshot, Hash(parser.Snapshot));
            Volatile.Write(ref published, i + 1);
        }

        parser.Append(Text.AsSpan(snapshots.Length * 61));
        parser.EnsureComplete();
        Volatile.Write(ref isOver, true);
        Assert.All(await Task.WhenAll(readers), reads => Assert.InRange(reads, 20, int.MaxValue));
        Assert.All(snapshots, taken => Assert.Equal(taken.Hash, Hash(taken.Snapshot)));
    }

    [Fact]
    public void DisposedFromSeveralThreads_EachArrayComesBackOnce()
    {
        for (int i = 0; i < 500; i++)
        {
            var pools = new CountingPools();
            var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
            var bytes = new CountingArrayPool<byte>();
            var levels = new CountingArrayPool<EventPath.Level>();
            var events = new JsonEventParser<SilentHandler>(default, StreamingJsonOptions.Default, new EventPools { Bytes = bytes, Levels = levels });
            parser.Append("[{\"a\\n\":\"b\\n"u8);
            events.Append("[{\"a\\n\":\"b\\u"u8);
            Parallel.For(0, 4, n =>
            {
                // A second return throws, in whichever thread.
                parser.Dispose();
                events.Dispose();
            });
            pools.AssertBalanced(parser.Meters.ArenaGrowths);
            bytes.AssertSettled();
            levels.AssertSettled();
        }
    }

    [Fact]
    public void ASecondThreadInACall_IsRefused_WhereTheHandlerLetsItBeSeen()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        using var parser = new JsonEventParser<WaitingHandler>(new WaitingHandler(entered, leave));
        var first = new Thread(() => parser.Append("[1]"u8));
        first.Start();
        entered.Wait();
        Assert.Throws<InvalidOperationException>(() => parser.Append("2"u8));
        Assert.Throws<InvalidOperationException>(() => parser.TryAppend("2".AsSpan()));
        Assert.Throws<InvalidOperationException>(() => parser.Complete());
        leave.Set();
        first.Join();
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
    }

    /// <summary>Nobody promises what two writers at once make of a parser: only that it is this parser's trouble and no other's.</summary>
    [Fact]
    public void TwoWriters_SpoilTheirParserAtMost_AndAResetMendsIt()
    {
        Trace expected = Run.Of(Text, Chunking.Whole);
        for (int round = 0; round < LongRuns.Budget(20, 2000); round++)
        {
            var pools = new CountingPools();
            var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
            Parallel.For(0, 2, n =>
            {
                for (int i = 0; i < 300; i++)
                {
                    Exception? thrown = Record.Exception(() =>
                    {
                        parser.TryAppend(Text.AsSpan(i * 17, 17));
                        _ = parser.Snapshot.HasValue;
                    });
                    Assert.False(thrown is AccessViolationException);
                    Assert.DoesNotContain("Returned twice", thrown?.Message ?? "", StringComparison.Ordinal);
                }
            });
            parser.Reset();
            Assert.Equal(expected, Run.Of(parser, Text, Chunking.Every(100)));
            parser.Dispose();
            Assert.True(pools.Returns <= pools.Rents);
            pools.Bytes.AssertUntouched();
            pools.Rows.AssertUntouched();
        }
    }

    private static byte[] Hash(JsonSnapshot snapshot) => SHA256.HashData(Encoding.UTF8.GetBytes(Observed.Print(snapshot)));

    private readonly struct WaitingHandler(ManualResetEventSlim entered, ManualResetEventSlim leave) : IJsonEventHandler
    {
        public void OnStartArray(in JsonEventContext context)
        {
            entered.Set();
            leave.Wait();
        }

        public void OnStartObject(in JsonEventContext context) => throw new NotSupportedException();

        public void OnEndObject(in JsonEventContext context) => throw new NotSupportedException();

        public void OnEndArray(in JsonEventContext context) => _ = context.Depth;

        public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) => throw new NotSupportedException();

        public void OnStartString(in JsonEventContext context) => throw new NotSupportedException();

        public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => throw new NotSupportedException();

        public void OnEndString(in JsonEventContext context) => throw new NotSupportedException();

        public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => _ = context.Depth;

        public void OnBoolean(bool value, in JsonEventContext context) => throw new NotSupportedException();

        public void OnNull(in JsonEventContext context) => throw new NotSupportedException();

        public void OnDocumentCompleted() => entered.Set();
    }
}
