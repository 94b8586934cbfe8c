using System;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.TestKitTests;

/// <summary>Where exactly a text becomes impossible, by hand; <c>|</c> stands before the first impossible byte.</summary>
public class RecognizerOffsetTests
{
    private static readonly RecognizerOptions Comments = new() { SkipComments = true };
    private static readonly RecognizerOptions TrailingCommas = new() { AllowTrailingCommas = true, SkipComments = true };
    private static readonly RecognizerOptions Pairs = new() { RefuseUnpairedSurrogates = true };
    private static readonly RecognizerOptions Many = new() { AllowMultipleValues = true, SkipComments = true };

    [Theory]
    [InlineData("|x")]
    [InlineData("[12 |3]")]
    [InlineData("0|1")]
    [InlineData("-|-")]
    [InlineData("1.|e")]
    [InlineData("tr|x")]
    [InlineData("1 |2")]
    [InlineData("{}|{}")]
    [InlineData("[|,")]
    [InlineData("[1,|]")]
    [InlineData("{\"a\"|,")]
    [InlineData("{\"a\":1,|}")]
    [InlineData("[\"a\" |\"b\"")]
    [InlineData("[1|}")]
    [InlineData("|]")]
    [InlineData("\"a|\n\"")]
    [InlineData("\"\\|x\"")]
    [InlineData("\"\\u12|g")]
    [InlineData("1|/")]
    [InlineData("|\uFEFF1")]
    public void Rfc8259(string marked) => AssertInvalid(marked, RecognizerOptions.Rfc8259);

    [Theory]
    [InlineData("\"\\uD800|x")]
    [InlineData("\"\\uD800|\"")]
    [InlineData("\"\\uD800\\|n")]
    [InlineData("\"\\uD800\\u|0041")]
    [InlineData("\"\\uD800\\uD|8")]
    [InlineData("\"\\uD|C00")]
    [InlineData("\"\\ud|f")]
    [InlineData("\"\\uD834\\uDD1E\\uD|D1E")]
    public void UnpairedSurrogates(string marked) => AssertInvalid(marked, Pairs);

    [Theory]
    [InlineData("1//\u2027\n", -1)]
    [InlineData("1//\u2028", 5)]
    [InlineData("1//\u2029", 5)]
    [InlineData("1//é\u2029", 7)]
    [InlineData("1/*\u2028*/", -1)]
    public void Comments_LineSeparators(string text, int offset)
    {
        RecognizerVerdict verdict = JsonPushdownRecognizer.Recognize(Encoding.UTF8.GetBytes(text), Comments);
        Assert.Equal(offset, verdict.ErrorOffset);
    }

    [Theory]
    [InlineData("/|x")]
    [InlineData("1/|1")]
    [InlineData("[1,/**/|]")]
    [InlineData("1//\r|2")]
    public void CommentsAreBlanks(string marked) => AssertInvalid(marked, Comments);

    [Theory]
    [InlineData("[|,]")]
    [InlineData("[1,|,]")]
    [InlineData("{|,}")]
    [InlineData("[1]|,")]
    public void OneTrailingCommaOnly(string marked) => AssertInvalid(marked, TrailingCommas);

    [Theory]
    [InlineData("1|{}")]
    [InlineData("1|\"\"")]
    [InlineData("1 |,")]
    [InlineData("{}|]")]
    public void MultipleValues(string marked) => AssertInvalid(marked, Many);

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1 2")]
    [InlineData("{}{}")]
    [InlineData("true1")]
    [InlineData("\"\"\"\"")]
    [InlineData("1/**/2//")]
    public void MultipleValues_Complete(string text) => AssertOutcome(RecognizerOutcome.Complete, text, Many);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("/")]
    [InlineData("1/")]
    [InlineData("1/*/")]
    [InlineData("//")]
    [InlineData("[1,//]")]
    public void Prefix(string text) => AssertOutcome(RecognizerOutcome.Prefix, text, Comments);

    [Theory]
    [InlineData("E0 | 80")] // overlong
    [InlineData("ED | A0")] // a surrogate
    [InlineData("F0 | 8F")]
    [InlineData("F4 | 90")] // beyond U+10FFFF
    [InlineData("| C0")]
    [InlineData("| C1")]
    [InlineData("| F5")]
    [InlineData("| FF")]
    [InlineData("| 80")]
    [InlineData("C3 | 22")]
    [InlineData("E2 82 | 22")]
    [InlineData("F0 9F 98 | C3")]
    public void Utf8(string marked)
    {
        string[] parts = marked.Split(' ');
        byte[] text = [(byte)'"', .. parts.Where(p => p != "|").Select(p => Convert.ToByte(p, 16))];
        Assert.Equal(1 + Array.IndexOf(parts, "|"), JsonPushdownRecognizer.Recognize(text).ErrorOffset);
    }

    [Fact]
    public void ByteOrderMark_MayBeCut()
    {
        var options = new RecognizerOptions { AllowByteOrderMark = true };
        byte[] text = [0xEF, 0xBB, 0xBF, (byte)'1'];
        Assert.All([0, 1, 2, 3], n => Assert.Equal(RecognizerOutcome.Prefix, JsonPushdownRecognizer.Recognize(text.AsSpan(0, n), options).Outcome));
        Assert.Equal(RecognizerOutcome.Complete, JsonPushdownRecognizer.Recognize(text, options).Outcome);
        Assert.Equal(2, JsonPushdownRecognizer.Recognize([0xEF, 0xBB, (byte)'1'], options).ErrorOffset);
        Assert.Equal(3, JsonPushdownRecognizer.Recognize([.. text.AsSpan(0, 3), 0xEF], options).ErrorOffset);
    }

    [Fact]
    public void MaxDepth_RefusesTheBracketThatExceedsIt()
    {
        var options = new RecognizerOptions { MaxDepth = 2 };
        Assert.Equal(RecognizerOutcome.Complete, JsonPushdownRecognizer.Recognize("[[],{}]"u8, options).Outcome);
        Assert.Equal(5, JsonPushdownRecognizer.Recognize("[[],[[]]]"u8, options).ErrorOffset);
    }

    private static void AssertInvalid(string marked, RecognizerOptions options)
    {
        int offset = Encoding.UTF8.GetByteCount(marked.AsSpan(0, marked.IndexOf('|')));
        byte[] text = Encoding.UTF8.GetBytes(marked.Remove(marked.IndexOf('|'), 1));
        Assert.Equal(new RecognizerVerdict(RecognizerOutcome.Invalid, offset), JsonPushdownRecognizer.Recognize(text, options));
        Assert.NotEqual(RecognizerOutcome.Invalid, JsonPushdownRecognizer.Recognize(text.AsSpan(0, offset), options).Outcome);
    }

    private static void AssertOutcome(RecognizerOutcome expected, string text, RecognizerOptions options) =>
        Assert.Equal(expected, JsonPushdownRecognizer.Recognize(Encoding.UTF8.GetBytes(text), options).Outcome);
}
