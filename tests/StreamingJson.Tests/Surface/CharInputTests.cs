using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>Chars as input: the same text, the same offsets in bytes of UTF-8.</summary>
public class CharInputTests
{
    private const string Json = "{\"café\":\"a😀b\",\"\\ud83d\\ude00\":[\"汉字\",\"\"]}";

    [Fact]
    public void ASurrogatePair_MayBeSplitOverTwoCalls()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"a\ud83d");
        Assert.Equal("a", parser.Snapshot.RootElement.GetString());
        parser.Append("");
        parser.Append("\ude00");
        Assert.Equal("a😀", parser.Snapshot.RootElement.GetString());
        parser.Append("\"");
        parser.EnsureComplete();
        Assert.Equal(new UTF8Encoding().GetByteCount("\"a😀\""), parser.Snapshot.ByteCount);
    }

    [Fact]
    public void CutAnywhere_TheTextIsTheSame()
    {
        for (int first = 0; first <= Json.Length; first++)
        {
            for (int second = first; second <= Json.Length; second++)
            {
                using var parser = new StreamingJsonParser();
                parser.Append(Json.AsSpan(0, first));
                parser.Append(Json.AsSpan(first, second - first));
                parser.Append(Json.AsSpan(second));
                parser.EnsureComplete();
                Assert.Equal(Json, parser.Snapshot.RootElement.GetRawText());
            }
        }
    }

    [Fact]
    public void LongText_IsTakenInPieces()
    {
        string text = "\"" + string.Concat(Enumerable.Repeat("aé汉😀", 1_000)) + "\"";
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        parser.EnsureComplete();
        Assert.Equal(text[1..^1], parser.Snapshot.RootElement.GetString());
        parser.Reset();
        foreach (char unit in text)
        {
            parser.Append([unit]);
        }

        parser.EnsureComplete();
        Assert.Equal(text[1..^1], parser.Snapshot.RootElement.GetString());
    }

    public static TheoryData<string[], long> BrokenUtf16 => new()
    {
        { ["\"a\ude00"], 2 },                  // a low surrogate alone
        { ["\"a\ud83d", "\""], 4 },            // a high one and something else, at the byte that makes it certain
        { ["\"a\ud83d", "\ud83d\ude00"], 4 },
        { ["\"a\ud83dx"], 4 },
        { ["\ud83d"], 0 },                     // outside a string no such byte can stand
        { ["\"é\"", "\ude00"], 4 },
    };

    [Theory]
    [MemberData(nameof(BrokenUtf16), DisableDiscoveryEnumeration = true)] // which would replace the surrogates
    public void ASurrogateWithoutItsPartner_IsRefused(string[] chunks, long offset)
    {
        using var parser = new StreamingJsonParser();
        bool isValid = chunks.All(chunk => parser.TryAppend(chunk));
        Assert.False(isValid);
        Assert.Equal(offset, parser.Error!.ByteOffset);
        Assert.Throws<StreamingJsonException>(() => parser.Append(""));
    }

    [Fact]
    public void AHighSurrogateAtTheEnd_IsATruncatedText_AndForgottenByReset()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"\ud83d");
        Assert.Equal(JsonOutcome.Truncated, parser.Complete());
        parser.Reset();
        parser.Append("\"x\"");
        parser.EnsureComplete();
    }

    [Fact]
    public void BytesAndChars_MayBeMixed_BetweenCharacters()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("{\"é\":"u8);
        parser.Append("\"è\"");
        parser.Append("}"u8);
        parser.EnsureComplete();
        Assert.Equal("è", parser.Snapshot.RootElement.GetProperty("é").GetString());
    }

    [Fact]
    public void ManyCharsOfOneCall_AreOneOperation()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[" + string.Join(",", Enumerable.Range(0, 500)) + "]");
        List<string> events = EventLines.Of(parser);
        Assert.Equal(1_002, events.Count);
        Assert.Equal(Utf8(parser.Snapshot.RootElement.RawUtf8), parser.Snapshot.ToString());
    }

    [AllocationFact]
    public void Chars_AllocateNothing()
    {
        using var parser = new StreamingJsonParser();
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            parser.Reset();
            for (int i = 0; i < Json.Length; i++)
            {
                parser.Append(Json.AsSpan(i, 1));
            }
        }));
    }
}
