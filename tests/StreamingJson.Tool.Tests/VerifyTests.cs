using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using StreamingJson.Tool.Verification;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class VerifyTests
{
    [Theory]
    [MemberData(nameof(Inputs.All), MemberType = typeof(Inputs))]
    public async Task TheLawsHold(string name, byte[] input, string outcome, string? code, int? offset, string? pointer)
    {
        _ = (name, code, offset, pointer);
        ToolRun run = await ToolRun.InvokeAsync(input, "verify", "--seed", "7", "-");
        JsonElement record = Assert.Single(run.Records);
        Assert.Equal(
            ["file", "outcome", "bytes", "verified", "seed", "chunkings", "chunks", "events", "snapshots", "difference"],
            ToolRun.Keys(record));
        Assert.True(record.GetProperty("difference").GetString() is null, run.Error);
        Assert.True(record.GetProperty("verified").GetBoolean());
        Assert.Equal(outcome, record.GetProperty("outcome").GetString());
        Assert.Equal(7, record.GetProperty("seed").GetInt32());
        Assert.Equal(1 + Chunking.LargestSize + Chunking.RandomChunkings, record.GetProperty("chunkings").GetInt32());
        Assert.Equal(outcome == "complete" ? 0 : 2, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task TheSeed_IsPrinted_AndRepeatsTheRun()
    {
        const string Text = """{"a":[1,2,3]}""";
        ToolRun first = await ToolRun.InvokeAsync(Text, "verify", "-");
        string seed = first.Records[0].GetProperty("seed").GetRawText();
        Assert.Equal(first, await ToolRun.InvokeAsync(Text, "verify", "--seed", seed, "-"));
    }

    [Fact]
    public void ADifference_BetweenTwoRuns_IsNamed()
    {
        ReplayResult whole = ReplayWhole("""{"a":[1,"x"]}""");
        Assert.Null(Record.Exception(() => Verifier.RequireSame(whole, ReplayWhole("""{"a":[1,"x"]}"""))));
        AssertDifference("Law 1: the outcome is Truncated, as a whole Complete", """{"a":[1,"x"]""");
        AssertDifference("Law 1: the value at offset 6 ('/a/0') has another text", """{"a":[2,"x"]}""");
        AssertDifference("Law 1: the value at offset 8 ('/a/1') has another text", """{"a":[1,"y"]}""");
        AssertDifference("Law 1: the value at offset 5 ('/a') has another name", """{"b":[1,"x"]}""");
        AssertDifference("Law 1: the value at offset 6 ('/a/0') is a Number in one run and a String in the other", """{"a":["" ,2]}""");
        AssertDifference("Law 1: the value at offset 0 ('') stands elsewhere, at 0 to 12", """{"a":[1,""]} """);

        void AssertDifference(string message, string other)
        {
            var broken = Assert.Throws<LawBrokenException>(() => Verifier.RequireSame(whole, ReplayWhole(other)));
            Assert.StartsWith(message, broken.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheMirror_RefusesEventsThatComeAtTheWrongByteOrTwice()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[\"ab\",12,"u8);
        var late = new Mirror();
        Assert.Equal(5, Assert.Throws<LawBrokenException>(() => Apply(late, before: 1, after: 9)).Law);
        var early = new Mirror();
        Assert.Equal(5, Assert.Throws<LawBrokenException>(() => Apply(early, before: 0, after: 8)).Law);
        var right = new Mirror();
        Apply(right, before: 0, after: 9);
        Assert.Equal(3, right.Root!.Children.Count + 1);
        Assert.Throws<LawBrokenException>(() => Apply(right, before: 0, after: 9));

        void Apply(Mirror mirror, int before, int after)
        {
            foreach (JsonEvent next in parser.Events)
            {
                mirror.Apply(next, before, after, parser.Outcome);
            }
        }
    }

    [Fact]
    public void TheMirror_RefusesASnapshotThatShowsAnythingElse()
    {
        Mirror mirror = ReplayWhole("""{"a":"xy","b":1}""").Mirror;
        AssertRefused(4, """[          "xy",1]""");
        AssertRefused(4, """{"a":"xy" ,"b":1}""");
        AssertRefused(3, """{"a":"xz","b":1}""");
        AssertRefused(2, """{"a":"xy","b":2}""");
        AssertRefused(4, """{"a":"xy"     }""");
        AssertRefused(5, """{"a":"xy","b":1 """);
        AssertRefused(4, """{"c":"xy","b":1}""");

        void AssertRefused(int law, string text)
        {
            using var parser = new StreamingJsonParser();
            parser.Append(Encoding.UTF8.GetBytes(text));
            JsonSnapshot snapshot = parser.Snapshot;
            Assert.Equal(law, Assert.Throws<LawBrokenException>(() => MirrorComparer.RequireSame(mirror.Root, snapshot)).Law);
        }
    }

    [Fact]
    public void TheOracle_RefusesAnotherVerdictOrValue()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("""{"a":[1,"x"]}"""u8);
        parser.Complete();
        Assert.Null(Record.Exception(() => DocumentOracle.RequireSame("""{"a":[1,"x"]}"""u8.ToArray(), parser)));
        string[] others =
        [
            """{"a":[1,"x"]""", """{"a":[1,"y"]}""", """{"a":[1.0,"x"]}""", """{"a":[1,"x",2]}""",
            """{"a":[1]}""", """{"b":[1,"x"]}""", "[]",
        ];
        foreach (string other in others)
        {
            var broken = Assert.Throws<LawBrokenException>(() => DocumentOracle.RequireSame(Encoding.UTF8.GetBytes(other), parser));
            Assert.Equal(6, broken.Law);
        }
    }

    [Fact]
    public void Chunkings_CoverTheTextWithEmptyChunksAmongThem()
    {
        Chunking[] all = [.. Chunking.All(length: 10, chars: 8, seed: 1)];
        Assert.Equal(Chunking.LargestSize + Chunking.RandomChunkings, all.Length);
        foreach (Chunking chunking in all)
        {
            int[] ends = [.. chunking.Ends];
            Assert.Equal(ends.Order(), ends);
            Assert.Equal(chunking.EntryPoint == EntryPoint.Chars ? 8 : 10, ends[^1]);
        }

        Assert.All(all[Chunking.LargestSize..], chunking => Assert.NotEqual(chunking.Ends.Count(), chunking.Ends.Distinct().Count()));
        Assert.Equal(Enum.GetValues<EntryPoint>(), all.Select(chunking => chunking.EntryPoint).Distinct());
    }

    [SharedSuiteFact("suites/jsontestsuite/test_parsing")]
    public async Task JsonTestSuite_TheLawsHold()
    {
        ToolRun run = await ToolRun.OfAsync(["verify", "--seed", "1", .. Directory.GetFiles(SharedSuite.Find("suites/jsontestsuite/test_parsing")!, "*.json")]);
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(2, run.ExitCode);
    }

    private static ReplayResult ReplayWhole(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        var replay = new Replay(content, new StreamingJsonParser());
        return replay.Run(Chunking.Whole(content.Length), new Feeder(content, text.ToCharArray()));
    }
}
