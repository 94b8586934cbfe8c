using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class CallsTests
{
    private const string Whole = """
        data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hé","reasoning":"think"}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]},"finish_reason":"tool_calls"}]}

        data: {"choices":[],"usage":{ "prompt_tokens" : 3 }}

        data: [DONE]


        """;

    private const string Cut = """
        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}}]}

        data: {"error":{"code":"overloaded","message":"Try later."}}


        """;

    // Ollama has its numbers as members of the last line: an event, but no object to show.
    [Fact]
    public async Task UsageThatIsNoObject_IsNull()
    {
        ToolRun run = await ToolRun.InvokeAsync("""
            {"model":"m","message":{"role":"assistant","content":"Hi"},"done":false}
            {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":2}
            """, "calls", "-");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("""{"event":"usage","usage":null}""", run.Lines);
    }

    [Fact]
    public async Task EveryKindOfRecord()
    {
        ToolRun run = await ToolRun.InvokeAsync(Whole, "calls", "-");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(
            [
                """{"event":"message_started","id":"c1","model":"m"}""",
                """{"event":"reasoning_delta","index":null,"choice":0,"text":"think"}""",
                """{"event":"text_delta","index":null,"choice":0,"text":"Hé"}""",
                """{"event":"tool_call_started","index":0,"choice":0,"id":"a","name":"f"}""",
                """{"event":"arguments_delta","index":0,"choice":0,"text":"{\"x\":"}""",
                """{"event":"arguments_delta","index":0,"choice":0,"text":"1}"}""",
                """{"event":"tool_call_ended","index":0,"choice":0,"id":"a","name":"f","outcome":"complete","arguments_state":"valid","safe_to_execute":true,"reasons":[]}""",
                """{"event":"finished","choice":0,"reason":"tool_calls","finish_reason":"tool_calls"}""",
                """{"event":"usage","usage":{"prompt_tokens":3}}""",
                """{"event":"stream_ended","outcome":"complete","protocol":"openai-chat","protocol_reason":"the shape of the first payload","framing":"server_sent_events","framing_reason":"the first line is a field"}""",
            ],
            run.Lines);
    }

    [Fact]
    public async Task ACallThatWasCut_IsNotSafe_AndTheErrorIsSaid()
    {
        ToolRun run = await ToolRun.InvokeAsync(Cut, "calls", "--protocol", "openai-chat", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("-: The provider reported an error: overloaded Try later.\n-: The stream is truncated.\n", run.Error.ReplaceLineEndings("\n"));
        Assert.Contains("""{"event":"error","code":"overloaded","message":"Try later."}""", run.Lines);
        Assert.Contains("""{"event":"anomaly","kind":"missing_terminator","detail":null,"index":null,"choice":0}""", run.Lines);
        Assert.Contains(run.Lines, line => line.Contains("""
            "outcome":"truncated","arguments_state":"truncated","safe_to_execute":false,"reasons":["arguments_truncated","no_explicit_end","stream_error"]}
            """, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Final_OneLineAFile()
    {
        using var folder = new TemporaryFolder();
        string whole = folder.Add("whole.sse", Whole);
        string cut = folder.Add("cut.sse", Cut);
        ToolRun run = await ToolRun.OfAsync("calls", "--final", whole, cut);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal([whole, cut], run.Records.Select(record => record.GetProperty("file").GetString()!));
        Assert.All(run.Records, record => Assert.Equal(["file", "protocol", "outcome", "finish_reason", "items", "usage", "anomalies"], ToolRun.Keys(record)));
        JsonElement[] items = [.. run.Records[0].GetProperty("items").EnumerateArray()];
        Assert.Equal(["reasoning", "text", "tool_call"], items.Select(item => item.GetProperty("kind").GetString()!));
        Assert.Equal(["kind", "index", "choice", "text"], ToolRun.Keys(items[0]));
        Assert.Equal(["kind", "index", "choice", "id", "name", "arguments", "arguments_state", "safe_to_execute", "reasons"], ToolRun.Keys(items[2]));
        Assert.Equal("{\"x\":1}", items[2].GetProperty("arguments").GetString());
        Assert.Equal("truncated", run.Records[1].GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, run.Records[1].GetProperty("finish_reason").ValueKind);
    }

    [Theory]
    [InlineData()]
    [InlineData("--final")]
    public async Task Chunks_NeverShow(params string[] options)
    {
        foreach (string input in new[] { Whole, Cut, "", "junk", Whole + Cut })
        {
            ToolRun asRead = await ToolRun.InvokeAsync(input, ["calls", .. options, "-"]);
            foreach (string size in new[] { "1", "2", "3", "7", "16", "64", "4096" })
            {
                Assert.Equal(asRead, await ToolRun.InvokeAsync(input, ["calls", .. options, "--chunk", size, "-"]));
            }
        }
    }

    [Fact]
    public async Task SeveralFiles_EachRecordNamesItsFile()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = await ToolRun.OfAsync("calls", folder.Add("a.sse", Whole), folder.Add("b.sse", Cut));
        Assert.All(run.Records, record => Assert.Equal("file", ToolRun.Keys(record)[0]));
    }

    [Fact]
    public async Task Meters_AreExact()
    {
        foreach (string[] options in new string[][] { ["--meters"], ["--meters", "--final"] })
        {
            ToolRun run = await ToolRun.InvokeAsync(Whole, ["calls", .. options, "-"]);
            JsonElement last = run.Records[^1];
            Assert.Equal(["bytes", "events", "allocated"], ToolRun.Keys(last)[^3..]);
            Assert.Equal(Encoding.UTF8.GetByteCount(Whole), last.GetProperty("bytes").GetInt32());
            Assert.Equal(10, last.GetProperty("events").GetInt32());
            Assert.InRange(last.GetProperty("allocated").GetInt64(), 0, 64);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("OpenAI-Chat")]
    public async Task AProtocolThatIsNone_IsBadUsage(string name)
    {
        ToolRun run = await ToolRun.InvokeAsync(Whole, "calls", "--protocol", name, "-");
        Assert.Equal((64, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("--protocol takes auto, openai-chat", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("openai")]
    [InlineData("openai-chat")]
    public async Task AProtocol_ByItsNames(string name)
    {
        ToolRun run = await ToolRun.InvokeAsync(Whole, "calls", "--final", "--protocol", name, "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("openai-chat", run.Records[0].GetProperty("protocol").GetString());
    }

    [Fact]
    public async Task TheHelp_NamesEveryRecordThatIsPrinted()
    {
        ToolRun help = await ToolRun.OfAsync("calls", "--help");
        IEnumerable<string> events = Enum.GetNames<ToolCalls.ModelEventKind>().Skip(1).Select(Output.OutputNames.Snake);
        Assert.All(events, name => Assert.Contains(name, help.Output, StringComparison.Ordinal));
    }
}
