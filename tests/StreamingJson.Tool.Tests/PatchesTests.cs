using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class PatchesTests
{
    [Fact]
    public async Task TheExampleOfTheHelp()
    {
        ToolRun run = await ToolRun.InvokeAsync("""{"city":"Par""", "patches", "--chunk", "4", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            [
                """{"file":"-","bytes":4,"patch":[{"op":"add","path":"","value":{}}]}""",
                """{"file":"-","bytes":12,"patch":[{"op":"add","path":"/city","value":"Par"}]}""",
                """{"file":"-","bytes":12,"outcome":"truncated"}""",
            ],
            run.Lines);
        Assert.Contains("-: The JSON text ends before it is whole (byte offset 12). At '/city'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_HasNoAppend()
    {
        string[] patches = await PatchesAsync("""["ab"]""", "--chunk", "3", "-");
        Assert.Equal(["""[{"op":"add","path":"","value":["a"]}]""", """[{"op":"append","path":"/0","value":"b"}]"""], patches);
        patches = await PatchesAsync("""["ab"]""", "--standard", "--chunk", "3", "-");
        Assert.Equal(["""[{"op":"add","path":"","value":["a"]}]""", """[{"op":"replace","path":"/0","value":"ab"}]"""], patches);
    }

    [Fact]
    public async Task ANumberAtTheRoot_IsPatchedInAtTheEnd() => Assert.Equal(
        """{"file":"-","bytes":3,"outcome":"complete","patch":[{"op":"add","path":"","value":-12}]}""",
        Assert.Single((await ToolRun.InvokeAsync("-12", "patches", "--chunk", "1", "-")).Lines));

    [Theory]
    [MemberData(nameof(Inputs.All), MemberType = typeof(Inputs))]
    public async Task Applied_TheyGiveTheLastSnapshot_WhateverTheChunks(
        string name, byte[] input, string outcome, string? code, int? offset, string? pointer)
    {
        _ = (code, offset, pointer);
        JsonElement expected = (await ToolRun.InvokeAsync(input, "snapshots", "-")).Records[^1];
        foreach (string size in new[] { "1", "3", "64" })
        {
            ToolRun run = await ToolRun.InvokeAsync(input, "patches", "--standard", "--chunk", size, "-");
            JsonElement last = run.Records[^1];
            Assert.Equal(outcome, last.GetProperty("outcome").GetString());
            Assert.Equal(expected.GetProperty("bytes").GetInt32(), last.GetProperty("bytes").GetInt32());
            Assert.Equal(outcome == "complete" ? 0 : 2, run.ExitCode);
            (bool hasValue, JsonNode? value) = Apply(run);
            Assert.True(hasValue == expected.TryGetProperty("value", out JsonElement whole), name);
            string? shown = value?.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000 });
            Assert.True(!hasValue || JsonElement.DeepEquals(whole, Parse(shown ?? "null")), $"{name}, chunks of {size}");
        }
    }

    [Fact]
    public async Task SeveralFiles_EachBeginAnew()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = await ToolRun.OfAsync("patches", folder.Add("a.json", "[1]"), folder.Add("b.json", "[2"));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["[1]", "complete", "[]", "truncated"], run.Records.Select(record => record.TryGetProperty("outcome", out JsonElement outcome)
            ? outcome.GetString()
            : record.GetProperty("patch")[0].GetProperty("value").GetRawText()));
    }

    private static async Task<string[]> PatchesAsync(string input, params string[] args) =>
        [.. from record in (await ToolRun.InvokeAsync(input, ["patches", .. args])).Records
            where record.TryGetProperty("patch", out _)
            select record.GetProperty("patch").GetRawText()];

    // RFC 6902 as far as the standard operations here go: add, and replace of a text.
    private static (bool HasValue, JsonNode? Value) Apply(ToolRun run)
    {
        bool hasValue = false;
        JsonNode? root = null;
        foreach (JsonElement operation in run.Records.Where(r => r.TryGetProperty("patch", out _)).SelectMany(r => r.GetProperty("patch").EnumerateArray()))
        {
            hasValue = true;
            JsonNode? value = JsonNode.Parse(operation.GetProperty("value").GetRawText(), null, new() { MaxDepth = 1000 });
            string[] tokens = [.. operation.GetProperty("path").GetString()!.Split('/').Skip(1)
                .Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            if (tokens.Length == 0)
            {
                root = value;
                continue;
            }

            JsonNode parent = tokens[..^1].Aggregate(root, (node, token) => node is JsonArray array ? array[Index(token)] : node![token])!;
            if (parent is not JsonArray items)
            {
                parent[tokens[^1]] = value;
            }
            else if (operation.GetProperty("op").ValueEquals("add"))
            {
                items.Insert(Index(tokens[^1]), value);
            }
            else
            {
                items[Index(tokens[^1])] = value;
            }
        }

        return (hasValue, root);
    }

    private static int Index(string token) => int.Parse(token, NumberStyles.None, CultureInfo.InvariantCulture);

    private static JsonElement Parse(string json) =>
        JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;
}
