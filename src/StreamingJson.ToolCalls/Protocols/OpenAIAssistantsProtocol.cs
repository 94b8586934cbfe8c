using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// OpenAI Assistants v2 (platform.openai.com/docs/api-reference/assistants-streaming): the message is a run. The tools that the provider runs itself (code
/// interpreter, file search) are no calls.
/// </summary>
internal sealed class OpenAIAssistantsProtocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.OpenAIAssistants;

    public override bool HasTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root) =>
        root["object"u8].Is("thread"u8) || root["object"u8].StartsWith("thread."u8) || frame.EventType.StartsWith("thread."u8);

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        // The payload says itself what it is; the name of the event says what happened to it, as its status does.
        EnvelopeValue type = root["object"u8];
        if (type.Is("thread.message.delta"u8))
        {
            message.StartMessage(default, default);
            foreach (EnvelopeValue part in root["delta"u8]["content"u8].EnumerateArray())
            {
                long index = part["index"u8].AsInt64() ?? 0;
                message.AppendText(MessageItemKind.Text, 0, index, part["text"u8]["value"u8], PartOf(root));
                message.AppendText(MessageItemKind.Refusal, 0, index, part["refusal"u8], PartOf(root));
            }
        }
        else if (type.Is("thread.run.step.delta"u8))
        {
            message.StartMessage(default, default);
            ReadCalls(root["delta"u8]["step_details"u8]["tool_calls"u8], message);
        }
        else if (type.Is("thread.message"u8))
        {
            ReadMessage(root, message);
        }
        else if (type.Is("thread.run"u8))
        {
            ReadRun(root, message);
        }
        else if (frame.EventType.SequenceEqual("error"u8) || root["error"u8].HasValue)
        {
            ErrorPayload.Read(root, message);
        }
        else if (!type.IsString)
        {
            message.Report(AnomalyKind.ForeignPayload);
        }
    }

    // A run can write several messages, the parts of each numbered from 0.
    private static long PartOf(EnvelopeValue threadMessage) => Fingerprint.Of(threadMessage["id"u8].IsText ? threadMessage["id"u8].Raw : default);

    private static void ReadCalls(EnvelopeValue calls, MessageAssembler message)
    {
        int count = calls.CountItems();
        int position = 0;
        foreach (EnvelopeValue piece in calls.EnumerateArray())
        {
            EnvelopeValue function = piece["function"u8];
            if (function.IsObject && message.ResolveCall(0, piece["index"u8], piece["id"u8], function["name"u8], position, count) is { } call)
            {
                message.AppendArguments(call, function["arguments"u8]);
            }

            position++;
        }
    }

    private static void ReadMessage(EnvelopeValue root, MessageAssembler message)
    {
        long index = 0;
        foreach (EnvelopeValue part in root["content"u8].EnumerateArray())
        {
            if (!root["role"u8].Is("user"u8))
            {
                message.ConfirmPart(MessageItemKind.Text, 0, index, part["text"u8]["value"u8], PartOf(root));
                message.ConfirmPart(MessageItemKind.Refusal, 0, index, part["refusal"u8], PartOf(root));
            }

            index++;
        }
    }

    private static void ReadRun(EnvelopeValue run, MessageAssembler message)
    {
        if (message.HasFinished && message.IsOtherMessage(run["id"u8]))
        {
            message.NextMessage(run["id"u8], run["model"u8], isUsual: false);
        }
        else
        {
            message.StartMessage(run["id"u8], run["model"u8]);
        }

        if (run["last_error"u8].HasValue)
        {
            message.AddError(run["last_error"u8]);
        }

        ReadUsage(run["usage"u8], message);
        EnvelopeValue status = run["status"u8];
        if (!status.Is("queued"u8) && !status.Is("in_progress"u8) && !status.Is("cancelling"u8))
        {
            ConfirmCalls(run["required_action"u8]["submit_tool_outputs"u8]["tool_calls"u8], message);
            message.Finish(0, status);
        }
    }

    // The run waits for results and lists once more what it wants; who joined late has only this.
    private static void ConfirmCalls(EnvelopeValue calls, MessageAssembler message)
    {
        foreach (EnvelopeValue whole in calls.EnumerateArray())
        {
            EnvelopeValue id = whole["id"u8];
            EnvelopeValue function = whole["function"u8];
            ToolCall? call = message.FindCallById(0, id.Raw) ?? message.StartCall(0, message.CountCalls(0), id, function["name"u8]);
            if (call is not null)
            {
                message.ConfirmArguments(call, function["arguments"u8]);
            }
        }
    }

    private static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            message.SetUsage(usage, new ModelUsage(
                usage["prompt_tokens"u8].AsInt64(),
                usage["completion_tokens"u8].AsInt64(),
                usage["total_tokens"u8].AsInt64(),
                usage["prompt_token_details"u8]["cached_tokens"u8].AsInt64(),
                null));
        }
    }
}
