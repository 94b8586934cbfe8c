// A program of somebody who has nothing but the packages: built and run by PackageTests. Its arguments are the names of all packages.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using StreamingJson;
using StreamingJson.Anthropic;
using StreamingJson.AspNetCore;
using StreamingJson.Binding;
using StreamingJson.Extensions.AI;
using StreamingJson.Framing;
using StreamingJson.OpenAI;
using StreamingJson.ToolCalls;

using var parser = new StreamingJsonParser();
parser.OnCompleted("$.city", city => Console.WriteLine($"city is {city.GetString()}"));
PartialReader<Trip> trip = parser.ReadPartial(TripContext.Default.Trip);
parser.Append("{\"city\":\"Ou"u8);
Console.WriteLine($"{parser.Snapshot} {trip.Read().Value!.City}");
parser.Append("lu\",\"days\":3}"u8);
parser.EnsureComplete();
Console.WriteLine(trip.Read().GetCompleteValue());

using var patches = new JsonPatchWriter();
var batch = new ArrayBufferWriter<byte>();
patches.TryWrite(parser.Snapshot, batch);
Console.WriteLine(Encoding.UTF8.GetString(batch.WrittenSpan));

byte[] stream = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
using var frames = new FrameReader(FrameFormat.ServerSentEvents);
frames.Append(stream);
Console.WriteLine(frames.TryRead(out Frame frame) ? $"a frame of {frame.Data.Length} bytes" : "no frame");

using var reader = new ModelStreamReader();
reader.Append(stream);
reader.Complete();
while (reader.TryRead(out _))
{
}

Console.WriteLine($"{reader.Message.Items[0].GetText()} {reader.Message.Outcome}");

var options = new StreamingJsonChatOptions { Adapters = [OpenAIUpdateAdapter.Instance, AnthropicUpdateAdapter.Instance] };
Console.WriteLine($"{options.Adapters.Count} adapters, {typeof(IChatClient).IsAssignableFrom(typeof(StreamingJsonChatClient))}");
Console.WriteLine(Endpoint.ForwardAsync(stream).GetAwaiter().GetResult()); // a frame is no local of an async method in the C# of .NET 8
foreach (string package in args)
{
    Console.WriteLine($"{package} {Convert.ToHexString(Assembly.Load(package).GetName().GetPublicKeyToken()!).Length}");
}

/// <summary>An endpoint, on a socket of this machine, and who asks it.</summary>
internal static class Endpoint
{
    public static async Task<string> ForwardAsync(byte[] stream)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        app.MapGet("/", () => Results.Extensions.ModelStream(new MemoryStream(stream)));
        await app.StartAsync();
        using var browser = new HttpClient();
        string[] events = (await browser.GetStringAsync(app.Urls.Single())).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return $"{events.Single(text => text.Contains("delta\":"))} of {events.Length} events";
    }
}

public sealed record Trip(string? City, int? Days);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Trip))]
public sealed partial class TripContext : JsonSerializerContext;
