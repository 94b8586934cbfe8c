using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 9. Linear, counted: bytes examined are at most 3 x bytes received, at every chunk size; memory is at most a small multiple of the
/// bytes kept; both are meters that a caller can read.
/// </summary>
public class Law09_LinearAndCounted
{
    private const int MostExaminations = 3;

    // What is there before the first byte is kept: bytes, unescaped text, rows, open containers, and those that closed.
#if DEBUG
    private const int LongText = SampleTexts.MiB / 16;
    private const int FirstArrays = 4096; // of 16 elements each, and the first growths of them
#else
    private const int LongText = SampleTexts.MiB;
    private const int FirstArrays = 1024 * (1 + 1 + 16 + 16 + 4);
#endif

    private static readonly int[] ChunkSizes = [1, 2, 3, 7, 16, 64, 4096, int.MaxValue];

    private static readonly StreamingJsonOptions Roomy =
        OptionSets.Lenient with { Limits = JsonLimits.Default with { MaxNumberBytes = 2 * SampleTexts.MiB, MaxNameBytes = 2 * SampleTexts.MiB } };

    public static TheoryData<string, string, string, string> LongTokens { get; } = new()
    {
        { "string", "\"", "x", "\"" },
        { "string of two-byte characters", "\"", "é", "\"" },
        { "escaped string", "\"", "\\n", "\"" },
        { "string of unicode escapes", "\"", "\\u00e9", "\"" },
        { "string of surrogate pairs", "\"", "\\ud83d\\ude00", "\"" },
        { "string of quotes and letters", "\"", "\\\"abcdefghijklmno", "\"" },
        { "digits", "[", "7", "]" },
        { "fraction", "[0.", "7", "e1]" },
        { "name", "{\"", "n", "\":1}" },
        { "escaped name", "{\"", "\\t", "\":1}" },
        { "white space", "[", " ", "]" },
        { "block comment", "[/*", "*", "*/]" },
        { "line comment", "[//", "/", "\n]" },
        { "empty arrays", "[[]", ",[]", "]" },
        { "small numbers", "[0", ",1", "]" },
        { "literals", "[null", ",true", "]" },
        { "members", "{\"a\":0", ",\"a\":0", "}" },
        { "root values", "", "1 ", "" },
    };

    [Theory]
    [MemberData(nameof(LongTokens))]
    public void AByteIsExamined_AtMostThreeTimes_AtEveryChunkSize(string name, string start, string piece, string end)
    {
        byte[] text = SampleTexts.Repeat(start, piece, LongText, end);
        foreach (int size in ChunkSizes)
        {
            JsonMeters meters = MetersOf(text, size, Roomy);
            Assert.Equal(text.Length, meters.BytesReceived);
            Assert.InRange(meters.BytesExamined, text.Length, (long)MostExaminations * text.Length);
            JsonMeters eventMeters = EventMetersOf(text, size, Roomy);
            Assert.Equal(text.Length, eventMeters.BytesReceived);
            Assert.InRange(eventMeters.BytesExamined, text.Length, (long)MostExaminations * text.Length);
            Assert.Equal(meters.Tokens, eventMeters.Tokens);
            Assert.True(size == int.MaxValue || eventMeters.Tokens > 0, name);
        }
    }

    [Theory]
    [InlineData("é")]
    [InlineData("aaé")]
    [InlineData("€")]
    [InlineData("a\U0001F600")]
    [InlineData("é\\n")]
    [InlineData("\\\"abc")]
    [InlineData("xxxxxxxxxxxxxxxé")]
    [InlineData("éxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("\",\"")]
    [InlineData("\",1,[{}],\"")]
    public void AByteIsExamined_AtMostThreeTimes_AtAnyChunkSize(string piece)
    {
        byte[] text = SampleTexts.Repeat("[\"", piece, 4000, "\"]");
        for (int size = 1; size <= 130; size++)
        {
            Assert.InRange(MetersOf(text, size, Roomy).BytesExamined, text.Length, MostExaminations * text.Length);
            Assert.InRange(EventMetersOf(text, size, Roomy).BytesExamined, text.Length, MostExaminations * text.Length);
        }
    }

    [Fact]
    public void AMebibyteOfEscapes_ByteByByte_TakesNoTimeAtAll()
    {
        // A clock, so the bound is generous: what starts a token again at each byte needs a quarter of an hour for this text.
        byte[] text = SampleTexts.Repeat("\"", "\\n", SampleTexts.MiB, "\"");
        var clock = Stopwatch.StartNew();
        MetersOf(text, 1, Roomy);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Meters_CountWhatANaiveReaderCounts() => PropertyRunner.Check(
        Generators.DocumentsWithDuplicateNames,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
            }

            parser.EnsureComplete();
            JsonTokenType[] tokens = [.. TokensOf(text.Bytes)];
            Assert.Equal(text.Bytes.Length, parser.Meters.BytesReceived);
            Assert.Equal(tokens.Length, parser.Meters.Tokens);
            Assert.Equal(tokens.Count(t => t is not (JsonTokenType.EndArray or JsonTokenType.EndObject)), parser.Meters.Rows);
        });

    [Fact]
    public void ReceivedBytes_AreCounted_AlsoThoseThatAreRefused() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        OptionSets.Arbitrary,
        (text, cuts, options) =>
        {
            using var parser = new StreamingJsonParser(options);
            using var events = new JsonEventParser<LoggingHandler>(new LoggingHandler(new EventLog()), options);
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.TryAppend(Segments.Of(chunk));
                Entrance.Accepts(() => events.Append(Segments.Of(chunk)));
            }

            Assert.Equal(text.Bytes.Length, parser.Meters.BytesReceived);
            Assert.Equal(text.Bytes.Length, events.Meters.BytesReceived);
            Assert.InRange(parser.Meters.BytesExamined, 0, MostExaminations * text.Bytes.Length);
            Assert.InRange(events.Meters.BytesExamined, 0, MostExaminations * text.Bytes.Length);
        });

    [Theory]
    [InlineData(nameof(SampleTexts.ToolCall))]
    [InlineData(nameof(SampleTexts.Mixed))]
    [InlineData(nameof(SampleTexts.SourceCode))]
    [InlineData(nameof(SampleTexts.Records))]
    public void RetainedMemory_IsASmallMultipleOfWhatIsKept(string document)
    {
        byte[] text = SampleTexts.Named(document);
        foreach (int size in ChunkSizes)
        {
            JsonMeters meters = MetersOf(text, size, StreamingJsonOptions.Default);
            double kept = (1.5 * text.Length) + (16.0 * meters.Rows);
            Assert.InRange(meters.BytesRetained, text.Length, (2 * kept) + FirstArrays);
        }
    }

    [Theory]
    [MemberData(nameof(LongTokens))]
    public void RetainedMemory_IsBoundedForEveryShape(string name, string start, string piece, string end)
    {
        byte[] text = SampleTexts.Repeat(start, piece, LongText, end);
        JsonMeters meters = MetersOf(text, 64, Roomy);

        // The unescaped text is never longer than the text; each of the three arrays is at most twice as long as what it holds.
        Assert.True(meters.BytesRetained <= (4L * text.Length) + (32L * meters.Rows) + FirstArrays, $"{name}: {meters}");
    }

    [Theory]
    [InlineData("[", " ", "]")]
    [InlineData("[/*", "*", "*/]")]
    [InlineData("[\"", "x", "\"]")]
    [InlineData("[\"", "\\u00e9", "\"]")]
    [InlineData("[[]", ",[]", "]")]
    [InlineData("{\"a\":0", ",\"bcd\":0", "}")]
    public void AParserWithoutTape_RetainsTheCutTokenAndTheWayToIt_NothingElse(string start, string piece, string end)
    {
        byte[] text = SampleTexts.Repeat(start, piece, LongText, end);
        foreach (int size in ChunkSizes)
        {
            Assert.InRange(EventMetersOf(text, size, Roomy).BytesRetained, 0, 32 * 1024);
        }
    }

    private static JsonMeters MetersOf(byte[] text, int size, StreamingJsonOptions options)
    {
        using var parser = new StreamingJsonParser(options);
        for (int start = 0; start < text.Length; start += Math.Min(size, text.Length - start))
        {
            parser.Append(text.AsSpan(start, Math.Min(size, text.Length - start)));
        }

        parser.EnsureComplete();
        return parser.Meters;
    }

    private static JsonMeters EventMetersOf(byte[] text, int size, StreamingJsonOptions options)
    {
        using var parser = new JsonEventParser<SilentHandler>(default, options);
        for (int start = 0; start < text.Length; start += Math.Min(size, text.Length - start))
        {
            parser.Append(text.AsSpan(start, Math.Min(size, text.Length - start)));
        }

        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        return parser.Meters;
    }

    private static List<JsonTokenType> TokensOf(byte[] text)
    {
        var tokens = new List<JsonTokenType>();
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            tokens.Add(reader.TokenType);
        }

        return tokens;
    }
}
