using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls.Envelopes;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Two texts that say the same, as <see cref="JsonElement.DeepEquals"/> has it.</summary>
public sealed class JsonEqualityTests
{
    private static readonly string[] Texts =
    [
        "null", "true", "false", "0", "1", "1.0", "1e0", "10e-1", "-1", "2", "\"\"", "\"a\"", "\"\\u0061\"", "\"b\"", "\"\\ud83d\\ude00\"", "\"😀\"", "[]", "[1]", "[ 1.0 ]", "[2]", "[1,2]",
        "[1,[2]]", "[1,[3]]", "[[1],2]", "[null]", "{}", "{\"a\":1}", "{ \"\\u0061\" : 1.0 }", "{\"a\":2}", "{\"b\":1}", "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", "{\"a\":1,\"b\":3}", "{\"a\":[{}]}", "{\"a\":[]}",
        "{\"a\":[{\"b\":[true]}]}", "{\"a\":[{\"b\":[false]}]}", "{\"x\":1,\"a\":1}",
    ];

    [Fact]
    public void EachTwoTexts_AreEqualOrNot_AsThePlatformHasIt()
    {
        using var equality = new JsonEquality();
        string[] wrong =
        [
            .. from first in Texts
               from second in Texts
               where equality.AreEqual(Encoding.UTF8.GetBytes(first), Encoding.UTF8.GetBytes(second)) != JsonElement.DeepEquals(JsonElement.Parse(first), JsonElement.Parse(second))
               select $"{first} and {second}",
        ];
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("[1", "[1")]
    [InlineData("", "")]
    [InlineData("1", "x")]
    public void WhatIsNoJson_IsEqualToNothing(string first, string second)
    {
        using var equality = new JsonEquality();
        Assert.False(equality.AreEqual(Encoding.UTF8.GetBytes(first), Encoding.UTF8.GetBytes(second)));
    }

    /// <summary>Looking for each property in all of the others is the square of their number: of more than a thousand that are out of order, nothing is said.</summary>
    [Theory]
    [InlineData(1000, true)]
    [InlineData(1002, false)]
    public void ManyPropertiesInAnotherOrder_AreNotSearchedForever(int count, bool isEqual)
    {
        using var equality = new JsonEquality();
        byte[] first = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\":{i}")) + "}");
        byte[] second = Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, count).Reverse().Select(i => $"\"{i}\":{i}")) + "}");
        Assert.Equal(isEqual, equality.AreEqual(first, second));
        Assert.True(equality.AreEqual(first, first));
    }

    [Fact]
    public void NumbersThatAreNoDouble_AreComparedByTheirText()
    {
        using var equality = new JsonEquality();
        Assert.True(equality.AreEqual("[1e99999]"u8, "[1e99999]"u8));
        Assert.False(equality.AreEqual("[1e5]"u8, "[1e6]"u8));
        Assert.False(equality.AreEqual("[1]"u8, "[1e99999]"u8));
        Assert.False(equality.AreEqual("[1e99999]"u8, "[1]"u8));
    }
}
