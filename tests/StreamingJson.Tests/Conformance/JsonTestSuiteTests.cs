using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using static StreamingJson.Tests.TestKit.Verifier;

namespace StreamingJson.Tests.Conformance;

/// <summary>JSONTestSuite: <c>y_</c> must be accepted, <c>n_</c> must be refused, <c>i_</c> is for the reader to decide.</summary>
public class JsonTestSuiteTests
{
    private const int CutsUpTo = 2048;

    [SharedFact]
    public void WhatMustBeAccepted_IsTheValueThatJsonDocumentReads() =>
        Assert.All(SharedSuites.JsonTestSuite().Where(test => test.Expectation == ConformanceExpectation.Accept), test =>
        {
            using var parser = new StreamingJsonParser();
            parser.Append(test.Text);
            Assert.Equal(JsonOutcome.Complete, parser.Complete());
            using JsonDocument document = JsonDocument.Parse(test.Text);
            Assert.Equal(GrowingValue.From(document.RootElement), Observed.Value(parser.Snapshot));
        });

    [SharedFact]
    public void WhatMustBeRefused_IsInvalidOrTruncated() =>
        Assert.All(SharedSuites.JsonTestSuite().Where(test => test.Expectation == ConformanceExpectation.Reject), test =>
            Assert.NotEqual(JsonOutcome.Complete, Run.Of(test.Text, Chunking.Whole).Verdict.Outcome));

    /// <summary>
    /// All of these are JSON texts by the grammar of RFC 8259 when they are UTF-8: numbers of any size keep their text, and a surrogate
    /// without its partner reads as U+FFFD by default. What is not UTF-8 is refused; a byte order mark is skipped; depth 500 is beyond the
    /// limit of 64.
    /// </summary>
    [SharedFact]
    public async Task WhatIsForTheReaderToDecide_IsDecidedAsPublished() => await Verify(string.Join(
        '\n',
        SharedSuites.JsonTestSuite()
            .Where(test => test.Expectation == ConformanceExpectation.Either)
            .Select(test => $"{test.Name}: {Describe(Run.Of(test.Text, Chunking.Whole))}")));

    [SharedFact]
    public void EveryFile_GivesTheSame_ByteByByte() => Assert.All(SharedSuites.JsonTestSuite(), test =>
        Assert.Equal(Run.Of(test.Text, Chunking.Whole), Run.Of(test.Text, Chunking.Bytes)));

    [SharedFact]
    public void EveryFile_GivesTheSame_InEveryTwoWayCut() =>
        Assert.All(SharedSuites.JsonTestSuite().Where(test => test.Text.Length <= CutsUpTo), test =>
        {
            Trace whole = Run.Of(test.Text, Chunking.Whole);
            for (int cut = 1; cut < test.Text.Length; cut++)
            {
                Assert.Equal(whole, Run.Of(test.Text, Chunking.At(cut)));
                Assert.Equal(whole.WithoutTape(), Run.OfEvents(test.Text, Chunking.At(cut)));
            }
        });

    [SharedFact]
    public void EveryFile_IsJudgedAsTheRecogniserDoes() => Assert.All(SharedSuites.JsonTestSuite(), test =>
    {
        RecognizerVerdict expected = JsonPushdownRecognizer.Recognize(test.Text, StreamingJsonOptions.Default.ForRecognizer());
        Verdict verdict = Run.Of(test.Text, Chunking.Whole).Verdict;
        Assert.Equal(expected.Outcome == RecognizerOutcome.Complete, verdict.Outcome == JsonOutcome.Complete);
        Assert.Equal(expected.Outcome == RecognizerOutcome.Invalid, verdict.Outcome == JsonOutcome.Invalid);
        Assert.True(verdict.Outcome != JsonOutcome.Invalid || verdict.Offset == expected.ErrorOffset);
    });

    private static string Describe(Trace trace) => trace.Verdict.Outcome == JsonOutcome.Complete
        ? "accepted" + (trace.Leniencies == JsonLeniencies.None ? "" : FormattableString.Invariant($" ({trace.Leniencies})"))
        : FormattableString.Invariant($"refused: {trace.Verdict.Code} at {trace.Verdict.Offset}");
}
