using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>What a client received, read in the plainest way there is.</summary>
internal sealed record Forwarded(HttpResponse Response, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public int Status => Response.StatusCode;

    /// <summary>The events: type (null for none) and data. There must be nothing else but comments.</summary>
    public IReadOnlyList<(string? Type, string Data)> Events
    {
        get
        {
            List<(string?, string)> events = [];
            string[] blocks = Text.Split("\n\n");
            if (blocks[^1].Length != 0)
            {
                throw new InvalidDataException($"behind the last event: {blocks[^1]}");
            }

            foreach (string block in blocks[..^1].Where(block => !block.StartsWith(':')))
            {
                string[] lines = block.Split('\n');
                string? type = lines[0].StartsWith("event: ", StringComparison.Ordinal) ? lines[0][7..] : null;
                string[] data = type is null ? lines : lines[1..];
                if (data.Any(line => !line.StartsWith("data: ", StringComparison.Ordinal)))
                {
                    throw new InvalidDataException($"not an event: {block}");
                }

                events.Add((type, string.Join('\n', data.Select(line => line[6..]))));
            }

            return events;
        }
    }

    /// <summary>The data of the events as JSON, without <c>[DONE]</c>.</summary>
    public IReadOnlyList<JsonNode> Payloads => [.. Events.Where(e => e.Data != "[DONE]").Select(e => JsonNode.Parse(e.Data)!)];

    public IEnumerable<string> Types => Payloads.Select(payload => (string)payload["type"]!);

    /// <summary>Executes a result without a server.</summary>
    public static async Task<Forwarded> OfAsync(ModelStreamResult result)
    {
        await using ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        return new Forwarded(context.Response, body.ToArray());
    }

    public static Task<Forwarded> OfAsync(Stream source, ModelForwardOptions? options = null) => OfAsync(TypedResults.Extensions.ModelStream(source, options));

    public static Task<Forwarded> OfAsync(byte[] source, ModelForwardOptions? options = null, int chunkSize = 0) =>
        OfAsync(new ChunkStream(source, chunkSize), options);

    /// <summary>A Chat stream of deltas, which ends as it should.</summary>
    public static byte[] Chat(params string[] deltas) => Encoding.UTF8.GetBytes(
        string.Concat(deltas.Select(delta => $"data: {{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":null}}]}}\n\n"))
        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

    /// <summary>A stream of payloads.</summary>
    public static byte[] Sse(params string[] payloads) => Encoding.UTF8.GetBytes(string.Concat(payloads.Select(payload => $"data: {payload}\n\n")));

    /// <summary>The delta of a text.</summary>
    public static string Delta(string text) => $"{{\"content\":{JsonSerializer.Serialize(text)}}}";

    /// <summary>The delta of a call: with a name its beginning.</summary>
    public static string CallDelta(string arguments, string? name = null) =>
        $"{{\"tool_calls\":[{{\"index\":0{(name is null ? "" : ",\"id\":\"call_1\"")},\"function\":{{{(name is null ? "" : $"\"name\":{JsonSerializer.Serialize(name)},")}\"arguments\":{JsonSerializer.Serialize(arguments)}}}}}]}}";
}
