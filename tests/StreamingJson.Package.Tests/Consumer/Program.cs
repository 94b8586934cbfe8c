// A program of somebody who has nothing but the packages: built and run by PackageTests. Its arguments are the names of all packages.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using StreamingJson;
using StreamingJson.Anthropic;
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
foreach (string package in args)
{
    Console.WriteLine($"{package} {Convert.ToHexString(Assembly.Load(package).GetName().GetPublicKeyToken()!).Length}");
}

public sealed record Trip(string? City, int? Days);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Trip))]
public sealed partial class TripContext : JsonSerializerContext;
