using System;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Conformance;

/// <summary>Cases of our own for every production of RFC 8259, so that the repository tests everything by itself.</summary>
public class OwnCases
{
    public static TheoryData<string> Valid { get; } =
    [
        "{}", "[]", "\"\"", "0", "-0", "null", "true", "false", " [ ] ", "\t{\r\n}\n",
        "[1,-1,0,10,123456789012345678901234567890]", "[0.0,-0.5,1.25e0,1E5,1e+5,1e-5,0e0,0E-0]", "[1e400,-1e400,1e-400]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\u0000\\u001f\\u007F\\u00e9\\u20AC\\ud83d\\ude00\"]", "[\"\u007f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff\"]",
        "[\"\u2028\u2029\uFEFF\"]", "{\"\":0}", "{\"\\u0000\":0}", "{\"a\":{\"b\":{\"c\":[[[]]]}}}", "{\"a\":1,\"a\":2}", "[[],[[]],{},[{}]]",
        "[\"/\",\"//\",\"/*\"]", "[null,true,false]", "{\"null\":null,\"true\":true}", "[ 1 , 2 ]", "{ \"a\" : 1 , \"b\" : 2 }", "[\"a\"\t]\r",
    ];

    /// <summary>The text, why, and at which byte.</summary>
    public static TheoryData<string, JsonErrorCode, int> Invalid { get; } = new()
    {
        { "]", JsonErrorCode.ExpectedValue, 0 },
        { "}", JsonErrorCode.ExpectedValue, 0 },
        { ",", JsonErrorCode.ExpectedValue, 0 },
        { ":", JsonErrorCode.ExpectedValue, 0 },
        { "a", JsonErrorCode.ExpectedValue, 0 },
        { "'a'", JsonErrorCode.ExpectedValue, 0 },
        { "\u00A0[]", JsonErrorCode.ExpectedValue, 0 },
        { "\f[]", JsonErrorCode.ExpectedValue, 0 },
        { "\0", JsonErrorCode.ExpectedValue, 0 },
        { "[1\0]", JsonErrorCode.InvalidNumber, 2 },
        { "[,1]", JsonErrorCode.ExpectedValue, 1 },
        { "[1,,2]", JsonErrorCode.ExpectedValue, 3 },
        { "[1,]", JsonErrorCode.TrailingComma, 3 },
        { "[1 2]", JsonErrorCode.ExpectedCommaOrEnd, 3 },
        { "[1:2]", JsonErrorCode.InvalidNumber, 2 },
        { "[\"a\":2]", JsonErrorCode.ExpectedCommaOrEnd, 4 },
        { "[\"a\"}", JsonErrorCode.ExpectedCommaOrEnd, 4 },
        { "[]]", JsonErrorCode.TrailingContent, 2 },
        { "[]x", JsonErrorCode.TrailingContent, 2 },
        { "\"a\"\"b\"", JsonErrorCode.TrailingContent, 3 },
        { "true false", JsonErrorCode.TrailingContent, 5 },
        { "{1:2}", JsonErrorCode.ExpectedPropertyName, 1 },
        { "{,}", JsonErrorCode.ExpectedPropertyName, 1 },
        { "{\"a\" 1}", JsonErrorCode.ExpectedColon, 5 },
        { "{\"a\",1}", JsonErrorCode.ExpectedColon, 4 },
        { "{\"a\"::1}", JsonErrorCode.ExpectedValue, 5 },
        { "{\"a\":}", JsonErrorCode.ExpectedValue, 5 },
        { "{\"a\":1,}", JsonErrorCode.TrailingComma, 7 },
        { "{\"a\":1,,\"b\":2}", JsonErrorCode.ExpectedPropertyName, 7 },
        { "{\"a\":1 \"b\":2}", JsonErrorCode.ExpectedCommaOrEnd, 7 },
        { "{\"a\":\"b\"]", JsonErrorCode.ExpectedCommaOrEnd, 8 },
        { "{\"a\":1:2}", JsonErrorCode.InvalidNumber, 6 },
        { "tru ", JsonErrorCode.InvalidLiteral, 3 },
        { "[nulL]", JsonErrorCode.InvalidLiteral, 4 },
        { "falsE", JsonErrorCode.InvalidLiteral, 4 },
        { "truex", JsonErrorCode.TrailingContent, 4 },
        { "-a", JsonErrorCode.InvalidNumber, 1 },
        { "-", JsonErrorCode.UnexpectedEnd, 1 },
        { "--1", JsonErrorCode.InvalidNumber, 1 },
        { "00", JsonErrorCode.InvalidNumber, 1 },
        { "-01", JsonErrorCode.InvalidNumber, 2 },
        { "1.", JsonErrorCode.UnexpectedEnd, 2 },
        { "1.e1", JsonErrorCode.InvalidNumber, 2 },
        { "1..2", JsonErrorCode.InvalidNumber, 2 },
        { "1e", JsonErrorCode.UnexpectedEnd, 2 },
        { "1e+", JsonErrorCode.UnexpectedEnd, 3 },
        { "1e++1", JsonErrorCode.InvalidNumber, 3 },
        { "1e1.5", JsonErrorCode.InvalidNumber, 3 },
        { "1_000", JsonErrorCode.InvalidNumber, 1 },
        { "0x10", JsonErrorCode.InvalidNumber, 1 },
        { "\"\t\"", JsonErrorCode.ControlCharacterInString, 1 },
        { "\"\n\"", JsonErrorCode.ControlCharacterInString, 1 },
        { "\"\u001f\"", JsonErrorCode.ControlCharacterInString, 1 },
        { "{\"\0\":1}", JsonErrorCode.ControlCharacterInString, 2 },
        { "\"\\a\"", JsonErrorCode.InvalidEscape, 2 },
        { "\"\\U0041\"", JsonErrorCode.InvalidEscape, 2 },
        { "\"\\'\"", JsonErrorCode.InvalidEscape, 2 },
        { "\"\\u\"", JsonErrorCode.InvalidUnicodeEscape, 3 },
        { "\"\\u00G0\"", JsonErrorCode.InvalidUnicodeEscape, 5 },
        { "\"\\u00", JsonErrorCode.UnexpectedEnd, 5 },
        { "\"\\ud83d\\u00zz\"", JsonErrorCode.InvalidUnicodeEscape, 11 },
        { "\"abc", JsonErrorCode.UnexpectedEnd, 4 },
        { "\"abc\\", JsonErrorCode.UnexpectedEnd, 5 },
        { "", JsonErrorCode.UnexpectedEnd, 0 },
        { " \n", JsonErrorCode.UnexpectedEnd, 2 },
        { "\uFEFF", JsonErrorCode.UnexpectedEnd, 3 },
        { "\uFEFF\uFEFF[]", JsonErrorCode.ExpectedValue, 3 },
        { "[\uFEFF]", JsonErrorCode.ExpectedValue, 1 },
        { "[]\uFEFF", JsonErrorCode.TrailingContent, 2 },
        { "{\"a\":[1,{\"b\":", JsonErrorCode.UnexpectedEnd, 13 },
        { "[1]//x", JsonErrorCode.TrailingContent, 3 },
        { "/*x*/1", JsonErrorCode.ExpectedValue, 0 },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void AValidText_IsTheValueThatJsonDocumentReads_HoweverItIsCut(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using JsonDocument document = JsonDocument.Parse(bytes);
        string expected = GrowingValue.From(document.RootElement).ToJson();
        foreach (Chunking cuts in Chunkings.Of(bytes))
        {
            Trace trace = Run.Of(bytes, cuts);
            Assert.Equal(JsonOutcome.Complete, trace.Verdict.Outcome);
            Assert.Equal(expected, trace.Value);
            Assert.Equal(JsonOutcome.Complete, Run.OfEvents(bytes, cuts).Verdict.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void AnInvalidText_IsRefusedForItsReason_AtItsByte_HoweverItIsCut(string text, JsonErrorCode code, int offset)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        JsonOutcome outcome = code == JsonErrorCode.UnexpectedEnd ? JsonOutcome.Truncated : JsonOutcome.Invalid;
        foreach (Chunking cuts in Chunkings.Of(bytes))
        {
            Verdict verdict = Run.Of(bytes, cuts).Verdict;
            Assert.Equal((outcome, code, (long)offset), (verdict.Outcome, verdict.Code, verdict.Offset));
            Assert.Equal(verdict, Run.OfEvents(bytes, cuts).Verdict);
        }
    }

    /// <summary>Each is what stands between quotes; RFC 3629 refuses it at the given byte.</summary>
    [Theory]
    [InlineData("80", 0)] // continues nothing
    [InlineData("BF", 0)]
    [InlineData("C0AF", 0)] // overlong
    [InlineData("C1BF", 0)]
    [InlineData("C3", 1)] // cut
    [InlineData("E08080", 1)] // overlong
    [InlineData("E09FBF", 1)]
    [InlineData("E282", 2)] // cut
    [InlineData("EDA080", 1)] // surrogates
    [InlineData("EDBFBF", 1)]
    [InlineData("F0808080", 1)] // overlong
    [InlineData("F08FBFBF", 1)]
    [InlineData("F09F98", 3)] // cut
    [InlineData("F4908080", 1)] // beyond U+10FFFF
    [InlineData("F5", 0)]
    [InlineData("FE", 0)]
    [InlineData("FF", 0)]
    public void WhatIsNotUtf8_IsRefusedAtTheFirstImpossibleByte(string hex, int offset)
    {
        foreach (string before in new[] { "\"", "\"abc", "{\"", "\"\\n", new string(' ', 100) + "\"" + new string('x', 100) })
        {
            byte[] text = [.. Encoding.ASCII.GetBytes(before), .. Convert.FromHexString(hex), (byte)'"'];
            foreach (Chunking cuts in new[] { Chunking.Whole, Chunking.Bytes, Chunking.Every(3) })
            {
                Verdict verdict = Run.Of(text, cuts).Verdict;
                Assert.Equal((JsonErrorCode.InvalidUtf8, (long)before.Length + offset), (verdict.Code, verdict.Offset));
                Assert.Equal(verdict, Run.OfEvents(text, cuts).Verdict);
            }
        }
    }

    [Fact]
    public void AByteOrderMark_IsSkippedAtTheBeginningOnly_AlsoWhenItIsCut()
    {
        byte[] text = "\uFEFF {\"a\":1}"u8.ToArray();
        Assert.All(Chunkings.Of(text), cuts => Assert.Equal("{\"a\":1}", Run.Of(text, cuts).Value));
        Assert.All(Chunkings.Of(text), cuts =>
            Assert.Equal(0, Run.Of(text, cuts, Entrance.Span, new() { SkipByteOrderMark = false }).Verdict.Offset));
    }
}
