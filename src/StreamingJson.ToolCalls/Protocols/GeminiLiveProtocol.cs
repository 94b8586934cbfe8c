using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Gemini Live (ai.google.dev/api/live), a WebSocket session: calls are whole, what the model speaks is its transcript, and a turn that is over says so without
/// a reason. The session goes on.
/// </summary>
internal sealed class GeminiLiveProtocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.GeminiLive;

    public override bool Recognizes(in Frame frame, EnvelopeValue root) =>
        root["setupComplete"u8].IsObject || root["serverContent"u8].IsObject || root["toolCall"u8]["functionCalls"u8].IsArray ||
        root["toolCallCancellation"u8].IsObject || root["goAway"u8].IsObject || root["sessionResumptionUpdate"u8].IsObject;

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue content = root["serverContent"u8];
        EnvelopeValue calls = root["toolCall"u8]["functionCalls"u8];
        if (content.IsObject && !content.IsEmptyContainer)
        {
            message.StartMessage(default, default);
            ReadContent(content, message);
        }

        if (calls.IsArray)
        {
            message.StartMessage(default, default);
            foreach (EnvelopeValue call in calls.EnumerateArray())
            {
                ReadCall(call, message);
            }

            // The model waits for the results: there is no other end of these calls and of this turn.
            message.EndTurn();
        }

        foreach (EnvelopeValue id in root["toolCallCancellation"u8]["ids"u8].EnumerateArray())
        {
            message.FindCallById(0, id)?.Doubt(UnsafeReasons.ProviderRejected);
        }

        GeminiProtocol.ReadUsage(root["usageMetadata"u8], message);
        if (root["error"u8].HasValue)
        {
            message.AddError(root["error"u8]);
        }

        if (content["turnComplete"u8].IsTrue)
        {
            message.EndTurn();
        }
    }

    private static void ReadContent(EnvelopeValue content, MessageAssembler message)
    {
        foreach (EnvelopeValue part in content["modelTurn"u8]["parts"u8].EnumerateArray())
        {
            GeminiProtocol.ReadText(part, 0, message);
        }

        message.AppendText(MessageItemKind.Text, 0, MessageAssembler.NoIndex, content["outputTranscription"u8]["text"u8]);
    }

    private static void ReadCall(EnvelopeValue function, MessageAssembler message)
    {
        if (message.StartCall(0, message.CountCalls(0), function["id"u8], function["name"u8]) is not { } call)
        {
            return;
        }

        if (function["args"u8].HasValue)
        {
            message.AppendValue(call, function["args"u8]);
        }
        else
        {
            message.AppendArguments(call, "{}"u8);
        }
    }
}
