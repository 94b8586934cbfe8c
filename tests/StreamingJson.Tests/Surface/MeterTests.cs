using System.Linq;
using System.Text;
using StreamingJson.Documents;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary><see cref="StreamingJsonParser.Meters"/>, against what the pools were asked for.</summary>
public class MeterTests
{
    [Fact]
    public void BytesRetained_AreThoseOfAllArrays()
    {
        var pools = new CountingPools();
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
        Assert.Equal(0, parser.Meters.BytesRetained);
        foreach (string chunk in new[] { "[", "{", "\"\\n\"", ":1", "}", "]" })
        {
            parser.Append(chunk);
            Assert.Equal(0, parser.Meters.ArenaGrowths);
            Assert.Equal(
                pools.Bytes.ElementsOut + (pools.Rows.ElementsOut * 16) + (pools.Containers.ElementsOut * OpenContainer.Size) + (pools.Integers.ElementsOut * sizeof(int)),
                parser.Meters.BytesRetained);
        }

        Assert.True(pools.Integers.ElementsOut > 0 && pools.Containers.ElementsOut > 0);
    }

    [Fact]
    public void Growths_AreThoseOfAllArrays()
    {
        var pools = new CountingPools();
        var parser = new StreamingJsonParser(new StreamingJsonOptions { Limits = new JsonLimits { MaxDepth = 1000 } }, pools.Pools);
        parser.Append(new string('[', 200) + "\"" + string.Concat(Enumerable.Repeat("\\n", 3000)) + "\"");
        parser.Append(new string(']', 200));
        Assert.All(new[] { pools.Bytes.Rents - 1, pools.Rows.Rents, pools.Containers.Rents, pools.Integers.Rents }, rents => Assert.True(rents > 1));
        Assert.Equal(pools.Rents - 5, parser.Meters.ArenaGrowths);
        parser.Dispose();
        pools.AssertBalanced(parser.Meters.ArenaGrowths);
    }

    [Fact]
    public void Tokens_AreNamesValuesAndEndsOfContainers()
    {
        using var parser = new StreamingJsonParser();
        foreach ((string chunk, int tokens) in new[] { ("", 0), ("[", 1), ("1", 1), (",", 2), ("\"a", 2), ("\"", 3), (",{\"b", 4), ("\":", 5), ("tru", 5), ("e", 6), ("}", 7), ("]", 8) })
        {
            parser.Append(chunk);
            Assert.Equal(tokens, parser.Meters.Tokens);
        }

        Assert.Equal(6, parser.Meters.Rows);
    }

    [Theory]
    [InlineData("[1,x]]]]]]]]]]]", 4)]
    [InlineData("[1]x............", 4)]
    [InlineData("x", 1)]
    [InlineData("[\"a\u0001bcdefg\"]", 4)]
    public void BytesExamined_GoAsFarAsTheByteThatIsWrong(string text, int examined)
    {
        using var parser = new StreamingJsonParser();
        Assert.False(parser.TryAppend(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(examined, parser.Meters.BytesExamined);
        Assert.Equal(text.Length, parser.Meters.BytesReceived);
    }
}
