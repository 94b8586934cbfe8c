using System;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls.Envelopes;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>A payload is refused before it is read exactly where <see cref="Utf8JsonReader"/> would throw.</summary>
public sealed class PayloadCheckTests(ITestOutputHelper output)
{
    private static readonly string[] Texts =
    [
        """{"choices":[{"index":0,"delta":{"content":"a\"\u00e9\ud83d\n\\ b"},"finish_reason":null}],"n":-1.5e+3,"t":[true,false,{},[]]}""",
        """ {"a":{"b":[0,1.0,-0,1E9]},"a":""} """,
        "\"text\"", "-12.50", "true", "null", "[[[]]]", "{}", " ", "",
    ];

    // What belongs to the grammar, what stands beside it, and bytes that are no UTF-8 where they stand.
    private static readonly byte[] Bytes = [.. "{}[]\",:\\/ub0123456789-+.eE tfnalsr\r\n\t"u8, 0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xA9, 0xED, 0xEF, 0xBB, 0xBF, 0xFF];

    [Fact]
    public void IsWhatTheReaderSays_OfTextsThatWereChanged()
    {
        using var check = new PayloadCheck();
        Gen<Change> change =
            from place in Gen.Choose(0, 660)
            from removed in Gen.Choose(0, 2)
            from added in Gen.Elements(Bytes).ArrayOf(2)
            select new Change(place, removed, added);
        Gen<byte[]> texts =
            from text in Gen.Elements(Texts)
            from blanks in Gen.Elements(0, 0, 400, 511)
            from changes in change.ArrayOf(3)
            select changes.Aggregate(Encoding.UTF8.GetBytes(new string(' ', blanks) + text), Changed);
        Seed.Check(output, 3000, texts, text => Assert.Equal(IsRead(text), check.IsJson(text)));
    }

    [Fact]
    public void IsWhatTheReaderSays_OfEveryByteInAStringAndBesideIt()
    {
        using var check = new PayloadCheck();
        for (int value = 0; value < 256; value++)
        {
            byte[][] texts = [[(byte)value], [(byte)'"', (byte)value, (byte)'"'], [.. "[1"u8, (byte)value, .. "2]"u8], [.. "\"\\"u8, (byte)value, (byte)'"']];
            Assert.All(texts, text => Assert.Equal(IsRead(text), check.IsJson(text)));
        }
    }

    /// <summary>The limits of a parser are not those of the reader: it has none on numbers, names and strings.</summary>
    [Fact]
    public void LongTokens_AreRead()
    {
        using var check = new PayloadCheck();
        foreach (string token in new[] { new string('1', 5000), $"\"{new string('s', 16_000)}\"", $"{{\"{new string('n', 16_000)}\":0}}" })
        {
            byte[] text = Encoding.UTF8.GetBytes(token);
            Assert.Equal((true, true), (IsRead(text), check.IsJson(text)));
        }
    }

    [Theory]
    [InlineData(Envelope.MaxDepth, true)]
    [InlineData(Envelope.MaxDepth + 1, false)]
    public void Depth(int depth, bool isRead)
    {
        using var check = new PayloadCheck();
        byte[] text = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal((isRead, isRead), (IsRead(text), check.IsJson(text)));
    }

    [Fact]
    public void OfAStreamOfMalformedPayloads_AFewThrow_AndTheRestDoNot()
    {
        byte[] cut = [.. "{\"a\":\""u8, 0xFF, .. "\""u8];
        byte[] whole = [.. cut, (byte)'}'];
        using var envelope = new Envelope();
        int thrown = 0;
        int thread = Environment.CurrentManagedThreadId;
        void Count(object? sender, FirstChanceExceptionEventArgs e) => thrown += thread == Environment.CurrentManagedThreadId ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                Assert.False(envelope.TryRead("{\"a\":tru}"u8, out _));
                Assert.False(envelope.TryRead(cut, out _));
                Assert.True(envelope.TryRead(whole, out EnvelopeValue root) && root["a"u8].IsString);
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.Equal(16, thrown);
    }

    private static byte[] Changed(byte[] text, Change change)
    {
        int place = Math.Min(change.Place, text.Length);
        int end = Math.Min(place + change.Removed, text.Length);
        return [.. text[..place], .. change.Added, .. text[end..]];
    }

    private static bool IsRead(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Envelope.MaxDepth });
            int tokens = 0;
            while (reader.Read())
            {
                tokens++;
            }

            return tokens > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Change(int Place, int Removed, byte[] Added);
}
