using System;
using System.Linq;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary>What was found once is found again without a search: never where it is not, and never where a later value took its place.</summary>
public class LookUpTests
{
    [Fact]
    public void AfterARepeatedName_TheLastValueIsFound()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"a\":1,"u8);
        Assert.Equal(1, parser.Snapshot.RootElement.GetProperty("a").GetInt32());
        parser.Append("\"b\":2,\"a\":3,"u8);
        Assert.Equal(3, parser.Snapshot.RootElement.GetProperty("a").GetInt32());
        Assert.Equal(2, parser.Snapshot.RootElement.GetProperty("b").GetInt32());
    }

    /// <summary>Names whose lengths are eight apart share a place in which what was found is kept.</summary>
    [Fact]
    public void TheBeginningOfAName_IsAnotherName()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"abcdefghi\":1,\"a\":2,"u8);
        PartialJsonElement root = parser.Snapshot.RootElement;
        for (int pass = 0; pass < 2; pass++)
        {
            Assert.Equal(1, root.GetProperty("abcdefghi").GetInt32());
            Assert.Equal(2, root.GetProperty("a").GetInt32());
            Assert.False(root.TryGetProperty("b", out _));
        }
    }

    /// <summary>As one is eight bytes longer than the other, they share a place, too.</summary>
    [Fact]
    public void AnEscapedName_IsNotTheTextOfItsEscapes()
    {
        string escaped = string.Concat(Enumerable.Repeat("\\n", 8));
        using var parser = new StreamingJsonParser();
        parser.Append($"{{\"{escaped}\":1,");
        PartialJsonElement root = parser.Snapshot.RootElement;
        for (int pass = 0; pass < 2; pass++)
        {
            Assert.Equal(1, root.GetProperty(new string('\n', 8)).GetInt32());
            Assert.False(root.TryGetProperty(escaped, out _));
        }
    }

    [Fact]
    public void WhatCameLater_IsNotFoundInAnEarlierSnapshot()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"a\":1,"u8);
        JsonSnapshot earlier = parser.Snapshot;
        parser.Append("\"b\":2,"u8);
        Assert.Equal(2, parser.Snapshot.RootElement.GetProperty("b").GetInt32());
        Assert.False(earlier.RootElement.TryGetProperty("b", out _));
        Assert.Equal(1, earlier.RootElement.GetProperty("a").GetInt32());
    }

    [Fact]
    public void ANameOfTheObjectAround_IsNotFoundInside_NorTheOtherWay()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"o\":{\"x\":1},\"y\":2,\"p\":{\"z\":3"u8);
        PartialJsonElement root = parser.Snapshot.RootElement;
        Assert.True(root.TryGetProperty("y", out _));
        Assert.False(root.GetProperty("o").TryGetProperty("y", out _));
        Assert.True(root.GetProperty("o").TryGetProperty("x", out _));
        Assert.False(root.GetProperty("p").TryGetProperty("x", out _));
        Assert.False(root.TryGetProperty("x", out _));
        Assert.False(root.TryGetProperty("z", out _));
    }

    [Fact]
    public void NothingIsFound_ByWhatAnEarlierTextLeftBehind()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"a\":[],\"b\":1}"u8);
        Assert.True(parser.Snapshot.RootElement.TryGetProperty("b", out _));
        parser.Reset();
        parser.Append("{\"a\":[{\"b\":123,"u8);
        PartialJsonElement root = parser.Snapshot.RootElement;
        Assert.False(root.TryGetProperty("2", out _));
        Assert.False(root.TryGetProperty("b", out _));
        Assert.True(root.TryGetProperty("a", out _));
    }

    [Fact]
    public void InWhatIsNoObject_ThereIsNoLookUp()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1]"u8);
        Assert.NotEmpty(Assert.Throws<InvalidOperationException>(() => parser.Snapshot.RootElement.TryGetProperty("a", out _)).Message);
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":1,\"c\":{}},\"b\":{\"a\":2}}", -1)]
    [InlineData("{\"a\":{\"b\":1},\"a\":2}", 15)]
    [InlineData("{\"a\":[{\"b\":1},{\"b\":1,\"c\":2,\"b\":3}]}", 29)]
    public void NamesThatAreRefusedAsRepeated_AreThoseOfOneObject(string text, int offset)
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { DuplicateNames = DuplicateNameHandling.Refuse });
        Assert.Equal(offset < 0, parser.TryAppend(text));
        Assert.Equal(offset, parser.Error?.ByteOffset ?? -1);
    }

    [Fact]
    public void AfterAReset_NoNameCountsAsRepeated()
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { DuplicateNames = DuplicateNameHandling.Refuse });
        parser.Append("{\"a\":{\"b\":1"u8);
        parser.Reset();
        parser.Append("{\"a\":1,\"b\":{\"a\":2}}"u8);
        parser.EnsureComplete();
    }
}
