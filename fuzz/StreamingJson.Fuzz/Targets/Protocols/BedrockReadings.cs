using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Fuzz.Targets.Protocols;

/// <summary>Bedrock's Converse: content blocks by index, in the frames of an event stream.</summary>
internal sealed class BedrockConverseReading : ProtocolReading
{
    private static readonly string[] Events = ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"];

    protected override IEnumerable<string> Payloads(byte[] stream) => EventStreamPayloads.Of(stream).Select(payload => $"{{\"{payload.Type}\":{payload.Json}}}");

    protected override void Read(JsonElement payload)
    {
        JsonProperty named = payload.EnumerateObject().Single();
        JsonElement body = named.Value;
        if (!Events.Contains(named.Name) || body.EnumerateObject().Any(member => Events.Contains(member.Name)))
        {
            throw Beyond();
        }

        string key = Index(At(body, "contentBlockIndex"));
        switch (named.Name)
        {
            case "contentBlockStart" when Has(body, "start", "toolUse"):
                AddCall(key, At(body, "start", "toolUse", "name"), default);
                break;
            case "contentBlockDelta" when Has(body, "delta", "toolUse"):
                AddCall(Knows(key) ? key : throw Beyond(), default, At(body, "delta", "toolUse", "input"));
                break;
            case "contentBlockDelta":
                AddText(At(body, "delta", "text"));
                break;
        }
    }
}

/// <summary>Bedrock's InvokeModel: what a model of Llama's or Titan's says, in base64.</summary>
internal sealed class BedrockInvokeReading : ProtocolReading
{
    private static readonly string[] Known =
        ["generation", "outputText", "index", "stop_reason", "completionReason", "prompt_token_count", "generation_token_count", "amazon-bedrock-invocationMetrics", "totalOutputTextTokenCount", "inputTextTokenCount"];

    private string? _model;

    protected override void Clear() => _model = null;

    protected override IEnumerable<string> Payloads(byte[] stream)
    {
        foreach ((string type, string json) in EventStreamPayloads.Of(stream))
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            JsonElement bytes = At(document.RootElement, "bytes");
            yield return type == "chunk" && document.RootElement.EnumerateObject().All(member => member.Name is "bytes" or "p") && !bytes.GetRawText().Contains('\\', StringComparison.Ordinal)
                ? TextOf(bytes.GetBytesFromBase64())
                : throw Beyond();
        }
    }

    protected override void Read(JsonElement payload)
    {
        string model = payload.EnumerateObject().Select(member => member.Name).First(name => name is "generation" or "outputText");
        _model ??= model;
        if (_model != model || payload.EnumerateObject().Any(member => !Known.Contains(member.Name)) || Has(payload, "generation") == Has(payload, "outputText"))
        {
            throw Beyond();
        }

        AddText(At(payload, model));
    }
}

/// <summary>The frames of an event stream in which nothing is off: the type of each, and its payload.</summary>
internal static class EventStreamPayloads
{
    private const int Prelude = 12;
    private const int Checksum = 4;
    private const int TypeOfString = 7;

    public static IEnumerable<(string Type, string Json)> Of(byte[] stream)
    {
        for (int at = 0; at < stream.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(at));
            int headers = BinaryPrimitives.ReadInt32BigEndian(stream.AsSpan(at + 4));
            string type = TypeOf(stream.AsSpan(at + Prelude, headers));
            yield return (type, PlainText(stream.AsSpan(at + Prelude + headers, length - Prelude - headers - Checksum)));
            at += length;
        }
    }

    // Headers of strings alone, once each.
    private static string TypeOf(ReadOnlySpan<byte> headers)
    {
        var values = new Dictionary<string, string>();
        while (!headers.IsEmpty)
        {
            string name = PlainText(headers.Slice(1, headers[0]));
            headers = headers[(1 + headers[0])..];
            if (headers[0] != TypeOfString)
            {
                throw new NotSupportedException();
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(headers[1..]);
            if (!values.TryAdd(name, PlainText(headers.Slice(3, length))))
            {
                throw new NotSupportedException();
            }

            headers = headers[(3 + length)..];
        }

        return values.GetValueOrDefault(":message-type") == "event" && values.TryGetValue(":event-type", out string? type) && type.All(char.IsAsciiLetter)
            ? type
            : throw new NotSupportedException();
    }

    private static string PlainText(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : throw new NotSupportedException();
}
