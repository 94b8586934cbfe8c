using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 8. Snapshots are values: taking one costs O(1) and allocates nothing; a snapshot never changes afterwards, however much is appended,
/// and may be read on another thread while the parser goes on.
/// </summary>
public class Law08_SnapshotsAreValues
{
    [Fact]
    public void EverySnapshot_PrintsAtTheEndWhatItPrintedWhenItWasTaken() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            var taken = new Taken(parser);
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.TryAppend(chunk.Span);
                taken.TakeOne();
            }

            parser.Complete();
            taken.TakeOne();
            taken.AssertUnchanged();
        },
        maxTest: 300);

    [Theory]
    [InlineData("[\"0123456789abcdef0123456789abcdef\\n0123456789\\u00e9\"]")] // a raw string turns out to be escaped
    [InlineData("[[1,2,[3]],{\"a\":{}},\"x\"]")] // containers close later
    [InlineData("{\"name\":\"value\",\"n\\u0061me\":\"va\\u006cue\",\"other\":[null,true,false,-1.5e3]}")]
    [InlineData("[\"\\ud83d\\ude00\",\"\\ud83d\",\"é€\U0001F600\",{\"\\ud83d\":1}]")]
    [InlineData("[1,2,3,/* between */]")]
    [InlineData("[\"a\",\"b\"]")]
    public void NamedCases_TakenAtEachByte_NeverChange(string text)
    {
        using var parser = new StreamingJsonParser(OptionSets.Lenient);
        var taken = new Taken(parser);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            parser.Append([b]);
            taken.TakeOne();
            taken.AssertUnchanged();
        }

        parser.EnsureComplete();
        taken.AssertUnchanged();
    }

    [SlowFact]
    public void GrowthOfEveryBuffer_LeavesEarlierSnapshotsAlone()
    {
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Trusted);
        var taken = new Taken(parser);
        parser.Append("{\"plain\":\""u8);
        for (int i = 0; i < 12; i++)
        {
            parser.Append(new string('x', 1 << i)); // the bytes
            taken.TakeOne();
        }

        parser.Append("\",\"escaped\":\"\\t"u8);
        for (int i = 0; i < 12; i++)
        {
            parser.Append(new string('y', 1 << i)); // the unescaped text
            taken.TakeOne();
        }

        parser.Append("\",\"deep\":"u8);
        for (int depth = 0; depth < 200; depth++)
        {
            parser.Append("["u8); // the rows and the open containers
            taken.TakeOne();
        }

        for (int depth = 0; depth < 200; depth++)
        {
            parser.Append("]"u8);
            taken.TakeOne();
        }

        parser.Append("}"u8);
        parser.EnsureComplete();
        taken.AssertUnchanged();
    }

    [Fact]
    public void AnErrorOrTheEnd_LeavesEarlierSnapshotsAlone()
    {
        using var parser = new StreamingJsonParser();
        var taken = new Taken(parser);
        parser.Append("[1,\"ab"u8);
        taken.TakeOne();
        Assert.False(parser.TryAppend("cd\u0001"u8));
        taken.TakeOne();
        Assert.False(parser.TryAppend("\"]"u8));
        taken.AssertUnchanged();

        parser.Reset();
        taken = new Taken(parser);
        parser.Append("12"u8);
        taken.TakeOne();
        parser.Complete();
        taken.AssertUnchanged();
    }

    [Fact]
    public void AfterResetOrDispose_ASnapshotSaysSo_AndShowsNothingOfTheNextText()
    {
        var parser = new StreamingJsonParser();
        parser.Append("{\"a\":[\"x\"]}"u8);
        JsonSnapshot first = parser.Snapshot;
        parser.Reset();
        parser.Append("[1,2,3,4,5,6,7,8]"u8);
        AssertEnded(first);
        JsonSnapshot second = parser.Snapshot;
        Assert.Equal(8, second.RootElement.GetArrayLength());
        parser.Dispose();
        AssertEnded(first);
        AssertEnded(second);
    }

    [SlowFact]
    public async Task AReaderOnAnotherThread_SeesWhatTheWriterSaw()
    {
        for (int round = 0; round < 4; round++)
        {
            using var parser = new StreamingJsonParser();
            using var snapshots = new BlockingCollection<(JsonSnapshot Snapshot, string Print)>(boundedCapacity: 16);
            Task<int> reader = Task.Run(() => snapshots.GetConsumingEnumerable().Count(pair =>
            {
                string seen = Observed.Print(pair.Snapshot);
                Assert.Equal(pair.Print, seen);
                return true;
            }));
            int taken = 0;
            foreach (ReadOnlyMemory<byte> chunk in Chunking.Pattern(1, 2, 3 + round, 7).Split(Records(40)))
            {
                parser.Append(chunk.Span);
                if (!snapshots.TryAdd((parser.Snapshot, Observed.Print(parser.Snapshot)), millisecondsTimeout: 0))
                {
                    continue; // the reader is still at work while this thread goes on
                }

                taken++;
            }

            snapshots.CompleteAdding();
            Assert.Equal(taken, await reader);
        }
    }

    [Fact]
    public async Task AnOldSnapshot_IsReadAgainAndAgain_WhileTheWriterGoesOn()
    {
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Trusted);
        parser.Append("{\"items\":[{\"text\":\"growing"u8);
        JsonSnapshot old = parser.Snapshot;
        string print = Observed.Print(old);
        using var stop = new CancellationTokenSource();
        Task<int> reader = Task.Run(() =>
        {
            int reads = 0;
            for (; !stop.IsCancellationRequested || reads == 0; reads++)
            {
                Assert.Equal(print, Observed.Print(old));
            }

            return reads;
        });
        parser.Append("\\n\"}"u8);
        for (int i = 0; i < PropertySettings.Size(20_000); i++)
        {
            parser.Append(",{\"text\":\"\\u0041\",\"n\":[1,2,[]]}"u8);
        }

        parser.Append("]}"u8);
        parser.EnsureComplete();
        await stop.CancelAsync();
        Assert.True(await reader > 0);
        Assert.Equal(print, Observed.Print(old));
    }

    private static byte[] Records(int count) => Encoding.UTF8.GetBytes(
        "[" + string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"id\":{i},\"t\\u0065xt\":\"line {i}\\n\",\"tags\":[\"é\",null,[]]}}")) + "]");

    private static void AssertEnded(JsonSnapshot snapshot)
    {
        Assert.Throws<InvalidOperationException>(() => snapshot.ToString());
        Assert.Throws<InvalidOperationException>(() => snapshot.RootElement.ValueKind);
        Assert.Throws<InvalidOperationException>(() => snapshot.RootElement.IsComplete);
        Assert.Throws<InvalidOperationException>(() => snapshot.RootElement.GetRawText());
        Assert.Throws<InvalidOperationException>(() => snapshot.RootElement.GetPointer());
        Assert.Throws<InvalidOperationException>(() => snapshot.TryGetElement("/a", out _));
        Assert.Throws<InvalidOperationException>(() => snapshot.ToJsonElement());
        Assert.Throws<InvalidOperationException>(() => snapshot.Deserialize(JsonTypeInfos.Of<JsonElement>()));
    }

    /// <summary>Snapshots, and what they printed when they were taken.</summary>
    private sealed class Taken(StreamingJsonParser parser)
    {
        private readonly List<(JsonSnapshot Snapshot, string Print)> _snapshots = [];

        public void TakeOne() => _snapshots.Add((parser.Snapshot, Observed.Print(parser.Snapshot)));

        public void AssertUnchanged() => Assert.All(_snapshots, taken => Assert.Equal(taken.Print, Observed.Print(taken.Snapshot)));
    }
}
