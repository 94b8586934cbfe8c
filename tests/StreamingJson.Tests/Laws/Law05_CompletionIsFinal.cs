using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 5. Completion is final and happens once, in document order, children before parents, at the first byte that makes it certain. It
/// never follows from "it parses so far", "the next field has begun" or "the index changed".
/// </summary>
public class Law05_CompletionIsFinal
{
    [Fact]
    public void EachValueCompletesOnce_InDocumentOrder_ChildrenFirst() => PropertyRunner.Check(
        Generators.DocumentsWithDuplicateNames,
        Generators.Cuts,
        (text, cuts) =>
        {
            using JsonDocument document = JsonDocument.Parse(text.Bytes);
            string[] expected = [.. PostOrder(document.RootElement).Select(e => $"{e.ValueKind} {e.GetRawText()}"), "document"];
            Assert.Equal(expected, Completions(text.Bytes, cuts).Select(c => c.What));
        });

    [Fact]
    public void AValueCompletes_AtTheFirstByteThatMakesItCertain() => PropertyRunner.Check(
        OptionSets.AnyDocuments,
        text =>
        {
            foreach (Completion completion in Completions(text.Bytes, Chunking.Bytes))
            {
                bool isNumber = completion.What.StartsWith(nameof(JsonValueKind.Number), StringComparison.Ordinal);
                Assert.Equal(isNumber ? completion.End + 1 : completion.End, completion.BytesReceived);
            }
        });

    [Fact]
    public void WhatIsComplete_NeverChanges() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            var complete = new Dictionary<(int Start, int End), string>();
            foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
            {
                parser.TryAppend(chunk.Span);
                Dictionary<(int Start, int End), string> now = CompleteValues(parser.Snapshot);
                Assert.All(complete, earlier => Assert.Equal(earlier.Value, now[earlier.Key]));
                complete = now;
            }

            parser.Complete();
            Dictionary<(int Start, int End), string> last = CompleteValues(parser.Snapshot);
            Assert.All(complete, earlier => Assert.Equal(earlier.Value, last[earlier.Key]));
        });

    [Fact]
    public void NoProperPrefix_IsEverComplete_UnlessItIsATextOfItsOwn() => PropertyRunner.Check(
        Generators.Documents,
        text =>
        {
            using var parser = new StreamingJsonParser();
            for (int length = 0; length < text.Bytes.Length; length++)
            {
                parser.Reset();
                byte[] prefix = text.Bytes[..length];
                parser.Append(prefix);
                Assert.Equal(JsonOutcome.Partial, parser.Outcome);
                bool isText = JsonPushdownRecognizer.Recognize(prefix).Outcome == RecognizerOutcome.Complete;
                Assert.Equal(isText ? JsonOutcome.Complete : JsonOutcome.Truncated, parser.Complete());
            }
        },
        maxTest: 100);

    [Theory]
    [InlineData("{\"query\":\"test\"}")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    public void ARootThatIsClosed_IsNoCompleteText_UntilTheEndIsDeclared(string text)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        Assert.True(parser.Snapshot.RootElement.IsComplete);
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.DoesNotContain("document completed", LogOf(parser).Lines);

        Assert.False(parser.TryAppend(", \"limit\":10}"));
        Assert.Equal(JsonOutcome.Invalid, parser.Complete());
        Assert.Equal(JsonErrorCode.TrailingContent, parser.Error!.Code);
    }

    [Theory]
    [InlineData("[\"a\"", "[]")]
    [InlineData("{\"a\":{\"b\":1}", "{}")]
    [InlineData("{\"a\":1,", "{}")]
    [InlineData("[[],", "[]")]
    public void AContainerWithWholeChildren_IsOpenUntilItsBracket(string text, string brackets)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        Assert.False(parser.Snapshot.RootElement.IsComplete);
        Assert.True(Observed.Children(parser.Snapshot.RootElement).First().IsComplete);
        Assert.Equal(JsonOutcome.Truncated, parser.Complete());
        Assert.False(parser.Snapshot.RootElement.IsComplete);
        Assert.Equal(brackets[1], parser.Snapshot.ToString()[^1]);
    }

    [Fact]
    public void ARootNumber_CompletesWhenTheEndIsDeclared_OrAtTheByteAfterIt()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("12"u8);
        Assert.False(parser.Snapshot.HasValue);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.True(parser.Snapshot.RootElement.IsComplete);
        Assert.Equal(["started Number '' at 0, depth 0, index 0, name ''", "completed Number '' at 0..2", "document completed"], LogOf(parser).Lines);

        parser.Reset();
        parser.Append("12"u8);
        parser.Append(" "u8);
        Assert.Equal(["started Number '' at 0, depth 0, index 0, name ''", "completed Number '' at 0..2"], LogOf(parser).Lines);
    }

    [Fact]
    public void TheDeltaOfAnEscapeThatWasCut_IsTold()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"\\"u8);
        parser.Append("n\""u8);
        Assert.Equal(["text '': \n", "completed String '' at 0..4"], LogOf(parser).Lines);
    }

    [Theory]
    [InlineData("[1]")] // complete
    [InlineData("[1")] // truncated
    [InlineData("[1x")] // invalid
    [InlineData("[1 2")]
    public void EventsOfAnOperationThatDidNothing_AreNone(string text)
    {
        using var parser = new StreamingJsonParser();
        var log = new EventLog();
        parser.TryAppend(text);
        log.AddEventsOf(parser);
        parser.Complete();
        log.AddEventsOf(parser);
        int count = log.Lines.Count;
        Assert.Equal(count, log.Lines.Distinct().Count());

        parser.Complete();
        log.AddEventsOf(parser);
        Assert.Equal(count, log.Lines.Count);
    }

    [Fact]
    public void AnAppendAfterTheEnd_DoesNotTellTheEndAgain()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1]"u8);
        parser.Complete();
        Assert.Throws<InvalidOperationException>(() => parser.Append(" "u8));
        Assert.DoesNotContain("document completed", LogOf(parser).Lines);
    }

    private static EventLog LogOf(StreamingJsonParser parser)
    {
        var log = new EventLog();
        log.AddEventsOf(parser);
        return log;
    }

    private static List<Completion> Completions(byte[] text, Chunking cuts)
    {
        using var parser = new StreamingJsonParser(OptionSets.Lenient);
        var completions = new List<Completion>();
        int received = 0;
        foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text))
        {
            received += chunk.Length;
            parser.Append(chunk.Span);
            AddTo(completions, parser, received);
        }

        parser.Complete();
        AddTo(completions, parser, received + 1);
        return completions;
    }

    private static void AddTo(List<Completion> completions, StreamingJsonParser parser, int received)
    {
        foreach (JsonEvent e in parser.Events)
        {
            if (e.Kind == JsonEventKind.Completed)
            {
                completions.Add(new Completion($"{e.Element.ValueKind} {e.Element.GetRawText()}", e.ByteRange.End, received));
            }
            else if (e.Kind == JsonEventKind.DocumentCompleted)
            {
                completions.Add(new Completion("document", received, received));
            }
        }
    }

    private static Dictionary<(int Start, int End), string> CompleteValues(JsonSnapshot snapshot) => Observed.ValuesPostOrder(snapshot)
        .Where(element => element.IsComplete)
        .ToDictionary(element => element.ByteRange, element => $"{element.ValueKind} {element} {Encoding.Latin1.GetString(element.RawUtf8)}");

    private static IEnumerable<JsonElement> PostOrder(JsonElement element) => (element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(PostOrder),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => PostOrder(property.Value)),
        _ => [],
    }).Append(element);

    /// <summary>A value that became complete, and after how many bytes; the declared end counts as one.</summary>
    private sealed record Completion(string What, int End, int BytesReceived);
}
