using System;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Misuse;

/// <summary>What was rented goes back when the parser is disposed: after any text, any error, at any byte, and when memory runs out.</summary>
public class PoolBalanceTests
{
    private const string Text = "{\"items\":[{\"id\":1,\"t\\u0065xt\":\"a\\nb é\",\"deep\":[[[[[[[[[[]]]]]]]]]]},2.5,null,\"0123456789012345678901234567890123456789\"]}";

    [Fact]
    public void AfterAnyText_EverythingIsBack_ButWhatWasOutgrown() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        OptionSets.Arbitrary,
        (text, cuts, options) =>
        {
            var pools = new CountingPools();
            var parser = new StreamingJsonParser(options, pools.Pools);
            Run.Of(parser, text.Bytes, cuts, Entrance.BufferWriter);
            parser.Reset();
            Run.Of(parser, text.Bytes, cuts, Entrance.Sequence);
            parser.Dispose();
            parser.Dispose();
            pools.AssertBalanced(parser.Meters.ArenaGrowths);
        });

    [Fact]
    public void DisposedAtEveryByte_EverythingIsBack()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        for (int length = 0; length <= text.Length; length++)
        {
            var pools = new CountingPools();
            var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
            parser.Append(text.AsSpan(0, length));
            parser.Dispose();
            pools.AssertBalanced(parser.Meters.ArenaGrowths);
        }
    }

    [Fact]
    public void BuffersThatHeldText_AreCleared()
    {
        var returned = new ClearWatchingPool();
        using (var parser = new StreamingJsonParser(StreamingJsonOptions.Default, new() { Bytes = returned }))
        {
            parser.Append("{\"secret\":\"s\\u0065cret\"}"u8);
        }

        Assert.Equal(2, returned.Returns);
        Assert.Equal(2, returned.Cleared);
    }

    [Fact]
    public void WhenARentFails_TheParserNeverCallsAWrongValueComplete_AndEverythingIsBack()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text);
        string expected = Run.Of(text, Chunking.Whole).Value;
        for (int failing = 1; failing < 40; failing++)
        {
            foreach (int size in new[] { 1, 7, 1000 })
            {
                var pools = new CountingPools();
                pools.FailRent(failing);
                var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
                foreach (ReadOnlyMemory<byte> chunk in Chunking.Every(size).Split(text))
                {
                    Exception? thrown = Record.Exception(() => parser.TryAppend(chunk.Span));
                    Assert.True(thrown is null or OutOfMemoryException or InvalidOperationException, thrown?.ToString());
                }

                bool isComplete = Record.Exception(() => parser.Complete()) is null && parser.Outcome == JsonOutcome.Complete;
                Assert.True(!isComplete || parser.Snapshot.ToString() == expected, $"rent {failing} failed in chunks of {size}: {parser.Snapshot}");
                parser.Dispose();
                pools.AssertBalanced(parser.Meters.ArenaGrowths + pools.Failures);
            }
        }
    }

    private sealed class ClearWatchingPool : System.Buffers.ArrayPool<byte>
    {
        public int Returns { get; private set; }

        public int Cleared { get; private set; }

        public override byte[] Rent(int minimumLength) => new byte[minimumLength];

        public override void Return(byte[] array, bool clearArray = false)
        {
            Returns++;
            Cleared += clearArray || array.All(b => b == 0) ? 1 : 0;
        }
    }
}
