using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class CallsReportTests
{
    private const string Whole = """
        data: {"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"[1,\"é\"]}"}}]},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """;

    private const string Cut = """
        data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}


        """;

    [Fact]
    public async Task Json_OneLineAFile()
    {
        using var folder = new TemporaryFolder();
        string whole = folder.Add("whole.sse", Whole);
        ToolRun run = await ToolRun.OfAsync("calls", "--report", "--json", whole, folder.Add("cut.sse", Cut));
        Assert.Equal((2, 2), (run.ExitCode, run.Records.Count));
        JsonElement record = run.Records[0];
        Assert.Equal(
            [
                "file", "protocol", "outcome", "bytes", "deltas", "first_byte", "first_delta", "first_value", "end", "between_deltas", "bytes_per_second", "output_tokens_per_second",
                "calls", "anomalies", "unrecorded_paths", "items",
            ],
            ToolRun.Keys(record));
        Assert.Equal((whole, "openai-chat", "complete"), (record.GetProperty("file").GetString(), record.GetProperty("protocol").GetString(), record.GetProperty("outcome").GetString()));
        Assert.Equal("""{"open":0,"complete":1,"truncated":0,"invalid":0,"safe_to_execute":1}""", record.GetProperty("calls").GetRawText());
        Assert.True(record.GetProperty("end").GetDecimal() >= record.GetProperty("first_byte").GetDecimal());
        JsonElement item = Assert.Single(record.GetProperty("items").EnumerateArray().ToArray());
        Assert.Equal(["kind", "index", "choice", "name", "outcome", "safe_to_execute", "deltas", "bytes", "started", "wire_offset", "ended", "paths"], ToolRun.Keys(item));
        int second = Whole.IndexOf("data: ", 6, StringComparison.Ordinal);
        Assert.Equal(
            [("", 0, 0, 14, second), ("/x", 5, second, 13, second), ("/x/0", 6, second, 7, second), ("/x/1", 8, second, 12, second)],
            item.GetProperty("paths").EnumerateArray().Select(path => (
                path.GetProperty("pointer").GetString()!,
                path.GetProperty("offset").GetInt32(),
                path.GetProperty("wire_offset").GetInt32(),
                path.GetProperty("end_offset").GetInt32(),
                path.GetProperty("end_wire_offset").GetInt32())));
        Assert.Equal("""{"missing_terminator":1,"missing_finish_reason":1}""", run.Records[1].GetProperty("anomalies").GetRawText());
        Assert.Equal(JsonValueKind.Null, run.Records[1].GetProperty("first_value").ValueKind);
    }

    [Fact]
    public async Task ATable_HasARowAFile_AndASummary()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Add("whole.sse", Whole), folder.Add("c\u001b[2Jut.sse", Cut)];
        ToolRun run = await ToolRun.OfAsync(["calls", "--report", .. files]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"Files of {folder.FolderPath}/", run.Lines[0].TrimEnd());
        Assert.Contains(run.Lines, line => line.Trim().StartsWith("whole.sse  ", StringComparison.Ordinal) && line.Contains(" openai-chat   complete ", StringComparison.Ordinal) && line.Contains(" 1 of 1 ", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Trim().StartsWith("2 files  ", StringComparison.Ordinal) && line.Contains("1 complete, 1 truncated", StringComparison.Ordinal));
        Assert.Contains("Anomalies: missing_terminator 1, missing_finish_reason 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("those of reading it", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/x/0", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("cut.sse: The stream is truncated.", run.Error.Replace("\u001b[2J", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfOneFile_ItShowsTheValues()
    {
        ToolRun run = await ToolRun.InvokeAsync(Whole, "calls", "--report", "-");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("tool_call f (complete, safe to execute)", run.Output, StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.Trim().StartsWith("/x/1 ", StringComparison.Ordinal) && line.Contains(" string ", StringComparison.Ordinal));
        Assert.DoesNotContain("files", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--report", "--final")]
    [InlineData("--report", "--meters")]
    [InlineData("--json")]
    public async Task OptionsThatDoNotGoTogether_AreBadUsage(params string[] options)
    {
        ToolRun run = await ToolRun.InvokeAsync(Whole, ["calls", .. options, "-"]);
        Assert.Equal((64, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("--report", run.Error, StringComparison.Ordinal);
    }

    [SharedSuiteFact("recorded/openai-chat")]
    public async Task RecordedStreams_AllHaveARow()
    {
        string[] files = Directory.GetFiles(SharedSuite.Find("recorded/openai-chat")!, "*.sse");
        ToolRun table = await ToolRun.OfAsync(["calls", "--report", .. files]);
        Assert.Contains($" {files.Length} files ", table.Output, StringComparison.Ordinal);
        ToolRun lines = await ToolRun.OfAsync(["calls", "--report", "--json", .. files]);
        Assert.Equal(files.Length, lines.Records.Count);
        Assert.Equal(files.Select(file => new FileInfo(file).Length), lines.Records.Select(record => record.GetProperty("bytes").GetInt64()));
    }
}
