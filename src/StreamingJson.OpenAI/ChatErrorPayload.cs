using System;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using OpenAI.Chat;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>Writes the error that servers put into a chunk or in the place of one. The SDK has no property for it, but keeps it with all that it does not know.</summary>
internal static class ChatErrorPayload
{
    // What says which error it is, in the words of the servers that send one.
    private static readonly string[] Names = ["code", "type", "status", "message"];

    public static void Write(StreamingChatCompletionUpdate update, ModelPayload payload)
    {
#pragma warning disable SCME0001 // The bag of unknown properties is experimental in the SDK.
        ref JsonPatch unknown = ref update.Patch;
        if (unknown.Contains("$.error"u8) && unknown.TryGetJson("$.error"u8, out ReadOnlyMemory<byte> json))
#pragma warning restore SCME0001
        {
            using JsonDocument error = JsonDocument.Parse(json);
            Write(error.RootElement, payload);
        }
    }

    // One that is null is none.
    private static void Write(JsonElement error, ModelPayload payload)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            payload.WriteString("error"u8, error.GetString());
        }
        else if (error.ValueKind != JsonValueKind.Null)
        {
            payload.StartObject("error"u8);
            foreach (string name in Names)
            {
                WriteProperty(error, name, payload);
            }

            payload.EndObject();
        }
    }

    private static void WriteProperty(JsonElement error, string name, ModelPayload payload)
    {
        if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
        {
            payload.WriteString(Encoding.UTF8.GetBytes(name), value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText());
        }
    }
}
