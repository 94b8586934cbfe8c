using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Conformance;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Tests.Hardening;

/// <summary>
/// Law 1 without chance: every two-way cut of every text up to 2 KB, every three-way cut up to 64 bytes, every partition of the shortest, for
/// both parsers, with everything allowed and with nothing. <c>STREAMINGJSON_LONG=1</c> raises the bounds (4 KB, 128 and 16 bytes).
/// </summary>
public class SplitExhaustionTests(ITestOutputHelper output)
{
    private static readonly StreamingJsonOptions[] Options = [StreamingJsonOptions.Default, OptionSets.Lenient];

    private static readonly int TwoWayUpTo = LongRuns.Budget(2048, 4096);
    private static readonly int ThreeWayUpTo = LongRuns.Budget(64, 128);
    private static readonly int PartitionsUpTo = LongRuns.Budget(14, 16);

    /// <summary>Texts of the repository itself: the conformance cases, and those that have once been or could be trouble.</summary>
    private static readonly Lazy<byte[][]> Own = new(() =>
    [
        .. Texts(OwnCases.Valid),
        .. Texts(OwnCases.Invalid),
        SampleTexts.ToolCall,
        Utf8("\uFEFF{\"a\":1}"),
        Utf8("// c\n[1,/* */2,]"),
        Utf8("[\"\\ud83d\\ude00\",\"\\ud83d\",\"\\ude00x\"]"),
        Utf8("{\"n\\u0061me\":\"\\n\\u00e9\",\"b\":[true,null,-1.5e+3]}"),
        Utf8("1 2\n\"x\"[]{}truefalse"),
        Utf8("[\"é€😀").Concat(new byte[] { 0xE2, 0x82, (byte)'"' }).ToArray(),
        Utf8("{\"a").Concat(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0xFF }).ToArray(),
    ]);

    private static readonly Lazy<byte[][]> Shared = new(() =>
    [
        .. SharedSuites.JsonTestSuite().Select(test => test.Text),
        .. Files("suites/jsontestsuite/test_transform", "*.json").Select(File.ReadAllBytes),
        .. Files("suites/partial", "*.jsonl").SelectMany(File.ReadLines).Where(line => line.Length > 0).SelectMany(PartialInputs),
    ]);

    public static TheoryData<bool> Allowances => [false, true];

    [Theory]
    [MemberData(nameof(Allowances))]
    public void OwnTexts_InEveryWay(bool isLenient) => Exhaust(Own.Value, isLenient);

    [SharedFact]
    public void TextsOfOtherSuites_InEveryWay() => Exhaust(Shared.Value, isLenient: false);

    [SharedFact]
    public void TextsOfOtherSuites_InEveryWay_WithEverythingAllowed() => Exhaust(Shared.Value, isLenient: true);

    [Fact]
    public void ThePrint_SeesWhatTheTraceSees()
    {
        using var runner = new Fingerprint.Runner(StreamingJsonOptions.Default);
        string[] texts = ["[1]", "[2]", "[1,2]", "[\"a\"]", "[\"b\"]", "[1", "[x", "[ x", "{\"a\":1}", "{\"b\":1}", "[true]", "[ 1]", "[12]"];
        (Fingerprint Tape, Fingerprint Events)[] prints = [.. texts.Select(text => runner.Run(Utf8(text), 0))];
        Assert.Equal(texts.Length - 1, prints.Distinct().Count()); // 1 and 2 alone look alike: numbers are told by their range
        Assert.All(prints, print => Assert.Equal(print.Tape, print.Events));
    }

    private void Exhaust(byte[][] texts, bool isLenient)
    {
        long twoWay = 0, threeWay = 0, partitions = 0;
        using var runner = new Fingerprint.Runner(Options[isLenient ? 1 : 0]);
        foreach (byte[] text in texts.Where(text => text.Length > 0 && text.Length <= TwoWayUpTo))
        {
            (Fingerprint Tape, Fingerprint Events) whole = runner.Run(text, 0);
            Assert.Equal(whole.Tape, whole.Events);
            for (int cut = 0; cut <= text.Length; cut++, twoWay++)
            {
                Same(whole, runner.Run(text, cut, text.Length), text, $"cut at {cut}");
            }

            for (int first = 1; first < text.Length && text.Length <= ThreeWayUpTo; first++)
            {
                for (int second = first + 1; second < text.Length; second++, threeWay++)
                {
                    Same(whole, runner.Run(text, first, second), text, $"cut at {first} and {second}");
                }
            }

            for (ulong cuts = 1; text.Length <= PartitionsUpTo && cuts < 1UL << (text.Length - 1); cuts++, partitions++)
            {
                Same(whole, runner.Run(text, cuts), text, $"cut at the bits of {cuts:b}");
            }
        }

        output.WriteLine(FormattableString.Invariant($"{texts.Length} texts: {twoWay} two-way cuts, {threeWay} three-way cuts, {partitions} partitions"));
        Assert.True(twoWay > 300 && threeWay > 3000 && partitions > 10_000, "Too little was tried for this to mean anything.");
    }

    private static void Same((Fingerprint Tape, Fingerprint Events) whole, (Fingerprint Tape, Fingerprint Events) cut, byte[] text, string how)
    {
        if (cut != whole)
        {
            Assert.Fail($"{Encoding.Latin1.GetString(text)}, {how}:\n{whole.Tape}\n{cut.Tape}\n{cut.Events}");
        }
    }

    /// <summary>The unfinished texts of a row, whatever the suite calls them.</summary>
    private static IEnumerable<byte[]> PartialInputs(string line)
    {
        using JsonDocument row = JsonDocument.Parse(line);
        return [.. row.RootElement.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String && member.Name is "input" or "text" or "json")
            .Select(member => Utf8(member.Value.GetString()!))];
    }

    private static IEnumerable<byte[]> Texts(IEnumerable<object?[]> rows) => rows.Select(row => Utf8((string)row[0]!));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        SharedSuites.ArePresent ? Directory.EnumerateFiles(SharedSuites.PathOf(folder), pattern).Order(StringComparer.Ordinal) : [];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
