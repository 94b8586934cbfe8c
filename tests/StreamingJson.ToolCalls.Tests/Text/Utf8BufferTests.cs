using System;
using System.Buffers;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using StreamingJson.ToolCalls.Text;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Texts in pooled arrays: what they say, and that whoever rents an array next finds nothing of them in it.</summary>
public sealed class Utf8BufferTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnArray_GoesBackToThePool_Cleared(bool isGrown)
    {
        using var buffer = new Utf8Buffer();
        buffer.Append("secret"u8);
        int length = buffer.Length + buffer.GetSpan(1).Length;
        ref byte first = ref MemoryMarshal.GetReference(buffer.Written);
        if (isGrown)
        {
            buffer.Append(new byte[length]);
        }
        else
        {
            buffer.Dispose();
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Assert.True(Unsafe.AreSame(ref first, ref rented[0]));
        Assert.All(rented, value => Assert.Equal(0, value));
        ArrayPool<byte>.Shared.Return(rented);
    }

    [Fact]
    public void Everything_IsKept_HoweverItGrows()
    {
        using var buffer = new Utf8Buffer();
        var expected = new StringBuilder();
        for (int i = 0; i < 300; i++)
        {
            buffer.Append(Encoding.ASCII.GetBytes(new string((char)('a' + (i % 26)), i % 17)));
            buffer.Append((byte)'.');
            expected.Append((char)('a' + (i % 26)), i % 17).Append('.');
        }

        Assert.Equal(expected.ToString(), buffer.ToString());
        buffer.RemoveStart(1000);
        Assert.Equal(expected.ToString()[1000..], buffer.ToString());
        buffer.Truncate(3);
        buffer.Append("x"u8);
        Assert.Equal(expected.ToString()[1000..1003] + "x", buffer.ToString());
        buffer.Set("new"u8);
        Assert.Equal("new", buffer.ToString());
        buffer.Dispose();
        Assert.Equal(0, buffer.Length);
        buffer.Append("again"u8);
        Assert.Equal("again", buffer.ToString());
    }

    [Theory]
    [InlineData("", 4, "")]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd")]
    [InlineData("abcé", 4, "abc")]
    [InlineData("ab€", 4, "ab")]
    [InlineData("\U0001F600", 3, "")]
    [InlineData("\U0001F600", 4, "\U0001F600")]
    [InlineData("ab", 0, "")]
    public void ABeginning_CutsNoSequence(string text, int most, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(new ReadOnlySpan<byte>(Encoding.UTF8.GetBytes(text)).Prefix(most)));

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\r\n", "")]
    [InlineData(" a b\n", "a b")]
    [InlineData("\u000Ba\u00A0", "\u000Ba\u00A0")]
    public void Blanks_AreThoseOfJson(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(new ReadOnlySpan<byte>(Encoding.UTF8.GetBytes(text)).TrimBlanks()));

    /// <summary>Ids beyond the most that are remembered share a number with what has no id; their texts are joined as they come.</summary>
    [Fact]
    public void OfMoreIdsThanAnyStreamHas_TheRestIsJoined()
    {
        string[] payloads = [.. Enumerable.Range(0, 4098).Concat([0, 4095, 4096, 4097]).Select(id => $$"""{"type":"text-delta","id":"{{id}}","delta":"{{(char)('a' + (id % 26))}}"}""")];
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.UIMessageStream }, ModelRun.Sse(payloads));
        Assert.Equal(4097, run.Message.Items.Count);
        Assert.Equal(["aa", "b", "nn", "opop"], new[] { 0, 1, 4095, 4096 }.Select(item => run.Message.Items[item].GetText()));
        run.Reader.Dispose();
    }
}
