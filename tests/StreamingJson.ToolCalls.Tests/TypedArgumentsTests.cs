using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using StreamingJson.Binding;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Arguments of a call, as a value of a type, while the model writes them.</summary>
public class TypedArgumentsTests
{
    [Fact]
    public void TheArguments_AreSeenGrowing()
    {
        byte[] stream = ModelRun.Sse(
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"write_file","arguments":""}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"path\":\"a.cs\",\"content\":\"cla"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ss A\"}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]");
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        var seen = new List<string?>();
        PartialReader<WriteFile>? arguments = null;
        Partial<WriteFile>? last = null;
        reader.Append(stream);
        reader.Complete();
        while (reader.TryRead(out ModelEvent next))
        {
            if (next.Item is ToolCall call)
            {
                arguments ??= call.ReadPartial(TypedArgumentsContext.Default.WriteFile);
                last = arguments.Read();
                seen.Add(last.Value?.Content);
            }
        }

        Assert.Equal([null, "cla", "class A"], seen.Distinct());
        Assert.True(last!.IsComplete);
        Assert.Equal(("a.cs", "class A"), (last.Value!.Path, last.Value.Content));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneWhoShowsTheCall_OnAnotherThread_SeesItsEnd(bool isWhole)
    {
        const string Arguments = """{"path":"a.cs","content":"class A"}""";
        string[] pieces = [.. Arguments[..(isWhole ? Arguments.Length : Arguments.Length - 1)].Select(unit => JsonSerializer.Serialize(unit.ToString()))];
        byte[] stream = ModelRun.Sse(
        [
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"write_file","arguments":""}}]}}]}""",
            .. pieces.Select(piece => $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":{{{piece}}}}}]}}]}"""),
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]",
        ]);
        await using ModelStream model = ModelStream.Open(new MemoryStream(stream));
        Task<List<Partial<WriteFile>>>? shown = null;
        await foreach (ModelEvent next in model)
        {
            if (next.Kind == ModelEventKind.ToolCallStarted)
            {
                IAsyncEnumerable<Partial<WriteFile>> partials = next.ToolCall!.ReadPartialsAsync(TypedArgumentsContext.Default.WriteFile);
                shown = Task.Run(() => ShowAsync(partials, isWhole));
            }
        }

        List<Partial<WriteFile>> all = await shown!;
        Assert.Equal("class A", all[^1].Value!.Content);
        Assert.Equal(isWhole, all[^1].IsComplete);
        Assert.All(all, partial => Assert.StartsWith(partial.Value?.Content ?? "", "class A", StringComparison.Ordinal));
    }

    private static async Task<List<Partial<WriteFile>>> ShowAsync(IAsyncEnumerable<Partial<WriteFile>> partials, bool isWhole)
    {
        var all = new List<Partial<WriteFile>>();
        try
        {
            await foreach (Partial<WriteFile> partial in partials)
            {
                all.Add(partial);
            }

            Assert.True(isWhole);
        }
        catch (StreamingJsonException cut)
        {
            Assert.False(isWhole);
            Assert.True(cut.IsEndOfInput);
        }

        return all;
    }
}

public sealed record WriteFile(string? Path, string? Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WriteFile))]
public sealed partial class TypedArgumentsContext : JsonSerializerContext;
