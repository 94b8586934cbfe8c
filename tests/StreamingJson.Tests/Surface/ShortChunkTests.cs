using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary>
/// Text in chunks of a few bytes, the commonest of all, has a way of its own: at the end of every buffer that there is, behind an escape, at
/// the limit, and after what it may not follow, it is read like any other.
/// </summary>
public class ShortChunkTests
{
    public static TheoryData<string, int> Texts
    {
        get
        {
            // Long enough to fill the first buffers to the last byte and grow them.
            var data = new TheoryData<string, int>();
            foreach (string piece in new[] { "abcdefg", "aé猫🌊", "é", "🌊", "a\\nb\\\\" })
            {
                for (int size = 3; size <= 9; size++)
                {
                    data.Add(string.Concat(Enumerable.Repeat(piece, 2200 / Encoding.UTF8.GetByteCount(piece))), size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void AString_IsWhatCame_WithAndWithoutAnEscape(string text, int size)
    {
        foreach (string escape in new[] { "", "\\n" })
        {
            foreach (int offset in Enumerable.Range(0, 4))
            {
                byte[] json = Encoding.UTF8.GetBytes(new string(' ', offset) + "[\"" + escape + text + "\"]");
                using var parser = new StreamingJsonParser();
                var deltas = new StringBuilder();
                for (int at = 0; at < json.Length; at += size)
                {
                    parser.Append(json.AsSpan(at, Math.Min(size, json.Length - at)));
                    foreach (JsonEvent next in parser.Events)
                    {
                        deltas.Append(next.Kind == JsonEventKind.StringDelta ? Encoding.UTF8.GetString(next.TextUtf8) : null);
                    }
                }

                string expected = JsonSerializer.Deserialize<string[]>(json)![0];
                Assert.Equal(expected, parser.Snapshot.RootElement[0].GetString());
                Assert.Equal(expected, deltas.ToString());
                Assert.Equal(json.Length, parser.Meters.BytesReceived);
                Assert.InRange(parser.Meters.BytesExamined, json.Length, 3 * json.Length);
                Assert.Equal(JsonOutcome.Complete, parser.Complete());
            }
        }
    }

    [Theory]
    [InlineData("s", '\\')]
    [InlineData("s", '\u0001')]
    [InlineData("s", 'é')]
    [InlineData("é", '\\')]
    [InlineData("é", '\u0001')]
    [InlineData("é", 'é')]
    public void TheFirstByteBehindTheLimit_IsRefused_WhateverItBegins(string piece, char next)
    {
        const int Limit = 40;
        var options = new StreamingJsonOptions { Limits = new JsonLimits { MaxStringBytes = Limit, MaxNameBytes = Limit } };
        string text = string.Concat(Enumerable.Repeat(piece, Limit / Encoding.UTF8.GetByteCount(piece)));
        foreach ((string start, JsonErrorCode code) in new[] { ("[\"", JsonErrorCode.StringLimit), ("{\"", JsonErrorCode.NameLimit) })
        {
            byte[] json = Encoding.UTF8.GetBytes(start + text + next)[..(Limit + 3)];
            foreach (int size in new[] { 1, 7, json.Length })
            {
                using var parser = new StreamingJsonParser(options);
                foreach (byte[] chunk in json.Chunk(size))
                {
                    parser.TryAppend(chunk);
                }

                Assert.Equal((code, Limit + 2), (parser.Error?.Code, parser.Error?.ByteOffset));
            }
        }
    }

    [Theory]
    [InlineData("abcdef")]
    [InlineData("éééé")]
    public void TheEventsOfTheOperationBefore_AreOver(string chunk)
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[\"abcdef"u8);
        JsonEvents.Enumerator events = parser.Events.GetEnumerator();
        Assert.True(events.MoveNext());
        parser.Append(Encoding.UTF8.GetBytes(chunk));
        try
        {
            events.MoveNext();
            Assert.Fail("They were read.");
        }
        catch (InvalidOperationException)
        {
        }

        events.Dispose();
    }

    [Theory]
    [InlineData("", "abcdef")]
    [InlineData("", "éééé")]
    [InlineData("\\n", "abcdef")]
    [InlineData("\\n", "éééé")]
    [InlineData("", " ")]
    public void HalfASurrogatePairInChars_IsNotFinishedAfterBytes(string before, string bytes)
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"" + before + "\uD83C");
        Assert.False(parser.TryAppend(Encoding.UTF8.GetBytes(bytes)));
        Assert.Equal((JsonErrorCode.InvalidUtf8, 3 + before.Length), (parser.Error!.Code, parser.Error.ByteOffset));
    }

    [Fact]
    public void ASurrogatePairThatBytesFinish_IsForgotten()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"\uD83D");
        parser.Append([0x98, 0x80]);
        parser.Append("a\"");
        parser.EnsureComplete();
        Assert.Equal("\U0001F600a", parser.Snapshot.RootElement.GetString());
    }

    [Theory]
    [InlineData("[1e5", InFlightKind.Number)]
    [InlineData("[1e", InFlightKind.Number)]
    [InlineData("[1/* *", InFlightKind.Comment)]
    [InlineData("[1/", InFlightKind.Comment)]
    [InlineData("[tru", InFlightKind.Literal)]
    [InlineData("[\"\\ud83d", InFlightKind.String)]
    [InlineData("{\"\\ud83d", InFlightKind.PropertyName)]
    public void TheCutToken_IsOfItsKind_InTheLastOfItsStates(string text, InFlightKind kind)
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { SkipComments = true });
        parser.Append(text);
        Assert.Equal(kind, parser.Snapshot.InFlight.Kind);
    }

    [Fact]
    public void AfterItsDisposal_AParserIsNotReset()
    {
        var parser = new StreamingJsonParser();
        parser.Append("[1"u8);
        parser.Dispose();
        Assert.Throws<ObjectDisposedException>(parser.Reset);
    }

    [Theory]
    [InlineData("[\"", "abcdef")]
    [InlineData("[\"\\n", "éééé")]
    public void AfterAnError_WhatComesIsCountedAndNotTaken(string start, string chunk)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(chunk);
        using var parser = new StreamingJsonParser();
        Assert.False(parser.TryAppend(Encoding.UTF8.GetBytes(start + "\n")));
        Assert.False(parser.TryAppend(bytes));
        Assert.False(parser.TryAppend(bytes.AsSpan(0, 1)));
        Assert.Equal(Encoding.UTF8.GetByteCount(start) + 1 + bytes.Length + 1, parser.Meters.BytesReceived);
        Assert.Equal(Encoding.UTF8.GetByteCount(start), parser.Error!.ByteOffset);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(12)]
    public void WhatIsBeyondTheDocumentLimit_IsCountedAndNotTaken(int limit)
    {
        var options = new StreamingJsonOptions { Limits = new JsonLimits { MaxDocumentBytes = limit } };
        using var parser = new StreamingJsonParser(options);
        parser.Append("[\"abc"u8);
        Assert.False(parser.TryAppend("defghijk"u8));
        Assert.Equal((JsonErrorCode.DocumentLimit, limit), (parser.Error!.Code, parser.Error.ByteOffset));
        Assert.Equal(13, parser.Meters.BytesReceived);
        Assert.Equal("abcdefghijk"[..(limit - 2)], parser.Snapshot.RootElement[0].GetString());
    }

    [Theory]
    [InlineData("\"", "abcd", "efgh", "ijkl")]
    [InlineData("\"", "éé", "éé", "éé")]
    [InlineData("\"\\n", "abcd", "efgh", "ijkl")]
    [InlineData("{\"", "abcd", "efgh", "ijkl")]
    public void AChunkThatGoesBeyondTheLimitOfAText_IsRefusedAtOnce(string start, params string[] chunks)
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { Limits = new JsonLimits { MaxStringBytes = 10, MaxNameBytes = 10 } });
        parser.Append(start);
        Assert.All(chunks[..2], chunk => Assert.True(parser.TryAppend(Encoding.UTF8.GetBytes(chunk))));
        Assert.False(parser.TryAppend(Encoding.UTF8.GetBytes(chunks[2])));
        Assert.Equal(start.IndexOf('"', StringComparison.Ordinal) + 11, parser.Error!.ByteOffset);
    }

    [Fact]
    public void SpaceForMoreThanTheLimit_IsNotRented()
    {
        var pools = new CountingPools();
        var options = new StreamingJsonOptions { Limits = new JsonLimits { MaxDocumentBytes = 3000 } };
        using var parser = new StreamingJsonParser(options, pools.Pools);
        parser.Append(Encoding.UTF8.GetBytes("\"" + new string('a', 1999)));
        _ = parser.GetMemory(10_000);
        Assert.InRange(pools.Bytes.LargestRequest, 3000, 5000);
        Assert.False(parser.TryAppend(new byte[10_000]));
        Assert.InRange(pools.Bytes.LargestRequest, 3000, 5000);
    }
}
