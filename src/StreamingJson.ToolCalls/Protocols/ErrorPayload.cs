using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;


namespace StreamingJson.ToolCalls.Protocols;

/// <summary>An event that is an error: <c>{"error":{"message",..}}</c>, or flat, <c>{"type":"error","message",..}</c>.</summary>
internal static class ErrorPayload
{
    public static void Read(EnvelopeValue root, MessageAssembler message) =>
        message.AddError(root["error"u8].HasValue ? root["error"u8] : root);
}
