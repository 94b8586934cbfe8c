using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Conformance;

/// <summary>What is seen of a value while it grows: sequences of other projects, and calls that models really made.</summary>
public class GrowingSequencesTests
{
    /// <summary>jsonriver's contract is law 2 to 5 of ours, so there is no deliberate difference: the sequences are equal.</summary>
    [SharedFact]
    public void JsonriverSequences_AreSeenOneByOne() => Assert.All(SharedSuites.SnapshotSequences(), sequence =>
    {
        using var parser = new StreamingJsonParser();
        var seen = new List<GrowingValue>();
        var completions = new List<ExpectedCompletion>();
        foreach (byte[] chunk in sequence.Utf8Chunks)
        {
            parser.Append(chunk);
            AddTo(seen, completions, parser);
        }

        parser.EnsureComplete();
        AddTo(seen, completions, parser);
        Assert.Equal(sequence.Snapshots, seen);
        Assert.Equal(sequence.Completions, completions);
    });

    [SharedFact]
    public void RecordedToolArguments_EndAsTheirStateSays_AndAreTheValueThatJsonDocumentReads() =>
        Assert.All(SharedSuites.RecordedToolArguments(), call =>
        {
            using var parser = new StreamingJsonParser();
            foreach (byte[] fragment in call.Utf8Fragments)
            {
                parser.TryAppend(fragment);
                Assert.NotEqual(JsonOutcome.Complete, parser.Outcome);
            }

            Assert.Equal(call.IsValid, parser.Complete() == JsonOutcome.Complete);
            if (call.IsValid)
            {
                using JsonDocument document = JsonDocument.Parse(string.Concat(call.Fragments));
                Assert.Equal(GrowingValue.From(document.RootElement), Observed.Value(parser.Snapshot));
            }
        });

    [SharedFact]
    public void RecordedToolArguments_GiveTheSame_InFragments_ByteByByte_AsCharsAndWithoutTape() =>
        Assert.All(SharedSuites.RecordedToolArguments(), call =>
        {
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(call.Fragments));
            Trace whole = Run.Of(text, Chunking.Whole);
            int[] lengths = [.. call.Utf8Fragments.Select(fragment => fragment.Length)];
            Chunking asReceived = lengths.Sum() == 0 ? Chunking.Whole : Chunking.Pattern(lengths);
            Assert.Equal(whole, Run.Of(text, asReceived));
            Assert.Equal(whole, Run.Of(text, Chunking.Bytes));
            Assert.Equal(whole, Run.Of(text, Chunking.Bytes, Entrance.Chars));
            Assert.Equal(whole.WithoutTape(), Run.OfEvents(text, asReceived));
        });

    [SharedFact]
    public void RecordedToolArguments_AreNeverSeenOtherThanTheOracleSeesThem() =>
        Assert.All(SharedSuites.RecordedToolArguments().Where(call => call.IsValid), call =>
        {
            using var parser = new StreamingJsonParser();
            var text = new List<byte>();
            foreach (byte[] fragment in call.Utf8Fragments)
            {
                parser.Append(fragment);
                text.AddRange(fragment);
                Assert.Equal(GrowingValueOracle.Snapshot([.. text]), Observed.Value(parser.Snapshot));
            }
        });

    private static void AddTo(List<GrowingValue> seen, List<ExpectedCompletion> completions, StreamingJsonParser parser)
    {
        if (Observed.Value(parser.Snapshot) is GrowingValue value && value != seen.LastOrDefault())
        {
            seen.Add(value);
        }

        foreach (JsonEvent e in parser.Events)
        {
            if (e.Kind == JsonEventKind.Completed)
            {
                completions.Add(new ExpectedCompletion(e.GetPointer(), Observed.Value(e.Element)));
            }
        }
    }
}
