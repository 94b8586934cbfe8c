using System;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary>Comments that are skipped: where they end, what may stand in them, and where an error in one of them is.</summary>
public class CommentTests
{
    private static readonly StreamingJsonOptions Skipping = new() { SkipComments = true };

    [Theory]
    [InlineData("/* *a/ */1")]
    [InlineData("/***/1")]
    [InlineData("/* é* 猫/ **/1")]
    [InlineData("//*/\n1")]
    [InlineData("/*//*/1//")]
    public void AComment_EndsWithItsOwnEnd(string text)
    {
        foreach (int size in new[] { 1, 2, text.Length })
        {
            using var parser = new StreamingJsonParser(Skipping);
            for (int at = 0; at < text.Length; at += size)
            {
                parser.Append(text.AsSpan(at, Math.Min(size, text.Length - at)));
            }

            parser.EnsureComplete();
            Assert.Equal(1, parser.Snapshot.RootElement.GetInt32());
        }
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0xC1)]
    [InlineData(0xF5)]
    public void WhatIsNoUtf8_IsNoneInAComment(byte wrong)
    {
        foreach (string start in new[] { "1//", "1/*", "1/* *" })
        {
            using var parser = new StreamingJsonParser(Skipping);
            parser.Append(start);
            Assert.False(parser.TryAppend([wrong]));
            Assert.Equal((JsonErrorCode.InvalidUtf8, start.Length), (parser.Error!.Code, parser.Error.ByteOffset));
        }
    }

    /// <summary>An error in a comment is where one in its place would be.</summary>
    [Theory]
    [InlineData("[1 ")]
    [InlineData("[1,")]
    [InlineData("[")]
    [InlineData("[[],")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1 ")]
    [InlineData("{\"a\":1,")]
    [InlineData("")]
    public void AnErrorInAComment_HasThePointerOfItsPlace(string before)
    {
        string expected = PointerOfError(before, "?");
        foreach (string comment in new[] { "/?", "//\u0080", "/*\u0080", "/**\u0080" })
        {
            Assert.Equal(expected, PointerOfError(before, comment));
        }
    }

    // Latin-1, so that a char of 0x80 is a byte that no UTF-8 sequence begins with.
    private static string PointerOfError(string before, string wrong)
    {
        using var parser = new StreamingJsonParser(Skipping);
        Assert.False(parser.TryAppend(System.Text.Encoding.Latin1.GetBytes(before + wrong)));
        return parser.Error!.Pointer;
    }
}
