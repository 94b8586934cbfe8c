using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class EventsTests
{
    [Fact]
    public async Task EveryKindOfRecord()
    {
        ToolRun run = await ToolRun.InvokeAsync("""{"a/b~":["x\n",1,false,null],"o":{}}""", "events", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                """{"event":"started","pointer":"","kind":"object"}""",
                """{"event":"started","pointer":"/a~1b~0","kind":"array"}""",
                """{"event":"started","pointer":"/a~1b~0/0","kind":"string"}""",
                """{"event":"string_delta","pointer":"/a~1b~0/0","kind":"string","text":"x\n"}""",
                """{"event":"completed","pointer":"/a~1b~0/0","kind":"string","value":"x\n"}""",
                """{"event":"started","pointer":"/a~1b~0/1","kind":"number"}""",
                """{"event":"completed","pointer":"/a~1b~0/1","kind":"number","value":1}""",
                """{"event":"started","pointer":"/a~1b~0/2","kind":"boolean"}""",
                """{"event":"completed","pointer":"/a~1b~0/2","kind":"boolean","value":false}""",
                """{"event":"started","pointer":"/a~1b~0/3","kind":"null"}""",
                """{"event":"completed","pointer":"/a~1b~0/3","kind":"null","value":null}""",
                """{"event":"completed","pointer":"/a~1b~0","kind":"array","value":["x\n",1,false,null]}""",
                """{"event":"started","pointer":"/o","kind":"object"}""",
                """{"event":"completed","pointer":"/o","kind":"object","value":{}}""",
                """{"event":"completed","pointer":"","kind":"object","value":{"a/b~":["x\n",1,false,null],"o":{}}}""",
                """{"event":"document_completed","pointer":"","kind":"object"}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task SeveralFiles_EachRecordNamesItsFile()
    {
        using var folder = new TemporaryFolder();
        string first = folder.Add("a.json", "1");
        string second = folder.Add("b.json", "[");
        ToolRun run = await ToolRun.OfAsync("events", first, second);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal([first, first, first, second], run.Records.Select(record => record.GetProperty("file").GetString()!));
        Assert.Equal(["file", "event", "pointer", "kind"], ToolRun.Keys(run.Records[3]));
        Assert.StartsWith(second + ": The JSON text ends", run.Error, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("1000")]
    public async Task WithPaths_OnlyTheEventsOfTheValuesThatTheySelect(string chunk)
    {
        ToolRun run = await ToolRun.InvokeAsync(
            """{"a":{"b":[1,2]},"b":[3,{"b":null}],"c":true}""",
            "events", "--chunk", chunk, "--path", "$..b[0]", "--path", "$.b[*]", "--path", "$.c", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                """{"event":"started","pointer":"/a/b/0","kind":"number"}""",
                """{"event":"completed","pointer":"/a/b/0","kind":"number","value":1}""",
                """{"event":"started","pointer":"/b/0","kind":"number"}""",
                """{"event":"completed","pointer":"/b/0","kind":"number","value":3}""",
                """{"event":"started","pointer":"/b/1","kind":"object"}""",
                """{"event":"completed","pointer":"/b/1","kind":"object","value":{"b":null}}""",
                """{"event":"started","pointer":"/c","kind":"boolean"}""",
                """{"event":"completed","pointer":"/c","kind":"boolean","value":true}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task WithThePathOfEverything_AllEventsOfValues_OfEveryFile()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Add("a.json", """["x",{"y":[]}]"""), folder.Add("b.json", """{"z":1"""), folder.Add("c.json", "2")];
        ToolRun all = await ToolRun.OfAsync(["events", .. files]);
        ToolRun selected = await ToolRun.OfAsync(["events", "--path", "$..[*]", "--path", "$", .. files]);
        Assert.Equal(all.Lines.Where(line => !line.Contains("document_completed", System.StringComparison.Ordinal)), selected.Lines);
        Assert.Equal((all.ExitCode, all.Error), (selected.ExitCode, selected.Error));
    }

    [Theory]
    [MemberData(nameof(Inputs.All), MemberType = typeof(Inputs))]
    public async Task WithDeltasJoined_TheEventsDoNotDependOnTheChunks(
        string name, byte[] input, string outcome, string? code, int? offset, string? pointer)
    {
        _ = (code, offset, pointer);
        ToolRun asRead = await ToolRun.InvokeAsync(input, "events", "-");
        Assert.Equal(outcome == "complete" ? 0 : 2, asRead.ExitCode);
        int ends = asRead.Records.Count(record => record.GetProperty("event").GetString() == "document_completed");
        Assert.Equal(outcome == "complete" ? 1 : 0, ends);
        List<string> expected = Joined(asRead);
        foreach (string size in new[] { "1", "2", "3", "7", "64" })
        {
            ToolRun run = await ToolRun.InvokeAsync(input, "events", "--chunk", size, "-");
            Assert.True(expected.SequenceEqual(Joined(run)), $"{name}, chunks of {size}");
            Assert.Equal((asRead.ExitCode, asRead.Error), (run.ExitCode, run.Error));
        }
    }

    private static List<string> Joined(ToolRun run)
    {
        List<string> events = [];
        string text = string.Empty;
        foreach (JsonElement record in run.Records)
        {
            if (record.GetProperty("event").GetString() == "string_delta")
            {
                text += record.GetProperty("text").GetString();
            }
            else
            {
                events.Add($"{text}|{record.GetRawText()}");
                text = string.Empty;
            }
        }

        events.Add(text);
        return events;
    }
}
