using System;
using System.Linq;
using System.Text;
using StreamingJson.Events;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// The n-th array cannot be had, for n = 1, 2, ... until a run goes through: nothing that is wrong is ever seen, the parser says that it was
/// left half-way, a reset makes it as good as new, and everything that was rented comes back.
/// </summary>
public class FailingRentTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        "{\"items\":[{\"id\":1,\"t\\u0065xt\":\"a\\nb é\",\"deep\":[[[[[[[[[[{\"" + new string('n', 1500) + "\":[]}]]]]]]]]]]},2.5,null,\""
        + new string('x', 3000) + "\\n" + new string('y', 3000) + "\",[" + string.Join(',', Enumerable.Repeat("0", 300)) + "]]}");

    private static readonly Chunking[] Cuts = [Chunking.Whole, Chunking.Every(7), Chunking.Every(1000)];

    [SlowFact]
    public void OfAParserWithATape()
    {
        Trace expected = Run.Of(Text, Chunking.Whole);
        int failures = 0;
        foreach ((Entrance entrance, Chunking cuts) in from e in Entrance.All.Where(e => e != Entrance.BufferWriter) from c in Cuts select (e, c))
        {
            bool isThrough = false;
            for (int n = 1; !isThrough; n++)
            {
                Assert.InRange(n, 1, 60);
                var pools = new CountingPools();
                pools.FailRent(n);
                var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
                var log = new EventLog();
                bool isLost = false;
                foreach (Func<StreamingJsonParser, bool> append in entrance.Steps(Text, cuts))
                {
                    Exception? thrown = Record.Exception(() => append(parser));
                    Assert.True(isLost ? thrown is InvalidOperationException : thrown is null or OutOfMemoryException, $"{entrance}, {cuts}, rent {n}: {thrown}");
                    isLost |= thrown is not null;
                    if (!isLost)
                    {
                        log.AddEventsOf(parser);
                    }
                }

                isThrough = pools.Failures == 0;
                failures += pools.Failures > 0 ? 1 : 0;
                Assert.Equal(isThrough, !isLost);
                Assert.StartsWith(log.ToString(), expected.Events, StringComparison.Ordinal);
                Assert.True(!isLost || Record.Exception(() => parser.Complete()) is InvalidOperationException);

                pools.FailRent(0);
                parser.Reset();
                Assert.Equal(expected, Run.Of(parser, Text, cuts));
                parser.Dispose();
                pools.AssertBalanced(parser.Meters.ArenaGrowths + pools.Failures);
            }
        }

        Assert.True(failures > 50, $"only {failures} failures");
    }

    [Theory]
    [InlineData("\"", 'a')]
    [InlineData("[1,", ' ')]
    public void AChunkThatCannotBeKept_StopsTheParser_UntilItIsReset(string start, char next)
    {
        var pools = new CountingPools();
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
        parser.Append(start);
        pools.FailRent(1);
        Assert.Throws<OutOfMemoryException>(() => parser.Append(new string(next, 5000)));
        Assert.StartsWith("An earlier call was left", Assert.Throws<InvalidOperationException>(() => parser.Append("b")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => parser.Complete());
        pools.FailRent(0);
        parser.Reset();
        parser.Append("[\"a\"]");
        parser.EnsureComplete();
        Assert.Equal("[\"a\"]", parser.Snapshot.ToString());
    }

    [Fact]
    public void SpaceThatCannotBeHad_LosesNothing_BecauseNothingWasWrittenToIt()
    {
        var pools = new CountingPools();
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
        parser.Append("[\"a"u8);
        pools.Bytes.FailRent(1);
        Assert.Throws<OutOfMemoryException>(() => parser.GetMemory(100_000));
        parser.Append("b\"]"u8);
        parser.EnsureComplete();
        Assert.Equal("[\"ab\"]", parser.Snapshot.ToString());
    }

    [Fact]
    public void OfAParserWithoutATape()
    {
        string expected = Run.OfEvents(Text, Chunking.Whole).Events;
        int failures = 0;
        foreach (Chunking cuts in Cuts)
        {
            bool isThrough = false;
            for (int n = 1; !isThrough; n++)
            {
                Assert.InRange(n, 1, 60);
                var bytes = new CountingArrayPool<byte>();
                var levels = new CountingArrayPool<EventPath.Level>();
                bytes.FailRent(n);
                levels.FailRent(n);
                var log = new EventLog();
                var parser = new JsonEventParser<LoggingHandler>(new LoggingHandler(log), StreamingJsonOptions.Default, new EventPools { Bytes = bytes, Levels = levels });
                bool isLost = false;
                foreach (ReadOnlyMemory<byte> chunk in cuts.Split(Text))
                {
                    Exception? thrown = Record.Exception(() => parser.TryAppend(chunk.Span));
                    Assert.True(isLost ? thrown is InvalidOperationException : thrown is null or OutOfMemoryException, $"{cuts}, rent {n}: {thrown}");
                    isLost |= thrown is not null;
                }

                isThrough = bytes.Failures + levels.Failures == 0;
                failures += isThrough ? 0 : 1;
                Assert.Equal(isThrough, !isLost);
                Assert.StartsWith(log.ToString(), expected, StringComparison.Ordinal);
                Assert.True(!isLost || Record.Exception(() => parser.Complete()) is InvalidOperationException);

                bytes.FailRent(0);
                levels.FailRent(0);
                var again = new EventLog();
                parser.Handler = new LoggingHandler(again);
                parser.Reset();
                parser.Append(Text);
                parser.EnsureComplete();
                Assert.Equal(expected, again.ToString());
                int growths = parser.Meters.ArenaGrowths;
                parser.Dispose();
                parser.Dispose();
                Assert.Equal(bytes.Outstanding + levels.Outstanding, growths);
                bytes.AssertUntouched();
                levels.AssertUntouched();
            }
        }

        Assert.True(failures > 5, $"only {failures} failures");
    }
}
