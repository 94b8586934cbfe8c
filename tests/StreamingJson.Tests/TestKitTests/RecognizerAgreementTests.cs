using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FsCheck;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>The recogniser accepts what System.Text.Json accepts; UTF-8 and surrogates, which that one does not check, are checked beside it.</summary>
public class RecognizerAgreementTests
{
    private const int MaxTest = 2000;

    [Fact]
    public void Documents_AreComplete_AndTheirPrefixesViable() => PropertyRunner.Check(Generators.Documents, text =>
    {
        var recognizer = new JsonPushdownRecognizer();
        Assert.All(text.Bytes, b => Assert.True(recognizer.Take(b)));
        Assert.Equal(RecognizerOutcome.Complete, recognizer.Verdict.Outcome);
        using JsonDocument document = JsonDocument.Parse(text.Bytes);
    });

    [Fact]
    public void Mutations_AreComplete_WhenJsonDocumentParsesThem() => PropertyRunner.Check(
        Generators.Mutations,
        text => AssertAgreement(text.Bytes, new RecognizerOptions { MaxDepth = 64 }, default),
        MaxTest);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Leniencies_AreThoseOfJsonDocument(bool comments, bool trailingCommas)
    {
        Arbitrary<JsonText> documents = Generators.DocumentsWith(new DocumentOptions { Comments = comments, TrailingCommas = trailingCommas });
        var options = new RecognizerOptions
        {
            MaxDepth = 3,
            SkipComments = comments,
            AllowTrailingCommas = trailingCommas,
            CommentsBeforeColon = false,
        };
        var parserOptions = new JsonDocumentOptions
        {
            MaxDepth = 3,
            CommentHandling = comments ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow,
            AllowTrailingCommas = trailingCommas,
        };
        PropertyRunner.Check(documents, text => AssertAgreement(text.Bytes, options, parserOptions));
        PropertyRunner.Check(Generators.MutationsOf(documents), text => AssertAgreement(text.Bytes, options, parserOptions), MaxTest);
    }

    [Theory]
    [InlineData("[],1/*\n", 6)]
    [InlineData("{}\":,/* ", 6)]
    [InlineData("[{1\"t, ", 6)]
    public void SmallTexts_AreAcceptedAsUtf8JsonReaderDoes(string letters, int length)
    {
        foreach (bool many in new[] { false, true })
        {
            var options = new RecognizerOptions { SkipComments = true, AllowTrailingCommas = true, CommentsBeforeColon = false, AllowMultipleValues = many };
            var readerOptions = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowMultipleValues = many };
            foreach (byte[] text in ViableTexts([.. letters.Select(c => (byte)c)], length, options))
            {
                bool complete = JsonPushdownRecognizer.Recognize(text, options).Outcome == RecognizerOutcome.Complete;
                Assert.True(complete == ReadsWhole(text, readerOptions), $"{Encoding.ASCII.GetString(text)} (many: {many}): recogniser says {complete}");
            }
        }
    }

    [Fact]
    public void UnpairedSurrogates_AreRefused_WhereGetStringThrows()
    {
        var options = new RecognizerOptions { RefuseUnpairedSurrogates = true };
        PropertyRunner.Check(
            Generators.DocumentsWithUnpairedSurrogates,
            text =>
            {
                bool complete = JsonPushdownRecognizer.Recognize(text.Bytes, options).Outcome == RecognizerOutcome.Complete;
                Assert.Equal(StringsAreWhole(text.Bytes), complete);
                Assert.Equal(RecognizerOutcome.Complete, JsonPushdownRecognizer.Recognize(text.Bytes).Outcome);
            },
            MaxTest);
    }

    [SharedFact]
    public void JsonTestSuite_IsDecidedAsItSays() => Assert.All(SharedSuites.JsonTestSuite(), test =>
    {
        bool accepted = JsonPushdownRecognizer.Recognize(test.Text).Outcome == RecognizerOutcome.Complete;
        Assert.True(test.Expectation == ConformanceExpectation.Either || accepted == (test.Expectation == ConformanceExpectation.Accept), test.Name);
    });

    private static void AssertAgreement(byte[] text, RecognizerOptions options, JsonDocumentOptions parserOptions)
    {
        bool complete = JsonPushdownRecognizer.Recognize(text, options).Outcome == RecognizerOutcome.Complete;
        Assert.Equal(Parses(text, parserOptions) && Utf8.IsValid(text), complete);
    }

    /// <summary>The viable texts and, since one more byte may make them invalid, those that are one byte longer.</summary>
    private static IEnumerable<byte[]> ViableTexts(byte[] alphabet, int maxLength, RecognizerOptions options)
    {
        var last = new List<byte[]> { Array.Empty<byte>() };
        for (int length = 0; length <= maxLength && last.Count > 0; length++)
        {
            foreach (byte[] text in last)
            {
                yield return text;
            }

            last =
            [
                .. from shorter in last
                   where JsonPushdownRecognizer.Recognize(shorter, options).Outcome != RecognizerOutcome.Invalid
                   from b in alphabet
                   select (byte[])[.. shorter, b],
            ];
        }
    }

    private static bool Parses(byte[] text, JsonDocumentOptions options)
    {
        try
        {
            JsonDocument.Parse(text, options).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool ReadsWhole(byte[] text, JsonReaderOptions options)
    {
        try
        {
            var reader = new Utf8JsonReader(text, options);
            while (reader.Read())
            {
                // to the end
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool StringsAreWhole(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
