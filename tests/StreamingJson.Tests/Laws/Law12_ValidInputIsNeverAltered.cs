using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 12. Valid input is never altered. Any leniency is opt-in, recorded as evidence on the node it touched, and can never make a tool call
/// safe to execute.
/// </summary>
public class Law12_ValidInputIsNeverAltered
{
    private static readonly StreamingJsonOptions OneLenientText =
        OptionSets.Lenient with { AllowMultipleValues = false, SkipByteOrderMark = false };

    private static readonly RecognizerOptions Plain = new() { RefuseUnpairedSurrogates = true, MaxDepth = 64 };

    [Fact]
    public void ATextIsAcceptedWithoutEvidence_ExactlyWhenItIsPlain() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            Trace lenient = Run.Of(text.Bytes, cuts, Entrance.Span, OneLenientText);
            bool isPlain = JsonPushdownRecognizer.Recognize(text.Bytes, Plain).Outcome == RecognizerOutcome.Complete;
            Assert.Equal(isPlain, lenient.Verdict.Outcome == JsonOutcome.Complete && lenient.Leniencies == JsonLeniencies.None);
        },
        maxTest: 2000);

    [Fact]
    public void APlainText_IsTheSame_WhateverTheOptionsAllow() => PropertyRunner.Check(
        Generators.Documents,
        Generators.Cuts,
        (text, cuts) =>
        {
            Trace expected = Run.Of(text.Bytes, cuts);
            Assert.Equal(JsonOutcome.Complete, expected.Verdict.Outcome);
            Assert.Equal(JsonLeniencies.None, expected.Leniencies);
            Assert.Equal(expected, Run.Of(text.Bytes, cuts, Entrance.Span, OptionSets.Lenient));
            Assert.Equal(expected, Run.Of(text.Bytes, cuts, Entrance.Span, OptionSets.Strict));
            Assert.Equal(expected, Run.Of(text.Bytes, cuts, Entrance.Span, StreamingJsonOptions.Trusted));
        });

    [Fact]
    public void EveryByteThatWasReceived_CanBeHadBack() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.TryAppend(chunk.Span);
                foreach (PartialJsonElement element in Observed.ValuesPostOrder(parser.Snapshot))
                {
                    (int start, int end) = element.ByteRange;
                    Assert.True(element.RawUtf8.SequenceEqual(text.Bytes.AsSpan(start, end - start)));
                }
            }
        },
        maxTest: 100);

    [Fact]
    public void WhatANodeRecords_TheParserRecordsToo() => PropertyRunner.Check(
        OptionSets.AnyDocuments,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.Append(chunk.Span);
                Assert.Equal(parser.Leniencies, parser.Snapshot.Leniencies);
                JsonLeniencies onNodes = Observed.ValuesPostOrder(parser.Snapshot).Aggregate(JsonLeniencies.None, (all, e) => all | e.Leniencies);
                Assert.Equal(JsonLeniencies.None, onNodes & ~parser.Leniencies);
            }
        });

    [Theory]
    [InlineData("[1,]", JsonLeniencies.TrailingComma, "")]
    [InlineData("{\"a\":[1,]}", JsonLeniencies.TrailingComma, "/a")]
    [InlineData("{\"a\":{\"b\":1,},\"c\":2}", JsonLeniencies.TrailingComma, "/a")]
    [InlineData("[[/**/],1]", JsonLeniencies.Comment, "/0")]
    [InlineData("[[1],//\n1]", JsonLeniencies.Comment, "")]
    [InlineData("{\"a\":/**/{}}", JsonLeniencies.Comment, "")]
    [InlineData("[\"a\",\"\\udc00\"]", JsonLeniencies.ReplacedSurrogate, "/1")]
    [InlineData("[\"\\ud800x\",\"\\ud83d\\ude00\"]", JsonLeniencies.ReplacedSurrogate, "/0")]
    public void EachLeniency_IsRecordedOnTheNodeItTouched_AndOnNoOther(string text, JsonLeniencies leniency, string pointer)
    {
        using var parser = new StreamingJsonParser(OptionSets.Lenient);
        parser.Append(text);
        parser.EnsureComplete();
        Assert.Equal(leniency, parser.Leniencies);
        foreach (PartialJsonElement element in Observed.ValuesPostOrder(parser.Snapshot))
        {
            Assert.Equal(element.GetPointer() == pointer ? leniency : JsonLeniencies.None, element.Leniencies);
        }
    }

    [Theory]
    [InlineData("/**/1", JsonLeniencies.Comment)]
    [InlineData("1//", JsonLeniencies.Comment)]
    [InlineData("{\"\\ud800\":1}", JsonLeniencies.ReplacedSurrogate)]
    public void WhatTouchesNoValue_IsRecordedOnTheParser(string text, JsonLeniencies leniency)
    {
        Trace trace = Run.Of(Encoding.UTF8.GetBytes(text), Chunking.Bytes, Entrance.Span, OptionSets.Lenient);
        Assert.Equal(JsonOutcome.Complete, trace.Verdict.Outcome);
        Assert.Equal(leniency, trace.Leniencies);
    }

    [Theory]
    [InlineData("[1,]", JsonErrorCode.TrailingComma, 3)]
    [InlineData("{\"a\":1,}", JsonErrorCode.TrailingComma, 7)]
    [InlineData("[1/**/]", JsonErrorCode.InvalidNumber, 2)]
    [InlineData("[/**/]", JsonErrorCode.ExpectedValue, 1)]
    [InlineData("[]//", JsonErrorCode.TrailingContent, 2)]
    [InlineData("[] []", JsonErrorCode.TrailingContent, 3)]
    [InlineData("{'a':1}", JsonErrorCode.ExpectedPropertyName, 1)]
    [InlineData("{a:1}", JsonErrorCode.ExpectedPropertyName, 1)]
    [InlineData("[NaN]", JsonErrorCode.ExpectedValue, 1)]
    [InlineData("[+1]", JsonErrorCode.ExpectedValue, 1)]
    [InlineData("[.5]", JsonErrorCode.ExpectedValue, 1)]
    [InlineData("[01]", JsonErrorCode.InvalidNumber, 2)]
    [InlineData("[1 2]", JsonErrorCode.ExpectedCommaOrEnd, 3)]
    [InlineData("[\"a\nb\"]", JsonErrorCode.ControlCharacterInString, 3)]
    [InlineData("[\"\\x41\"]", JsonErrorCode.InvalidEscape, 3)]
    [InlineData("[True]", JsonErrorCode.ExpectedValue, 1)]
    public void NoLeniencyIsOn_UnlessItWasAskedFor(string text, JsonErrorCode code, int offset)
    {
        Verdict verdict = Run.Of(Encoding.UTF8.GetBytes(text), Chunking.Bytes).Verdict;
        Assert.Equal((JsonOutcome.Invalid, code, offset), (verdict.Outcome, verdict.Code, verdict.Offset));
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("-0.0")]
    [InlineData("1.10")]
    [InlineData("9007199254740993")]
    [InlineData("0.1e-999999999999")]
    public void ANumber_KeepsItsText(string text)
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[" + text + "]");
        parser.EnsureComplete();
        Assert.Equal(text, parser.Snapshot.RootElement[0].GetRawText());
        Assert.Equal("[" + text + "]", parser.Snapshot.ToString());
        Assert.Equal(text, parser.Snapshot.ToJsonElement()[0].GetRawText());
    }

    [Fact]
    public void SeveralValues_AreKeptApart_AndAllAreThere()
    {
        using var parser = new StreamingJsonParser(OptionSets.Lenient);
        parser.Append("{\"a\":1}\n[2] 3 \"x\"true"u8);
        parser.EnsureComplete();
        var values = new List<string>();
        foreach (PartialJsonElement root in parser.Snapshot.RootElements)
        {
            values.Add(root.ToString());
        }

        Assert.Equal(["{\"a\":1}", "[2]", "3", "\"x\"", "true"], values);
        Assert.True(parser.Snapshot.RootElement.GetBoolean());
    }
}
