using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class SnapshotsTests
{
    [Fact]
    public async Task TheExampleOfTheHelp()
    {
        ToolRun run = await ToolRun.InvokeAsync("""{"city":"Par""", "snapshots", "--chunk", "1", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            [
                """{"file":"-","bytes":1,"outcome":"partial","value":{}}""",
                """{"file":"-","bytes":9,"outcome":"partial","value":{"city":""}}""",
                """{"file":"-","bytes":10,"outcome":"partial","value":{"city":"P"}}""",
                """{"file":"-","bytes":11,"outcome":"partial","value":{"city":"Pa"}}""",
                """{"file":"-","bytes":12,"outcome":"partial","value":{"city":"Par"}}""",
                """{"file":"-","bytes":12,"outcome":"truncated","value":{"city":"Par"}}""",
            ],
            run.Lines);
        Assert.Contains("-: The JSON text ends before it is whole (byte offset 12). At '/city'.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "truncated")]
    [InlineData("  -", "truncated")]
    [InlineData("nul", "truncated")]
    [InlineData("}", "invalid")]
    public async Task WithoutAKnownRoot_ThereIsNoValue(string input, string outcome)
    {
        JsonElement record = Assert.Single((await ToolRun.InvokeAsync(input, "snapshots", "--chunk", "1", "-")).Records);
        Assert.Equal(["file", "bytes", "outcome"], ToolRun.Keys(record));
        Assert.Equal(outcome, record.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task ANumberAtTheRoot_IsAValueOnlyAtTheEnd() =>
        Assert.Equal(
            """{"file":"-","bytes":3,"outcome":"complete","value":-12}""",
            Assert.Single((await ToolRun.InvokeAsync("-12", "snapshots", "--chunk", "1", "-")).Lines));

    [Theory]
    [MemberData(nameof(Inputs.All), MemberType = typeof(Inputs))]
    public async Task TheLastLine_DoesNotDependOnTheChunks(
        string name, byte[] input, string outcome, string? code, int? offset, string? pointer)
    {
        _ = (code, pointer);
        ToolRun asRead = await ToolRun.InvokeAsync(input, "snapshots", "-");
        JsonElement last = asRead.Records[^1];
        Assert.Equal(outcome, last.GetProperty("outcome").GetString());
        Assert.Equal(offset ?? input.Length, last.GetProperty("bytes").GetInt32());
        Assert.Equal(outcome == "complete" ? 0 : 2, asRead.ExitCode);
        if (outcome == "complete")
        {
            ReadOnlyMemory<byte> text = input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? input.AsMemory(3) : input;
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, last.GetProperty("value")));
        }

        foreach (string size in new[] { "1", "2", "3", "7", "64" })
        {
            ToolRun run = await ToolRun.InvokeAsync(input, "snapshots", "--chunk", size, "-");
            Assert.True(asRead.Lines[^1] == run.Lines[^1] && asRead.ExitCode == run.ExitCode, $"{name}, chunks of {size}");
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("10")]
    public async Task EveryLine_SaysSomethingNew_AndNothingIsMissing(string chunk)
    {
        const string Text = """ {"a" : [1, true, "\né€𝄞\ud834\udd1e", {"b":null}], "c": "", "d": -1.5e3 } """;
        ToolRun run = await ToolRun.InvokeAsync(Text, "snapshots", "--chunk", chunk, "-");
        IEnumerable<string> shown = run.Records.Select(record => record.GetProperty("value").GetRawText());
        Assert.Equal(ClosedValues(Text, int.Parse(chunk, System.Globalization.CultureInfo.InvariantCulture)), shown);
    }

    [Fact]
    public async Task ASlowSource_IsShownAsItComes()
    {
        using var output = new System.IO.MemoryStream();
        List<long> writtenAtRead = [];
        using var input = new TrickleStream(["[", "1,", "2]"]) { Reading = () => writtenAtRead.Add(output.Length) };
        int exitCode = await ToolProgram.RunAsync(["snapshots", "-"], input, output, System.IO.TextWriter.Null);
        Assert.Equal(0, exitCode);
        Assert.Equal(4, writtenAtRead.Count);
        Assert.Equal(writtenAtRead.Distinct().Count(), writtenAtRead.Count);
    }

    [Fact]
    public async Task AfterAnError_NothingMoreIsRead()
    {
        int reads = 0;
        using var input = new TrickleStream(["[x", "1", "2"]) { Reading = () => reads++ };
        ToolRun run = await ToolRun.InvokeAsync(input, "snapshots", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(1, reads);
        Assert.Equal("""{"file":"-","bytes":1,"outcome":"invalid","value":[]}""", Assert.Single(run.Lines));
    }

    // Naive: the closed text after each chunk and at the end, where it is not what it was.
    private static List<string> ClosedValues(string text, int chunk)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using var parser = new StreamingJsonParser();
        List<string> values = [];
        for (int at = 0; at < bytes.Length; at += chunk)
        {
            parser.Append(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)));
            string closed = JsonText(parser.Snapshot);
            if (closed.Length > 0 && closed != values.LastOrDefault())
            {
                values.Add(closed);
            }
        }

        parser.Complete();
        values.Add(JsonText(parser.Snapshot));
        return values;
    }

    private static string JsonText(JsonSnapshot snapshot) => snapshot.HasValue ? snapshot.ToString() : string.Empty;
}
