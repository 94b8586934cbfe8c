using System;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 11. Limits are refusals, before the allocation, with the same verdict at the same offset through every entry point and every chunk
/// size.
/// </summary>
public class Law11_LimitsAreRefusals
{
    private const int Limit = 40;

    private static readonly Chunking[] Cuts = PropertySettings.IsQuick
        ? [Chunking.Whole, Chunking.Bytes, Chunking.Every(7).Padded()]
        : [
            Chunking.Whole, Chunking.Bytes, Chunking.BytesAndEmpty, Chunking.Every(3), Chunking.Every(7).Padded(), Chunking.Every(Limit),
            Chunking.Every(64),
        ];

    private static readonly JsonLimits Tight =
        new() { MaxDepth = Limit, MaxNameBytes = Limit, MaxStringBytes = Limit, MaxNumberBytes = Limit };

    /// <summary>A text whose size of the kind that the code limits is a given one, and the offset at which one that is too large is refused.</summary>
    public static TheoryData<JsonErrorCode, string, Func<int, string>, int> Cases { get; } = new()
    {
        { JsonErrorCode.DepthLimit, "arrays", n => new string('[', n) + new string(']', n), Limit },
        { JsonErrorCode.DepthLimit, "objects", n => Repeat("{\"a\":", n - 1) + "{}" + new string('}', n - 1), 5 * Limit },
        { JsonErrorCode.DepthLimit, "arrays in objects", n => Repeat("[{\"a\":", n / 2) + (n % 2 == 0 ? "0" : "[]") + Repeat("}]", n / 2), 3 * Limit },
        { JsonErrorCode.DepthLimit, "siblings do not count", n => "[[],[]," + new string('[', n - 1) + new string(']', n), 6 + Limit },
        { JsonErrorCode.NameLimit, "letters", n => "{\"" + new string('n', n) + "\":1}", 2 + Limit },
        { JsonErrorCode.NameLimit, "an escape at the end", n => "{\"" + new string('n', n - 2) + "\\n\":1}", 2 + Limit },
        { JsonErrorCode.NameLimit, "a unicode escape at the end", n => "{\"" + new string('n', n - 6) + "\\u00e9\":1}", 2 + Limit },
        { JsonErrorCode.NameLimit, "two bytes at the end", n => "{\"" + new string('n', n - 2) + "é\":1}", 2 + Limit },
        { JsonErrorCode.NameLimit, "two bytes each", n => "{\"" + new string('n', n % 2) + new string('é', n / 2) + "\":1}", 2 + Limit },
        { JsonErrorCode.NameLimit, "the second name", n => "{\"a\":1,\"" + new string('n', n) + "\":1}", 8 + Limit },
        { JsonErrorCode.StringLimit, "letters", n => "[\"" + new string('s', n) + "\"]", 2 + Limit },
        { JsonErrorCode.StringLimit, "a surrogate pair at the end", n => "\"" + new string('s', n - 12) + "\\ud83d\\ude00\"", 1 + Limit },
        { JsonErrorCode.StringLimit, "a lone surrogate at the end", n => "\"" + new string('s', n - 6) + "\\ud83d\"", 1 + Limit },
        { JsonErrorCode.StringLimit, "four bytes at the end", n => "\"" + new string('s', n - 4) + "\U0001F600\"", 1 + Limit },
        { JsonErrorCode.StringLimit, "two bytes each", n => "[\"" + new string('s', n % 2) + new string('é', n / 2) + "\"]", 2 + Limit },
        { JsonErrorCode.StringLimit, "three bytes each", n => "[\"" + new string('s', n % 3) + new string('€', n / 3) + "\"]", 2 + Limit },
        { JsonErrorCode.StringLimit, "escaped quotes", n => "\"" + new string('s', n % 2) + Repeat("\\\"", n / 2) + "\"", 1 + Limit },
        { JsonErrorCode.StringLimit, "a value in an object", n => "{\"a\":\"" + new string('s', n) + "\"}", 6 + Limit },
        { JsonErrorCode.NumberLimit, "digits", n => "[" + new string('7', n) + "]", 1 + Limit },
        { JsonErrorCode.NumberLimit, "digits at the root", n => new string('7', n), Limit },
        { JsonErrorCode.NumberLimit, "a fraction", n => "[-0." + new string('7', n - 3) + "]", 1 + Limit },
        { JsonErrorCode.NumberLimit, "an exponent", n => "[1e+" + new string('7', n - 3) + "]", 1 + Limit },
        { JsonErrorCode.NumberLimit, "a point where the last digit was", n => "[" + new string('7', n - 2) + ".5]", 1 + Limit },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void EachLimit_IsTheSame_ThroughEveryEntrance_AtEveryChunkSize(JsonErrorCode code, string name, Func<int, string> text, int offset)
    {
        var options = new StreamingJsonOptions { Limits = Tight };
        foreach (int size in PropertySettings.IsQuick ? new[] { Limit, Limit + 1 } : [Limit - 1, Limit, Limit + 1, 3 * Limit])
        {
            AssertEverywhere(text(size), options, size > Limit ? code : JsonErrorCode.None, size > Limit ? offset : -1, name);
        }
    }

    [Theory]
    [InlineData("[\"", "x", "\"]")]
    [InlineData("", " ", "0")]
    [InlineData("[\"", "é", "\"]")]
    [InlineData("", "[1] ", "")]
    [InlineData("/*", "*", "*/1")]
    public void TheDocumentLimit_IsTheSame_ThroughEveryEntrance_AtEveryChunkSize(string start, string piece, string end)
    {
        byte[] text = SampleTexts.Repeat(start, piece, (PropertySettings.IsQuick ? 1 : 8) * Limit, end);
        foreach (int excess in new[] { -1, 0, 1, 20 })
        {
            int limit = text.Length - excess;
            var options = OptionSets.Lenient with { Limits = new JsonLimits { MaxDocumentBytes = limit } };
            AssertEverywhere(
                Encoding.UTF8.GetString(text),
                options,
                excess > 0 ? JsonErrorCode.DocumentLimit : JsonErrorCode.None,
                excess > 0 ? limit : -1,
                piece);
        }
    }

    /// <summary>What does not fit is refused at the first byte too many, and nothing of it is seen.</summary>
    [Theory]
    [InlineData("\\n", "\n")]
    [InlineData("\\u00e9", "é")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\u0041b", "Ab")]
    [InlineData("é", "é")]
    [InlineData("😀", "😀")]
    public void WhatIsLongerThanTheLimit_IsSeenUpToWhatFits(string piece, string read)
    {
        const int Most = 14;
        int length = Encoding.UTF8.GetByteCount(piece);
        for (int before = Most - length; before <= Most; before++)
        {
            byte[] text = Encoding.UTF8.GetBytes("[\"" + new string('a', before) + piece + "\"]");
            foreach (int size in new[] { 1, 5, text.Length })
            {
                using var parser = new StreamingJsonParser(new StreamingJsonOptions { Limits = new JsonLimits { MaxStringBytes = Most } });
                bool isValid = true;
                for (int at = 0; at < text.Length && isValid; at += size)
                {
                    isValid = parser.TryAppend(text.AsSpan(at, Math.Min(size, text.Length - at)));
                }

                bool fits = before + length <= Most;
                Assert.Equal((fits, fits ? -1 : 2 + Most), (isValid, parser.Error?.ByteOffset ?? -1));
                string seen = parser.Snapshot.RootElement[0].GetString()!;
                Assert.StartsWith(new string('a', before), seen, StringComparison.Ordinal);
                Assert.True(fits ? seen.Length == before + read.Length : seen.Length < before + read.Length, $"{seen}, of {piece} behind {before}");
            }
        }
    }

    [Fact]
    public void AnEarlierError_ComesBeforeALimit()
    {
        var options = new StreamingJsonOptions { Limits = new JsonLimits { MaxDocumentBytes = 10, MaxStringBytes = 4 } };
        AssertEverywhere("[1,2}", options, JsonErrorCode.ExpectedCommaOrEnd, 4, "within the document limit");
        AssertEverywhere("\"abcd\"x........", options, JsonErrorCode.TrailingContent, 6, "before the document limit");
        AssertEverywhere("\"abc\u0001efgh\"", options, JsonErrorCode.ControlCharacterInString, 4, "before the string limit");
        AssertEverywhere("\"abcd\u0001fgh\"", options, JsonErrorCode.StringLimit, 5, "at the string limit");
    }

    [SlowFact]
    public void TheDefaults_AreThoseThatAreDocumented()
    {
        StreamingJsonOptions options = StreamingJsonOptions.Default;
        AssertAround(64, n => new string('[', n), JsonErrorCode.DepthLimit);
        AssertAround(50_000, n => "{\"" + new string('n', n), JsonErrorCode.NameLimit);
        AssertAround(1_000, n => new string('1', n), JsonErrorCode.NumberLimit);
        AssertAround(20 * SampleTexts.MiB, n => "\"" + new string('s', n), JsonErrorCode.StringLimit);
        AssertAround(64 * SampleTexts.MiB, n => new string(' ', n), JsonErrorCode.DocumentLimit);

        void AssertAround(int limit, Func<int, string> text, JsonErrorCode code)
        {
            using var parser = new StreamingJsonParser(options);
            Assert.True(parser.TryAppend(Encoding.UTF8.GetBytes(text(limit))));
            parser.Reset();
            Assert.False(parser.TryAppend(Encoding.UTF8.GetBytes(text(limit + 1))));
            Assert.Equal(code, parser.Error!.Code);
        }
    }

    [SlowTheory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1_000_000)]
    public void AMillionBrackets_AreRefusedAtTheLimit_WithoutGrowth(int chunk)
    {
        byte[] text = SampleTexts.Repeat("", "[", 1_000_000, "");
        var pools = new CountingPools();
        var parser = new StreamingJsonParser(StreamingJsonOptions.Default, pools.Pools);
        using (parser)
        {
            for (int start = 0; start < text.Length; start += chunk)
            {
                Assert.Equal(start + chunk <= 64, parser.TryAppend(text.AsSpan(start, Math.Min(chunk, text.Length - start))));
            }

            Assert.Equal(new Verdict(JsonOutcome.Invalid, JsonErrorCode.DepthLimit, 64, Repeat("/0", 63)), Verdict.Of(parser));
            Assert.Equal(64, parser.Meters.Rows);
            Assert.Equal(1_000_000, parser.Meters.BytesReceived);

            // A chunk is copied before it is read, once; nothing else is taken for what is refused.
            Assert.InRange(pools.Bytes.LargestRequest, 64, Math.Max(chunk, 1024));
            Assert.InRange(pools.Rows.LargestRequest, 0, 1024);
            Assert.InRange(pools.Containers.LargestRequest, 0, 1024);
        }

        pools.AssertBalanced(parser.Meters.ArenaGrowths);
    }

    [SlowFact]
    public void AMillionLevels_AreReadWithoutRecursion_WhereTheyAreAllowed()
    {
        const int Depth = 1_000_000;
        var options = StreamingJsonOptions.Trusted with { Limits = JsonLimits.Trusted with { MaxDepth = Depth } };
        byte[] text = Encoding.ASCII.GetBytes(new string('[', Depth) + new string(']', Depth));
        using var parser = new StreamingJsonParser(options);
        foreach (ReadOnlyMemory<byte> chunk in Chunking.Every(4096).Split(text))
        {
            parser.Append(chunk.Span);
        }

        parser.EnsureComplete();
        Assert.Equal(text.Length, parser.Snapshot.ToString().Length);
        Assert.Equal(2 * Depth, parser.Meters.Tokens);

        parser.Reset();
        Assert.False(parser.TryAppend(Encoding.ASCII.GetBytes(new string('[', Depth + 1))));
        Assert.Equal(Depth, parser.Error!.ByteOffset);
    }

    [SlowTheory]
    [InlineData("\"", "s", JsonErrorCode.StringLimit)]
    [InlineData("\"", "\\n", JsonErrorCode.StringLimit)]
    [InlineData("{\"", "n", JsonErrorCode.NameLimit)]
    [InlineData("", "7", JsonErrorCode.NumberLimit)]
    [InlineData("", " ", JsonErrorCode.DocumentLimit)]
    [InlineData("[0", ",0", JsonErrorCode.DocumentLimit)]
    public void WhatNeverEnds_TakesNoMoreThanItsLimit(string start, string piece, JsonErrorCode code)
    {
        const int Most = 10_000;
        var limits = new JsonLimits { MaxStringBytes = Most, MaxNameBytes = Most, MaxNumberBytes = Most, MaxDocumentBytes = Most + 100 };
        var pools = new CountingPools();
        var parser = new StreamingJsonParser(new() { Limits = limits }, pools.Pools);
        using (parser)
        {
            foreach (ReadOnlyMemory<byte> chunk in Chunking.Every(64).Split(SampleTexts.Repeat(start, piece, SampleTexts.MiB, "")))
            {
                parser.TryAppend(chunk.Span);
            }

            Assert.Equal(code, parser.Error!.Code);
            Assert.InRange(pools.Bytes.LargestRequest, 1, 2 * (Most + 100));
            Assert.InRange(pools.Rows.LargestRequest, 0, 2 * (Most + 100));
        }

        pools.AssertBalanced(parser.Meters.ArenaGrowths);
    }

    [Fact]
    public void AChunkBeyondTheDocumentLimit_IsNotEvenCopied()
    {
        var pools = new CountingPools();
        using var parser = new StreamingJsonParser(new() { Limits = new JsonLimits { MaxDocumentBytes = 100 } }, pools.Pools);
        Assert.False(parser.TryAppend(new byte[SampleTexts.MiB].AsSpan().ToArray().Select(_ => (byte)' ').ToArray()));
        Assert.Equal(JsonErrorCode.DocumentLimit, parser.Error!.Code);
        Assert.InRange(pools.Bytes.LargestRequest, 100, 1024);
    }

    private static void AssertEverywhere(string text, StreamingJsonOptions options, JsonErrorCode code, int offset, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Trace expected = Run.Of(bytes, Chunking.Whole, Entrance.Span, options);
        Assert.True((code, (long)offset) == (expected.Verdict.Code, expected.Verdict.Offset), $"{name}: {text} is {expected.Verdict}");
        foreach ((Entrance entrance, Chunking cuts) in from e in Entrance.All from c in Cuts select (e, c))
        {
            Assert.Equal(expected, Run.Of(bytes, cuts, entrance, options));
            Assert.Equal(expected.WithoutTape(), Run.OfEvents(bytes, cuts, entrance, options));
        }
    }

    private static string Repeat(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
