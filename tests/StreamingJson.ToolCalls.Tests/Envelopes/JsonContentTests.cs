using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls.Envelopes;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>How long a string or number is that stands at the beginning of a text: as long as <see cref="Utf8JsonReader"/> has it, or refused.</summary>
public sealed class JsonContentTests
{
    // What ends a string, what begins an escape and may stand in one, and what lies beside each range.
    private static readonly byte[] Bytes = [.. "\"\\u0/9:aA@fFgG`bnrtx"u8, 0x00, 0x1F, 0x20, 0x7F, 0x80, 0xC3];

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(29)]
    public void EveryPairOfBytes_BehindATextOfALength(int before)
    {
        foreach (byte first in Bytes)
        {
            foreach (byte second in Bytes)
            {
                AssertSame([.. Enumerable.Repeat((byte)'z', before), first, second, (byte)'"', (byte)'y']);
                AssertSame([.. Enumerable.Repeat((byte)'z', before), first, second]);
                AssertSame([.. Enumerable.Repeat((byte)'z', before), first, second, .. "\"123456789012345"u8, 0xC3]);
                AssertSame([.. Enumerable.Repeat((byte)'z', before), first, .. "zzzzzzzzzzzzzzzz"u8, second, (byte)'"']);
            }
        }
    }

    [Fact]
    public void EveryDigitOfAnEscape()
    {
        foreach (byte digit in Bytes)
        {
            for (int place = 0; place < 4; place++)
            {
                byte[] text = [.. "\\u0000\"zzzzzzzzzzzzzzzz"u8];
                text[2 + place] = digit;
                AssertSame(text);
                AssertSame(text[..(2 + place)]);
            }
        }
    }

    [Theory]
    [InlineData("0", 1, 0)]
    [InlineData("0,", 1, 0)]
    [InlineData("7}", 1, 7)]
    [InlineData("10", 2, 10)]
    [InlineData("123456789012345678", 18, 123456789012345678)]
    [InlineData("999999999999999999,", 18, 999999999999999999)]
    [InlineData("1234567890123456789", -1, 0)]
    [InlineData("12345678901234567890123", -1, 0)]
    [InlineData("01", -1, 0)]
    [InlineData("00", -1, 0)]
    [InlineData("", -1, 0)]
    [InlineData("-1", -1, 0)]
    [InlineData("/1", -1, 0)]
    [InlineData(":1", -1, 0)]
    [InlineData("x", -1, 0)]
    public void ANumber(string text, int length, long value)
    {
        Assert.Equal(length, JsonContent.LengthOfNumber(Encoding.ASCII.GetBytes(text), out long number));
        Assert.Equal(length < 0 ? number : value, number);
    }

    private static void AssertSame(byte[] text)
    {
        int expected = -1;
        for (int i = 0; i < text.Length && expected < 0; i++)
        {
            expected = text[i] == '"' && IsString(text.AsSpan(0, i)) ? i : -1;
        }

        int length = JsonContent.LengthOfString(text, out bool isPlain);
        Assert.True(expected < 0 ? length < 0 : length == expected, $"{Convert.ToHexString(text)}: {length}, and not {expected}");
        if (length >= 0)
        {
            Assert.Equal(text.AsSpan(0, length).IndexOfAnyExceptInRange((byte)0, (byte)0x7F) < 0 && !text.AsSpan(0, length).Contains((byte)'\\'), isPlain);
        }
        else
        {
            Assert.True(length == JsonContent.Unended || !IsString(text), Convert.ToHexString(text));
        }
    }

    private static bool IsString(ReadOnlySpan<byte> inside)
    {
        var reader = new Utf8JsonReader([(byte)'"', .. inside, (byte)'"']);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.String && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
