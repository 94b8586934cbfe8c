using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Misuse;

/// <summary>What an error says, and what it must not say.</summary>
public class ErrorTests
{
    private const string Canary = "CANARY7F3A";

    public static TheoryData<string> Broken { get; } =
    [
        $"{{\"{Canary}\":\"{Canary}\"",
        $"{{\"{Canary}\":\"{Canary}\" \"{Canary}\"}}",
        $"[\"{Canary}\\q\"]",
        $"[\"{Canary}\u0001\"]",
        $"[{Canary}]",
        $"{{\"{Canary}\":{Canary}}}",
        $"{{\"{Canary}\":1,\"{Canary}\":2}}",
        $"[\"{Canary}\"] {Canary}",
        $"[1{Canary}]",
        $"[tru{Canary}]",
        $"/*{Canary}*/ x{Canary}",
        $"[\"{Canary}",
        $"[\"{new string('x', 100)}{Canary}",
        $"{{\"{new string('x', 100)}{Canary}",
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void AMessage_CarriesNothingOfTheText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int errors = 0;
        foreach (StreamingJsonOptions options in OptionSets.All)
        {
            using var parser = new StreamingJsonParser(options);
            parser.TryAppend(bytes);
            if (parser.Complete() == JsonOutcome.Complete)
            {
                continue;
            }

            errors++;
            StreamingJsonException error = parser.Error!;
            Assert.DoesNotContain(Canary, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, error.ToString(), StringComparison.Ordinal);
            Assert.Empty(error.Data);
            Assert.Null(error.InnerException);
            Assert.Null(error.Path);
            Assert.InRange(error.Message.Length, 10, 120);

            using var events = new JsonEventParser<SilentHandler>(default, options);
            events.TryAppend(bytes);
            events.Complete();
            Assert.Equal(error.Message, events.Error!.Message);
        }

        Assert.NotEqual(0, errors);
    }

    [Fact]
    public void EveryCode_HasAMessageOfItsOwn_AndIsAJsonException()
    {
        var messages = new Dictionary<JsonErrorCode, string>();
        foreach ((string text, StreamingJsonOptions options) in OneOfEach())
        {
            using var parser = new StreamingJsonParser(options);
            parser.TryAppend(text);
            parser.Complete();
            JsonException error = Assert.IsAssignableFrom<JsonException>(parser.Error);
            Assert.Contains($"(byte offset {parser.Error!.ByteOffset})", error.Message, StringComparison.Ordinal);
            messages[parser.Error.Code] = error.Message[..error.Message.IndexOf('(', StringComparison.Ordinal)];
        }

        Assert.Equal(Enum.GetValues<JsonErrorCode>().Where(code => code != JsonErrorCode.None), messages.Keys.Order());
        Assert.Equal(messages.Count, messages.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("x", 1, 1)]
    [InlineData("[\n  1,\n  x]", 3, 3)]
    [InlineData("\n\n\nx", 4, 1)]
    [InlineData("[\r\n\"é\" x", 2, 6)] // columns count bytes
    [InlineData("[\r1 x", 1, 5)] // lines end at LF only
    [InlineData("[1,\n", 2, 1)]
    public void LineAndColumn_AreThoseOfTheByte(string text, int line, int column)
    {
        foreach (Chunking cuts in new[] { Chunking.Whole, Chunking.Bytes })
        {
            Assert.Equal((line, column), Run.Of(Encoding.UTF8.GetBytes(text), cuts).Position);
        }
    }

    [Fact]
    public void LineAndColumn_AreCountedFromTheOffset_ForAnyText() => PropertyRunner.Check(Generators.Mutations, text =>
    {
        using var parser = new StreamingJsonParser();
        parser.TryAppend(text.Bytes);
        parser.Complete();
        if (parser.Error is StreamingJsonException error)
        {
            byte[] before = text.Bytes[..(int)error.ByteOffset];
            Assert.Equal(before.Count(b => b == '\n') + 1, error.Line);
            Assert.Equal(before.Length - Array.LastIndexOf(before, (byte)'\n'), error.Column);

            // What logs any JsonException finds it where System.Text.Json has it, counted from 0.
            Assert.Equal((error.Line - 1, error.Column - 1), (error.LineNumber, error.BytePositionInLine));
        }
    });

    [Fact]
    public void LineAndColumn_Stay_AfterAReset_AndAreThoseOfTheNextText()
    {
        using var parser = new StreamingJsonParser();
        parser.TryAppend("[\nx"u8);
        StreamingJsonException first = parser.Error!;
        parser.Reset();
        parser.TryAppend("[1,2,x]"u8);
        Assert.Equal((2, 1), (first.Line, first.Column));
        Assert.Equal((1, 6), (parser.Error!.Line, parser.Error.Column));
        Assert.Equal((1, 6), (parser.Error!.Line, parser.Error.Column));
        parser.Reset();
        Assert.Null(parser.Error);
    }

    [Theory]
    [InlineData("[1,x", "/1")]
    [InlineData("{\"a\":x", "/a")]
    [InlineData("{\"a\":{\"b\":[1,2,{\"c\":tru3", "/a/b/2/c")]
    [InlineData("{\"a\":1 x", "")]
    [InlineData("{\"a\":{\"b\":1}x", "")]
    [InlineData("[[1],[2 x", "/1")]
    [InlineData("{\"~/\":x", "/~0~1")]
    [InlineData("{\"\":x", "/")]
    [InlineData("{\"a\":\"\\q", "/a")]
    [InlineData("[0,\"\u0001", "/1")]
    [InlineData("[] x", "")]
    public void APointer_LeadsToTheValueThatWasReadOrDue(string text, string pointer)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(pointer, Run.Of(bytes, Chunking.Whole).Verdict.Pointer);
        Assert.Equal(pointer, Run.OfEvents(bytes, Chunking.Bytes).Verdict.Pointer);
    }

    [Fact]
    public void Misuse_SaysWhatWasWrong()
    {
        var parser = new StreamingJsonParser();
        parser.Append("[1,\"x\"]"u8);
        JsonSnapshot snapshot = parser.Snapshot;
        AssertSays<InvalidOperationException>("(Array)", () => snapshot.RootElement[0].GetArrayLength());
        AssertSays<InvalidOperationException>("(String)", () => snapshot.RootElement[0].GetString());
        AssertSays<FormatException>("(RFC 6901)", () => snapshot.RootElement.TryGetElement("a", out _));
        parser.Reset();
        AssertSays<InvalidOperationException>("was reset or disposed", () => snapshot.RootElement.GetArrayLength());
    }

    private static void AssertSays<T>(string words, Action misuse)
        where T : Exception => Assert.Contains(words, Assert.Throws<T>(misuse).Message, StringComparison.Ordinal);

    private static IEnumerable<(string Text, StreamingJsonOptions Options)> OneOfEach()
    {
        StreamingJsonOptions plain = StreamingJsonOptions.Default;
        StreamingJsonOptions tight = plain with { Limits = new JsonLimits { MaxDepth = 1, MaxNameBytes = 1, MaxStringBytes = 1, MaxNumberBytes = 1 } };
        return
        [
            ("[", plain), ("x", plain), ("{1", plain), ("{\"a\"1", plain), ("[[]1", plain), ("[]1", plain), ("[1,]", plain), ("tx", plain),
            ("-x", plain), ("\"\\x", plain), ("\"\\ux", plain), ("\"\n", plain), ("\"\udc00", plain), ("\"\\udc00", OptionSets.Strict),
            ("/x", OptionSets.Lenient), ("{\"a\":1,\"a\":2}", OptionSets.Strict), ("[[", tight), ("{\"ab", tight), ("\"ab", tight), ("12", tight),
            ("[]", plain with { Limits = new JsonLimits { MaxDocumentBytes = 1 } }),
        ];
    }
}
