using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.Interop;

/// <summary>Patches of RFC 6902 alone, applied by Microsoft's library, give the same document as patches with <c>append</c>.</summary>
public class JsonPatchLibraryTests
{
    [Theory]
    [InlineData("openai-chat/text-then-call.sse")]
    [InlineData("openai-chat/parallel-calls.sse")]
    [InlineData("anthropic/call.sse")]
    [InlineData("anthropic/thinking.sse")]
    [InlineData("gemini/patches-out-of-order.sse")]
    public async Task StandardPatches_AreReadByMicrosoftsLibrary(string name)
    {
        byte[] source = Fixture.Load(name).Content;
        Forwarded standard = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch, StandardPatches = true });
        var document = new Holder();
        foreach ((string? type, string data) in standard.Events)
        {
            if (type is null)
            {
                // The library patches members of an object, not the object itself.
                JsonArray operations = JsonNode.Parse(data)!.AsArray();
                foreach (JsonNode? operation in operations)
                {
                    operation!["path"] = $"/Root{operation["path"]}";
                }

                JsonSerializer.Deserialize<JsonPatchDocument<Holder>>(operations.ToJsonString())!.ApplyTo(document);
            }
        }

        Forwarded linear = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = ModelStreamFormat.JsonPatch });
        JsonNode expected = PatchedDocument.OfEvents(linear.Events)!;
        Assert.True(JsonNode.DeepEquals(expected, document.Root), document.Root?.ToJsonString());
        Assert.True(JsonNode.DeepEquals(expected, PatchedDocument.OfEvents(standard.Events)));
        Assert.Equal("complete", (string)expected["outcome"]!);
    }

    public sealed class Holder
    {
        public JsonNode? Root { get; set; }
    }
}
