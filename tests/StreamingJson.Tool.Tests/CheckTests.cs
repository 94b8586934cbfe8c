using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class CheckTests
{
    [Theory]
    [MemberData(nameof(Inputs.All), MemberType = typeof(Inputs))]
    public async Task Verdict_IsTheSameForEveryChunkSize(
        string name, byte[] input, string outcome, string? code, int? offset, string? pointer)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Add("input.json", input);
        ToolRun asRead = await ToolRun.OfAsync("check", file);

        Assert.Equal(outcome == "complete" ? 0 : 2, asRead.ExitCode);
        Assert.Empty(asRead.Error);
        JsonElement record = Assert.Single(asRead.Records);
        Assert.Equal(["file", "outcome", "bytes", "offset", "code", "pointer"], ToolRun.Keys(record));
        Assert.Equal(file, record.GetProperty("file").GetString());
        Assert.Equal(outcome, record.GetProperty("outcome").GetString());
        Assert.Equal(input.Length, record.GetProperty("bytes").GetInt32());
        Assert.Equal(code, record.GetProperty("code").GetString());
        Assert.Equal(pointer, record.GetProperty("pointer").GetString());
        Assert.Equal(offset, record.GetProperty("offset").Deserialize<int?>());

        foreach (string size in new[] { "1", "2", "3", "7", "64", "1000000" })
        {
            Assert.True(asRead == await ToolRun.OfAsync("check", "--chunk", size, file), $"{name}, chunks of {size}");
        }
    }

    [Fact]
    public async Task StandardInput_IsNamedByItsDash()
    {
        ToolRun run = await ToolRun.InvokeAsync("[1]", "check", "-");
        Assert.Equal("""{"file":"-","outcome":"complete","bytes":3,"offset":null,"code":null,"pointer":null}""" + "\n", run.Output);
    }

    [Fact]
    public async Task ADeepText_IsRefusedWithTheLimit_AndReadWithAnother()
    {
        const int Depth = 3000;
        string text = new string('[', Depth) + new string(']', Depth);
        ToolRun refused = await ToolRun.InvokeAsync(text, "events", "-");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("the limit of 64 allows", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await ToolRun.InvokeAsync(text, "check", "--max-depth", "2999", "-")).ExitCode);
        Assert.Equal(0, (await ToolRun.InvokeAsync(text, "check", "--max-depth", "3000", "-")).ExitCode);
        ToolRun events = await ToolRun.InvokeAsync(text, "events", "--max-depth", "3000", "--path", "$", "-");
        Assert.Equal(0, events.ExitCode);
        Assert.Equal(2, events.Lines.Count);
        Assert.Contains(text, events.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralRootValues_AreATextWhereThatIsAskedFor()
    {
        const string Lines = "{\"a\":1}\n[2]\n";
        Assert.Equal("trailing_content", Assert.Single((await ToolRun.InvokeAsync(Lines, "check", "-")).Records).GetProperty("code").GetString());
        Assert.Equal(0, (await ToolRun.InvokeAsync(Lines, "check", "--multiple", "-")).ExitCode);
        ToolRun events = await ToolRun.InvokeAsync(Lines, "events", "--multiple", "-");
        Assert.Equal(0, events.ExitCode);
        Assert.Equal(
            ["/a", "", "/0", ""],
            events.Records.Where(e => e.GetProperty("event").GetString() == "completed").Select(e => e.GetProperty("pointer").GetString()!));
    }

    [Fact]
    public async Task SeveralFiles_OneLineEach_TheWorstDecidesTheExitCode()
    {
        using var folder = new TemporaryFolder();
        string complete = folder.Add("a.json", "{}");
        string truncated = folder.Add("b.json", "{");
        string invalid = folder.Add("c.json", "}");
        ToolRun run = await ToolRun.OfAsync("check", invalid, complete, truncated);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["invalid", "complete", "truncated"], run.Records.Select(record => record.GetProperty("outcome").GetString()!));
        Assert.Equal(0, (await ToolRun.OfAsync("check", complete, complete)).ExitCode);
    }

    [Theory]
    [InlineData("""{"name":"value","items":[1,2,3,"\u00e9"]}""", null)]
    [InlineData("""{"name":"value","items":[1,2,3,"\u00e9"]}""", "1")]
    [InlineData("[1,2,3", "2")]
    [InlineData("", null)]
    public async Task Meters_AreAddedAtTheEnd(string input, string? chunk)
    {
        string[] args = chunk is null ? ["check", "--meters", "-"] : ["check", "--meters", "--chunk", chunk, "-"];
        JsonElement record = Assert.Single((await ToolRun.InvokeAsync(input, args)).Records);
        Assert.Equal(["file", "outcome", "bytes", "offset", "code", "pointer", "examined", "allocated"], ToolRun.Keys(record));
        Assert.InRange(record.GetProperty("examined").GetInt64(), input.Length, 3 * input.Length);
        Assert.InRange(record.GetProperty("allocated").GetInt64(), 0, 4096);
    }

    [SharedSuiteFact("suites/jsontestsuite/test_parsing")]
    public async Task JsonTestSuite_AcceptsWhatIsToBeAcceptedAndNothingThatIsNot()
    {
        string[] files = System.IO.Directory.GetFiles(SharedSuite.Find("suites/jsontestsuite/test_parsing")!, "*.json");
        foreach (string[] args in new[] { new[] { "check" }, ["check", "--chunk", "1"] })
        {
            ToolRun run = await ToolRun.OfAsync([.. args, .. files]);
            Assert.Equal(files.Length, run.Records.Count);
            foreach (JsonElement record in run.Records)
            {
                string name = System.IO.Path.GetFileName(record.GetProperty("file").GetString()!);
                bool isComplete = record.GetProperty("outcome").GetString() == "complete";
                Assert.False(name[0] == 'y' && !isComplete, name);
                Assert.False(name[0] == 'n' && isComplete, name);
            }
        }
    }
}
