using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.TestKitTests;

public class ChunkingTests
{
    private static readonly byte[] Text = "abcdef"u8.ToArray();

    [Theory]
    [ChunkedData("", "a", "abc", "a longer text, for which no pairs of cuts are tried")]
    public void EveryChunking_CoversTheText(string text, Chunking chunking)
    {
        var joined = new List<byte>();
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(Encoding.UTF8.GetBytes(text)))
        {
            joined.AddRange(chunk.Span);
        }

        Assert.Equal(text, Encoding.UTF8.GetString([.. joined]));
    }

    [Fact]
    public void GeneratedCuts_CoverAnyText() => PropertyRunner.Check(Generators.Documents, Generators.Cuts, (text, cuts) =>
        Assert.Equal(text.Bytes, cuts.Split(text.Bytes).SelectMany(chunk => chunk.ToArray())));

    [Fact]
    public void SmallTexts_GetEveryPairOfCuts()
    {
        string[] names = [.. Chunkings.Of("abcd").Select(c => c.ToString())];
        Assert.Equal(
            ["whole", "whole padded", "bytes", "bytes padded", "bytes+empty", "cut 1", "cut 2", "cut 3", "cuts 1,2", "cuts 1,3", "cuts 2,3"],
            names);
        Assert.Equal(5 + 23 + (23 * 22 / 2), Chunkings.Of(new byte[24]).Count());
        Assert.Equal(5 + 24, Chunkings.Of(new byte[25]).Count());
        Assert.All(Chunkings.PaddedOf(Text), chunking => Assert.True(chunking.IsPadded));
    }

    [Theory]
    [InlineData("cut", "ab|cdef")]
    [InlineData("cuts", "a|bcd|ef")]
    [InlineData("every", "abcd|ef")]
    [InlineData("pattern", "a||bc|d||ef")]
    [InlineData("trailing", "abc||def|")]
    public void Lengths(string kind, string expected)
    {
        Chunking chunking = kind switch
        {
            "cut" => Chunking.At(2),
            "cuts" => Chunking.At(1, 4),
            "every" => Chunking.Every(4),
            "pattern" => Chunking.Pattern(1, 0, 2),
            _ => Chunking.Pattern(3, 0),
        };
        Assert.Equal(expected, string.Join('|', chunking.Split(Text).Select(chunk => Encoding.ASCII.GetString(chunk.Span))));
    }

    [Fact]
    public void BytesAndEmpty_HasAnEmptyChunkOnEachSide() =>
        Assert.Equal([0, 1, 0, 0, 1, 0], Chunking.BytesAndEmpty.Split([1, 2]).Select(chunk => chunk.Length));

    [Fact]
    public void PaddedChunks_AreOverwrittenAfterwards()
    {
        ReadOnlyMemory<byte> kept = default;
        foreach (ReadOnlyMemory<byte> chunk in Chunking.Whole.Padded().Split(Text))
        {
            Assert.Equal(Text, chunk.ToArray());
            kept = chunk;
        }

        Assert.All(kept.ToArray(), b => Assert.Equal(0xDB, b));
    }

    [Fact]
    public void ALoopThatEndsEarly_StillOverwritesItsChunk()
    {
        ReadOnlyMemory<byte> kept = default;
        foreach (ReadOnlyMemory<byte> chunk in Chunking.Bytes.Padded().Split(Text))
        {
            kept = chunk;
            break;
        }

        Assert.Equal(0xDB, kept.Span[0]);
    }
}
