using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.Interop;

/// <summary>Seen from the browser's side: over HTTP, by the packages of npm that browsers use. They are installed at test time, where that is allowed.</summary>
public sealed class NodeTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [NodeFact]
    public async Task TheAISdk_ReadsAUIMessageStream()
    {
        JsonNode read = await ReadAsync("ui", "anthropic/call.sse", new ModelForwardOptions());
        Assert.Null(read["error"]);
        JsonArray parts = read["message"]!["parts"]!.AsArray();
        Assert.Equal(["step-start", "text", "tool-tide_table"], parts.Select(part => (string)part!["type"]!));
        Assert.Equal("Let me look.", (string)parts[1]!["text"]!);
        Assert.Equal("done", (string)parts[1]!["state"]!);
        Assert.Equal("input-available", (string)parts[2]!["state"]!);
        Assert.Equal("toolu_01Pier", (string)parts[2]!["toolCallId"]!);
        Assert.Equal("""{"harbour":"Whitby\n","days":12}""", parts[2]!["input"]!.ToJsonString());
        Assert.True((bool)read["partial"]!, "arguments were seen while they were written");
    }

    [NodeFact]
    public async Task TheAISdk_IsToldOfWhatIsNotWhole()
    {
        JsonNode cut = await ReadAsync("ui", "anthropic/truncated.sse", new ModelForwardOptions());
        Assert.Equal("output-error", (string)cut["message"]!["parts"]!.AsArray()[^1]!["state"]!);
        JsonNode broken = await ReadAsync("ui", "anthropic/call.sse", new ModelForwardOptions(), length: 900);
        Assert.Equal("The answer broke off.", (string)broken["error"]!);
    }

    [NodeFact]
    public async Task TheClientOfAgUI_ReadsItsEvents()
    {
        foreach (string fixture in new[] { "anthropic/call.sse", "anthropic/thinking.sse", "openai-chat/parallel-calls.sse", "openai-chat/name-in-pieces.sse" })
        {
            JsonNode read = await ReadAsync("ag-ui", fixture, new ModelForwardOptions { Format = ModelStreamFormat.AgUI });
            Assert.True(read["error"] is null, $"{fixture}: {read}");
            Assert.Equal("RUN_FINISHED", (string)read["types"]!.AsArray()[^1]!);
            using var reader = new ToolCalls.ModelStreamReader();
            Answer expected = Answer.Expected(reader, Fixture.Load(fixture).Content);
            JsonNode?[] messages = [.. read["messages"]!.AsArray().Where(message => (string)message!["role"]! == "assistant")];
            Assert.Equal(expected.Text, string.Concat(messages.Select(message => (string?)message!["content"])));
            JsonNode?[] calls = [.. messages.SelectMany(message => message!["toolCalls"]?.AsArray().ToArray() ?? [])];
            Assert.Equal(
                expected.Calls.Select(call => (call.Name, call.Arguments)),
                calls.Select(call => ((string)call!["function"]!["name"]!, (string)call["function"]!["arguments"]!)));
        }
    }

    [NodeFact]
    public async Task TheClientOfAgUI_IsToldOfWhatIsNotWhole()
    {
        var options = new ModelForwardOptions { Format = ModelStreamFormat.AgUI };
        JsonNode cut = await ReadAsync("ag-ui", "anthropic/truncated.sse", options);
        Assert.Equal("A tool call is not safe to execute.", (string)cut["error"]!);
        JsonNode broken = await ReadAsync("ag-ui", "anthropic/call.sse", options, length: 900);
        Assert.Equal("The answer broke off.", (string)broken["error"]!);
    }

    [NodeFact]
    public async Task TheClientOfAgUI_HasNoCallToExecute_OfThoseOfTheProvider()
    {
        JsonNode read = await ReadAsync("ag-ui", "anthropic/server-tools.sse", new ModelForwardOptions { Format = ModelStreamFormat.AgUI });
        Assert.True(read["error"] is null, $"{read}");
        Assert.Equal("RUN_FINISHED", (string)read["types"]!.AsArray()[^1]!);
        Assert.Contains(read["types"]!.AsArray(), type => (string)type! == "CUSTOM");
        Assert.DoesNotContain("toolCalls", read["messages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task FastJsonPatch_AppliesThePatches()
    {
        var options = new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch, StandardPatches = true };
        JsonNode read = await ReadAsync("patch", "anthropic/call.sse", options);
        JsonNode expected = PatchedDocument.OfEvents((await Forwarded.OfAsync(Fixture.Load("anthropic/call.sse").Content, options)).Events)!;
        Assert.True(JsonNode.DeepEquals(expected, read["document"]), read.ToJsonString());
        Assert.Equal("complete", (string)expected["outcome"]!);
    }

    private async Task<JsonNode> ReadAsync(string format, string fixture, ModelForwardOptions options, int? length = null)
    {
        byte[] content = Fixture.Load(fixture).Content;
        await using Backend backend = await Backend.StartAsync(_ => Task.FromResult<IResult>(
            Results.Extensions.ModelStream(new ChunkStream(content[..(length ?? content.Length)], 40), options)));
        return JsonNode.Parse(await packages.RunAsync("node", "read.mjs", format, new Uri(backend.Client.BaseAddress!, "/chat").ToString()))!;
    }
}

/// <summary>A folder with the packages and the script, for the time of the tests.</summary>
public sealed class NodePackages : IAsyncLifetime
{
    private static readonly string[] Packages = ["ai@6.0.326", "@ag-ui/client@1.0.0", "fast-json-patch@3.1.1"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamingjson-node-");

    public async Task InitializeAsync()
    {
        if (NodeFactAttribute.IsAllowed)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Interop", "read.mjs"), Path.Combine(_folder.FullName, "read.mjs"));
            await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", _folder.FullName, .. Packages]);
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs a program in the folder, to its end; what it printed.</summary>
    public async Task<string> RunAsync(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var hang = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Task<string> error = process.StandardError.ReadToEndAsync(hang.Token);
        string output = await process.StandardOutput.ReadToEndAsync(hang.Token);
        await process.WaitForExitAsync(hang.Token);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}

/// <summary>A test that installs packages of npm and runs Node.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = IsAllowed ? null : "installs packages of npm (ai, @ag-ui/client, fast-json-patch) and runs Node: set STREAMINGJSON_NPM=1";

    public static bool IsAllowed => Environment.GetEnvironmentVariable("STREAMINGJSON_NPM") == "1";
}
