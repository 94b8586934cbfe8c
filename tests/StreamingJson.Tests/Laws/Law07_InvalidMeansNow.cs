using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 7. Invalid means now: Append fails exactly when the bytes so far stop being the beginning of any valid JSON text (UTF-8 included), at
/// the offset of that byte. The error is sticky; all that was complete before it stays readable.
/// </summary>
public class Law07_InvalidMeansNow
{
    private static readonly StreamingJsonOptions[] Grammars =
    [
        StreamingJsonOptions.Default,
        new() { SkipByteOrderMark = false, UnpairedSurrogates = UnpairedSurrogateHandling.Refuse },
        new() { SkipComments = true },
        new() { AllowTrailingCommas = true, Limits = new JsonLimits { MaxDepth = 3 } },
        new() { AllowMultipleValues = true, SkipComments = true },
        OptionSets.Lenient with { UnpairedSurrogates = UnpairedSurrogateHandling.Refuse },
    ];

    [Fact]
    public void AnyText_IsJudgedAsTheRecogniserDoes_AtTheSameByte() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Arb.From(Gen.Elements(Grammars)),
        (text, options) => AssertAgreement(text.Bytes, options),
        maxTest: 3000);

    [Fact]
    public void TheAppendThatFails_IsTheOneWithTheByteThatCannotStandThere() => PropertyRunner.Check(
        Generators.Mutations,
        Arb.From(Gen.Elements(Grammars)),
        (text, options) =>
        {
            var recognizer = new JsonPushdownRecognizer(options.ForRecognizer());
            using var parser = new StreamingJsonParser(options);
            foreach (byte b in text.Bytes)
            {
                Assert.Equal(recognizer.Take(b), parser.TryAppend([b]));
            }
        },
        maxTest: 1000);

    [Fact]
    public void AnInvalidText_ShowsWhatItsBytesBeforeTheErrorShowed() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        text =>
        {
            using var parser = new StreamingJsonParser();
            if (parser.TryAppend(text.Bytes))
            {
                return;
            }

            using var before = new StreamingJsonParser();
            before.Append(text.Bytes.AsSpan(0, (int)parser.Error!.ByteOffset));
            AssertShowsTheSame(before, parser);
        },
        maxTest: 1000);

    [Theory]
    [InlineData("[1}", 2)]
    [InlineData("1]", 1)]
    [InlineData("1,", 1)]
    [InlineData("{\"a\":1]", 6)]
    [InlineData("[12x", 3)]
    [InlineData("\"a\\ud83d\u0001", 8)]
    [InlineData("\"abc\u0001", 4)]
    [InlineData("[\"a\" \"b", 5)]
    [InlineData("\"\\ud83d\\x", 8)]
    public void TheRefusedByte_ClosesNothing(string text, int offset)
    {
        using var parser = new StreamingJsonParser();
        Assert.False(parser.TryAppend(text));
        Assert.Equal(offset, parser.Error!.ByteOffset);
        using var before = new StreamingJsonParser();
        before.Append(text.AsSpan(0, offset));
        AssertShowsTheSame(before, parser);
    }

    [Fact]
    public void TheErrorIsSticky() => PropertyRunner.Check(
        Generators.Mutations,
        text =>
        {
            using var parser = new StreamingJsonParser();
            if (parser.TryAppend(text.Bytes))
            {
                return;
            }

            Verdict verdict = Verdict.Of(parser);
            string print = Observed.Print(parser.Snapshot);
            Assert.False(parser.TryAppend(""u8));
            Assert.False(parser.TryAppend("]}\""));
            Assert.Equal(verdict.Offset, Assert.Throws<StreamingJsonException>(() => parser.Append("1"u8)).ByteOffset);
            Assert.Equal(JsonOutcome.Invalid, parser.Complete());
            Assert.Equal(verdict, Verdict.Of(parser));
            Assert.Equal(print, Observed.Print(parser.Snapshot));
        });

    [SlowTheory]
    [InlineData("[]{}\",:10-.e t", 5)]
    [InlineData("[],1 ", 8)]
    [InlineData("{}\":1,", 8)]
    [InlineData("01-+.eE ", 6)]
    [InlineData("\"\\u0dDcC89", 6)]
    [InlineData("truefalsn,[", 5)]
    [InlineData("[1]/*\n,", 7)]
    public void AllTextsOverAFewLetters_AreJudgedAsTheRecogniserDoes(string letters, int maxLength)
    {
        byte[] alphabet = [.. letters.Distinct().Select(c => (byte)c)];
        foreach (StreamingJsonOptions options in Grammars)
        {
            using var parser = new StreamingJsonParser(options);
            Walk([], alphabet, maxLength, parser, options.ForRecognizer());
        }
    }

    [SlowTheory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("{\"")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("{\"a\"")]
    [InlineData("1//")]
    [InlineData("1/*")]
    [InlineData("\"\\ud83d")]
    [InlineData("\"\\u")]
    public void AnyTwoBytesAfterABeginning_AreJudgedAsTheRecogniserDoes(string beginning)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(beginning), 0, 0];
        StreamingJsonOptions options = OptionSets.Lenient with { UnpairedSurrogates = UnpairedSurrogateHandling.Refuse };
        using var parser = new StreamingJsonParser(options);
        for (int pair = 0; pair < 0x10000; pair++)
        {
            (text[^2], text[^1]) = ((byte)(pair >> 8), (byte)pair);
            AssertAgreement(text, parser, options.ForRecognizer());
        }
    }

    [Fact]
    public void ThreeAndFourBytesAfterAQuote_AreUtf8OrRefusedAtTheFirstImpossibleByte()
    {
        byte[] edges = [0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF];
        using var parser = new StreamingJsonParser();
        foreach (byte lead in Enumerable.Range(0xC0, 0x40).Select(b => (byte)b))
        {
            foreach (byte[] rest in from b in edges from c in edges from d in edges select (byte[])[b, c, d])
            {
                AssertAgreement([(byte)'"', lead, .. rest], parser, StreamingJsonOptions.Default.ForRecognizer());
            }
        }
    }

    [Fact]
    public void AByteDamagedAnywhere_InLongRunsOfCharacters_IsFoundWhereItIs()
    {
        byte[] damages = [0x00, 0x22, 0x5C, 0x7F, 0x80, 0xA0, 0xBF, 0xC1, 0xC3, 0xE0, 0xED, 0xF0, 0xF4, 0xFF];
        string[] pieces = ["é", "\u6F22", "\U0001F600", "é€\U0001F600", "abcdefg€"];
        using var parser = new StreamingJsonParser();
        foreach (byte[] text in pieces.Select(piece => SampleTexts.Repeat("[\"", piece, 100 / piece.Length, "\",1]")))
        {
            for (int at = 0; at < text.Length; at++)
            {
                foreach (byte damage in damages)
                {
                    byte[] damaged = [.. text[..at], damage, .. text[(at + 1)..]];
                    AssertAgreement(damaged, parser, StreamingJsonOptions.Default.ForRecognizer());
                }
            }
        }
    }

    [Fact]
    public void ARepeatedName_IsRefusedAtItsClosingQuote() => PropertyRunner.Check(
        Generators.DocumentsWithDuplicateNames,
        Generators.Cuts,
        (text, cuts) =>
        {
            long offset = FirstRepeatedName(text.Bytes);
            Verdict verdict = Run.Of(text.Bytes, cuts, Entrance.Span, new() { DuplicateNames = DuplicateNameHandling.Refuse }).Verdict;
            Assert.Equal(offset, verdict.Offset);
            Assert.Equal(offset < 0 ? JsonErrorCode.None : JsonErrorCode.DuplicateName, verdict.Code);
        },
        maxTest: 600);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("// nothing")]
    [InlineData("/* nothing */\n")]
    public void NoValueAtAll_IsAWholeTextOfManyValues_AndNoTextOfOne(string text)
    {
        Assert.Equal(JsonOutcome.Complete, Run.Of(Encoding.UTF8.GetBytes(text), Chunking.Whole, options: OptionSets.Lenient).Verdict.Outcome);
        StreamingJsonOptions one = OptionSets.Lenient with { AllowMultipleValues = false };
        Assert.Equal(JsonOutcome.Truncated, Run.Of(Encoding.UTF8.GetBytes(text), Chunking.Whole, options: one).Verdict.Outcome);
    }

    private static void AssertShowsTheSame(StreamingJsonParser expected, StreamingJsonParser actual)
    {
        Assert.Equal(Observed.Value(expected.Snapshot), Observed.Value(actual.Snapshot));
        Assert.Equal(Run.Describe(expected.Snapshot.InFlight), Run.Describe(actual.Snapshot.InFlight));
        Assert.Equal(expected.Leniencies, actual.Leniencies);
        Assert.Equal(expected.Meters.Tokens, actual.Meters.Tokens);
    }

    private static void AssertAgreement(byte[] text, StreamingJsonOptions options)
    {
        using var parser = new StreamingJsonParser(options);
        AssertAgreement(text, parser, options.ForRecognizer());
    }

    private static RecognizerVerdict AssertAgreement(byte[] text, StreamingJsonParser parser, RecognizerOptions options)
    {
        RecognizerVerdict expected = JsonPushdownRecognizer.Recognize(text, options);
        parser.Reset();
        bool isAccepted = parser.TryAppend(text);
        JsonOutcome outcome = parser.Complete();
        bool agrees = expected.Outcome switch
        {
            RecognizerOutcome.Invalid => !isAccepted && outcome == JsonOutcome.Invalid && parser.Error!.ByteOffset == expected.ErrorOffset,
            RecognizerOutcome.Complete => isAccepted && outcome == JsonOutcome.Complete,
            _ => isAccepted && outcome == JsonOutcome.Truncated,
        };
        Assert.True(agrees, $"{new JsonText(text)}: the recogniser says {expected}, the parser {Verdict.Of(parser)} with {parser.Options}");
        return expected;
    }

    /// <summary>Every text that is still a beginning, and every one that is one byte longer.</summary>
    private static void Walk(byte[] text, byte[] alphabet, int maxLength, StreamingJsonParser parser, RecognizerOptions options)
    {
        RecognizerVerdict verdict = AssertAgreement(text, parser, options);
        for (int i = 0; i < alphabet.Length && text.Length < maxLength && verdict.Outcome != RecognizerOutcome.Invalid; i++)
        {
            Walk([.. text, alphabet[i]], alphabet, maxLength, parser, options);
        }
    }

    /// <summary>The offset of the closing quote, or -1.</summary>
    private static long FirstRepeatedName(byte[] text)
    {
        var open = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                open.Push([]);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                open.Pop();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(reader.GetString()!))
            {
                return reader.TokenStartIndex + 1 + reader.ValueSpan.Length;
            }
        }

        return -1;
    }
}
