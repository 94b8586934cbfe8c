using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls.Envelopes;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Text out of the strings of payloads: escapes undone, and what is no UTF-8 replaced as the platform replaces it.</summary>
public sealed class JsonStringTextTests
{
    // The ends of every range of lead and continuation bytes (Unicode 16, table 3-7), and what lies beside them.
    private static readonly byte[] Edges =
        [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF];

    [Fact]
    public void UpToFourBytes_OfAllKinds_AreReadAsThePlatformReadsThem()
    {
        var encoding = new UTF8Encoding(false);
        foreach (byte[] bytes in Sequences(PropertySettings.IsQuick ? 2 : 4))
        {
            Assert.True(encoding.GetString(bytes) == Read(bytes, out _, out char pending), Convert.ToHexString(bytes));
            Assert.Equal('\0', pending);
        }
    }

    [Fact]
    public void EveryEscape_IsUndoneAsThePlatformUndoesIt()
    {
        const string Raw = """a\b\f\n\r\t\"\\\/é\u0041\u00e9\u20AC\ud83d\ude00z""";
        Assert.Equal(JsonSerializer.Deserialize<string>($"\"{Raw}\""), Read(Encoding.UTF8.GetBytes(Raw), out TextOddities oddities, out _));
        Assert.Equal(TextOddities.None, oddities);
    }

    [Theory]
    [InlineData("\\u0061", "a", true)]
    [InlineData("\\u0061b", "ab", true)]
    [InlineData("\\u0062", "a", false)]
    [InlineData("\\ud83d", "a", false)]
    [InlineData("\\ude00", "a", false)]
    [InlineData("\\u0061\\u0061", "a", false)]
    public void Is_ComparesTheTextOfAStringWithEscapes(string raw, string text, bool isSame) =>
        Assert.Equal(isSame, JsonStringText.Is(Encoding.UTF8.GetBytes(raw), Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Is_SaysNoToALongText_WithoutLooking() =>
        Assert.False(JsonStringText.Is(Encoding.UTF8.GetBytes(new string('a', 65)), Encoding.UTF8.GetBytes(new string('a', 65))));

    private static IEnumerable<byte[]> Sequences(int length) =>
        length == 0 ? [[]] : Sequences(length - 1).SelectMany(start => start.Length < length - 1 ? [start] : Edges.Select(next => (byte[])[.. start, next]).Prepend(start));

    private static string Read(byte[] raw, out TextOddities oddities, out char pending)
    {
        pending = '\0';
        oddities = TextOddities.None;
        var text = new byte[JsonStringText.MaxLength(raw.Length)];
        return Encoding.UTF8.GetString(text, 0, JsonStringText.Unescape(raw, text, ref pending, ref oddities));
    }
}
