using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
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
}

public sealed record WriteFile(string? Path, string? Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WriteFile))]
public sealed partial class TypedArgumentsContext : JsonSerializerContext;
