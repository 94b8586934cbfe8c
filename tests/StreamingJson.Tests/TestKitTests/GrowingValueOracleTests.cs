using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.TestKitTests;

public class GrowingValueOracleTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("\"", "\"\"")]
    [InlineData("\"ab", "\"ab\"")]
    [InlineData("\"a\\", "\"a\"")]
    [InlineData("\"a\\n", "\"a\\n\"")]
    [InlineData("12", null)]
    [InlineData("12 ", "12")]
    [InlineData("tru", null)]
    [InlineData("true", "true")]
    [InlineData("[", "[]")]
    [InlineData("[1", "[]")]
    [InlineData("[1,", "[1]")]
    [InlineData("[1]", "[1]")]
    [InlineData("[1,[", "[1,[]]")]
    [InlineData("[nul", "[]")]
    [InlineData("[null", "[null]")]
    [InlineData("{", "{}")]
    [InlineData("{\"a", "{}")]
    [InlineData("{\"a\":", "{}")]
    [InlineData("{\"a\":\"", "{\"a\":\"\"}")]
    [InlineData("{\"a\":1", "{}")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("{\"a\":{\"b\":[", "{\"a\":{\"b\":[]}}")]
    [InlineData("{\"a\":1,\"a\":\"", "{\"a\":1,\"a\":\"\"}")]
    [InlineData("[1/", "[1]")]
    [InlineData("[1/*,2", "[1]")]
    [InlineData("[1,//x\n2,]", "[1,2]")]
    [InlineData("\uFEFF[", "[]")]
    public void Snapshots(string prefix, string? expected) => Assert.Equal(expected, SnapshotOf(prefix)?.ToJson());

    [Theory]
    [InlineData("\\uD83D", "")]
    [InlineData("\\uD83D\\", "")]
    [InlineData("\\uD83D\\uD", "")]
    [InlineData("\\uD83D\\uDE0", "")]
    [InlineData("\\uD83D\\uDE00", "\uD83D\uDE00")]
    [InlineData("\\uD83Dx", "\uFFFDx")]
    [InlineData("\\uD83D\\n", "\uFFFD\n")]
    [InlineData("\\uD83D\\u0", "\uFFFD")]
    [InlineData("\\uD83D\\uD8", "\uFFFD")]
    [InlineData("\\uD83D\\uD83D\\uDE00", "\uFFFD\uD83D\uDE00")]
    [InlineData("\\uDE0", "")]
    [InlineData("\\uDE00", "\uFFFD")]
    [InlineData("\\uD83D\"", "\uFFFD")]
    public void Surrogates(string raw, string expected) => Assert.Equal(expected, SnapshotOf('"' + raw)?.Text);

    [Fact]
    public void IncompleteUtf8_IsHeldBack()
    {
        byte[] text = "\"é€\U0001F600\""u8.ToArray();
        string[] seen = [.. Enumerable.Range(1, text.Length).Select(n => GrowingValueOracle.Snapshot(text.AsSpan(0, n))!.Text)];
        Assert.Equal(["", "", "é", "é", "é", "é€", "é€", "é€", "é€", "é€\U0001F600", "é€\U0001F600"], seen);
    }

    [Theory]
    [InlineData("12", "12")]
    [InlineData("1.", null)]
    [InlineData("-", null)]
    [InlineData("[12", "[]")] // truncated: more digits may be missing
    public void TheEnd_ClosesARootNumberOnly(string text, string? expected) =>
        Assert.Equal(expected, GrowingValueOracle.Snapshot(Encoding.UTF8.GetBytes(text), isEnded: true)?.ToJson());

    [Fact]
    public void LastWins_KeepsThePlaceOfTheFirst() =>
        Assert.Equal("{\"a\":3,\"b\":2}", SnapshotOf("{\"a\":1,\"b\":2,\"a\":3}")!.LastWins().ToJson());

    [Fact]
    public void Whole_IsWhatJsonDocumentSays() => PropertyRunner.Check(Generators.DocumentsWithDuplicateNames, text =>
    {
        using JsonDocument document = JsonDocument.Parse(text.Bytes);
        GrowingValue whole = GrowingValueOracle.Snapshot(text.Bytes, isEnded: true)!;
        Assert.True(whole.Matches(document.RootElement), whole.ToJson());
        Assert.True(whole.Matches(whole.ToJson()));
        Assert.Equal(GrowingValue.From(document.RootElement), whole);
    });

    [Fact]
    public void Growth_IsMonotonous() => PropertyRunner.Check(
        Generators.DocumentsWithUnpairedSurrogates,
        text =>
        {
            GrowingValue? last = null;
            for (int length = 0; length <= text.Bytes.Length; length++)
            {
                GrowingValue? next = GrowingValueOracle.Snapshot(text.Bytes.AsSpan(0, length));
                Assert.True(last is null || Extends(last, next!), $"{last} then {next}");
                last = next;
            }
        },
        maxTest: 60);

    [SharedFact]
    public void SnapshotSequences_OfJsonriver() => Assert.All(SharedSuites.SnapshotSequences(), sequence =>
    {
        var seen = new List<GrowingValue>();
        var text = new List<byte>();
        foreach (byte[] chunk in sequence.Utf8Chunks)
        {
            text.AddRange(chunk);
            GrowingValue? snapshot = GrowingValueOracle.Snapshot([.. text]);
            if (snapshot is not null && snapshot != seen.LastOrDefault())
            {
                seen.Add(snapshot);
            }
        }

        Assert.NotEmpty(sequence.Completions);
        Assert.Equal(sequence.Snapshots, seen);
    });

    [SharedFact]
    public void RecordedToolArguments_AreWhatTheirStateSays() => Assert.All(SharedSuites.RecordedToolArguments(), call =>
    {
        byte[] text = [.. call.Utf8Fragments.SelectMany(fragment => fragment)];
        RecognizerOutcome outcome = JsonPushdownRecognizer.Recognize(text).Outcome;
        Assert.Equal(call.IsValid, outcome == RecognizerOutcome.Complete);
        if (outcome != RecognizerOutcome.Invalid) // the oracle asks for a prefix
        {
            GrowingValue? value = GrowingValueOracle.Snapshot(text, isEnded: true);
            Assert.NotNull(value);
            Assert.True(!call.IsValid || value.Matches(Encoding.UTF8.GetString(text)));
        }
    });

    private static GrowingValue? SnapshotOf(string prefix) => GrowingValueOracle.Snapshot(Encoding.UTF8.GetBytes(prefix));

    /// <summary>Laws 3 and 4 in one: only the newest child of an open container changes, and it only grows.</summary>
    private static bool Extends(GrowingValue before, GrowingValue after) => before.Kind == after.Kind && before.Kind switch
    {
        JsonValueKind.Object => ExtendsAll([.. before.Members.Select(m => m.Value)], [.. after.Members.Select(m => m.Value)])
            && before.Members.Select(m => m.Key).SequenceEqual(after.Members.Take(before.Members.Count).Select(m => m.Key)),
        JsonValueKind.Array => ExtendsAll([.. before.Items], [.. after.Items]),
        JsonValueKind.String => after.Text.StartsWith(before.Text, StringComparison.Ordinal),
        _ => before.Text == after.Text,
    };

    private static bool ExtendsAll(GrowingValue[] before, GrowingValue[] after) =>
        after.Length >= before.Length
        && before.SkipLast(1).SequenceEqual(after.Take(before.Length - 1))
        && (before.Length == 0 || Extends(before[^1], after[before.Length - 1]));
}
