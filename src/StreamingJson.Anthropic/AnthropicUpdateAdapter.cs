using System;
using System.Runtime.InteropServices;
using System.Text.Json;
using Anthropic.Models.Beta.Messages;
using Anthropic.Models.Messages;
using StreamingJson.ToolCalls;

namespace StreamingJson.Anthropic;

/// <summary>Hands the events of the official Anthropic SDK to a reader: Messages, and its beta.</summary>
/// <remarks>The SDK keeps the JSON that an event came in: that is what is read, by the same protocol as the wire.</remarks>
public sealed class AnthropicUpdateAdapter : ModelUpdateAdapter
{
    private AnthropicUpdateAdapter()
    {
    }

    /// <summary>The adapter.</summary>
    public static AnthropicUpdateAdapter Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TryAppend(object update, ModelStreamReader reader)
    {
        if (reader is null)
        {
            throw new ArgumentNullException(nameof(reader));
        }

        switch (update)
        {
            case RawMessageStreamEvent message:
                Append(message.Json, reader);
                return true;
            case BetaRawMessageStreamEvent message:
                Append(message.Json, reader);
                return true;
            default:
                return false;
        }
    }

    private static void Append(JsonElement json, ModelStreamReader reader)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
        {
            throw new ArgumentException("An event that was not read from a stream has no JSON.", nameof(json));
        }

        reader.AppendPayload(JsonMarshal.GetRawUtf8Value(json));
    }
}
