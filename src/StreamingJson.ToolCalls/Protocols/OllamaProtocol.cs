using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Ollama <c>/api/chat</c> and <c>/api/generate</c> (docs.ollama.com/api/chat, docs.ollama.com/api/generate), lines of JSON: text and thinking in pieces, calls
/// whole, their arguments objects. The number of a call is its place in its own line, so it is not its index.
/// </summary>
internal sealed class OllamaProtocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.Ollama;

    public override bool HasTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root) =>
        (root["message"u8].IsObject || root["response"u8].IsString) && (root["done"u8].HasValue || root["created_at"u8].IsString);

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue inner = root["message"u8].IsObject ? root["message"u8] : root;
        EnvelopeValue reason = root["done_reason"u8];
        bool isDone = root["done"u8].IsTrue;
        if (root["error"u8].HasValue)
        {
            // The status was 200 long ago: the line is all that says it.
            message.AddError(root["error"u8]);
            return;
        }

        message.StartMessage(default, root["model"u8]);
        message.AppendText(MessageItemKind.Reasoning, 0, MessageAssembler.NoIndex, inner["thinking"u8]);
        message.AppendText(MessageItemKind.Text, 0, MessageAssembler.NoIndex, inner["content"u8]);
        message.AppendText(MessageItemKind.Text, 0, MessageAssembler.NoIndex, root["response"u8]);
        foreach (EnvelopeValue call in inner["tool_calls"u8].EnumerateArray())
        {
            ReadCall(call, isDone, message);
        }

        if (!isDone)
        {
            return;
        }

        message.SetUsage(default, new ModelUsage(root["prompt_eval_count"u8].AsInt64(), root["eval_count"u8].AsInt64(), null, null, null));
        if (reason.IsText)
        {
            message.Finish(0, reason);
        }
        else
        {
            // Older servers give no reason.
            message.EndTurn();
        }

        message.Terminate();
    }

    private static void ReadCall(EnvelopeValue value, bool isDone, MessageAssembler message)
    {
        EnvelopeValue function = value["function"u8];
        if (message.StartCall(0, message.CountCalls(0), value["id"u8], function["name"u8]) is not { } call)
        {
            return;
        }

        if (function["arguments"u8].HasValue)
        {
            message.AppendArguments(call, function["arguments"u8], isObjectUsual: true);
        }
        else
        {
            message.AppendArguments(call, "{}"u8);
        }

        // Where the last line has the call, what ends it is the reason in it.
        if (!isDone)
        {
            message.EndCall(call);
        }
    }
}
