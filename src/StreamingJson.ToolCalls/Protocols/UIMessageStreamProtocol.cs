using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// The UI message stream of Vercel's AI SDK, version 1 (ai-sdk.dev/docs/ai-sdk-ui/stream-protocol, header <c>x-vercel-ai-ui-message-stream: v1</c>). Several
/// texts and inputs may be open at once; each has an id.
/// </summary>
internal sealed class UIMessageStreamProtocol : Protocol, System.IDisposable
{
    private readonly KeyNumbers _texts = new();

    public override ModelProtocol Id => ModelProtocol.UIMessageStream;

    public override bool HasTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["type"u8];
        return type.Is("start"u8) || type.Is("start-step"u8) || type.StartsWith("tool-input-"u8) || type.StartsWith("tool-output-"u8) || type.StartsWith("data-"u8) ||
            type.Is("text-start"u8) || type.Is("text-delta"u8) || type.Is("reasoning-start"u8) || type.Is("reasoning-delta"u8) || type.Is("message-metadata"u8) ||
            type.Is("finish-step"u8) || type.Is("finish"u8) || type.Is("abort"u8) || (type.Is("error"u8) && root["errorText"u8].IsString);
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["type"u8];
        if (type.StartsWith("tool-input-"u8))
        {
            message.StartMessage(default, default);
            ReadInput(type, root, message);
        }
        else if (type.StartsWith("tool-output-"u8))
        {
            ReadOutput(root, message);
        }
        else if (type.StartsWith("text-"u8) || type.StartsWith("reasoning-"u8))
        {
            message.StartMessage(default, default);
            ReadText(type, root, message);
        }
        else if (type.Is("start"u8))
        {
            message.StartMessage(root["messageId"u8], default);
        }
        else if (type.Is("start-step"u8))
        {
            message.BeginStep();
        }
        else if (type.Is("reset-step"u8))
        {
            message.DropStep();
            _texts.Clear();
        }
        else if (type.Is("error"u8))
        {
            message.AddError(null, root["errorText"u8].IsString ? message.TextOf(root["errorText"u8]) : null);
        }
        else if (type.Is("abort"u8))
        {
            message.Finish(0, "abort"u8);
        }
        else if (type.Is("finish"u8))
        {
            ReadFinish(root["finishReason"u8], message);
        }
    }

    public override void Reset() => _texts.Clear();

    public void Dispose() => _texts.Dispose();

    // Older servers give no reason.
    private static void ReadFinish(EnvelopeValue reason, MessageAssembler message)
    {
        if (reason.IsText)
        {
            message.Finish(0, reason);
        }
        else
        {
            message.EndTurn();
        }
    }

    private void ReadText(EnvelopeValue type, EnvelopeValue root, MessageAssembler message)
    {
        bool isText = type.StartsWith("text-"u8);
        if (type.Is("text-start"u8) || type.Is("reasoning-start"u8))
        {
            // An id may come again, in another step: another text.
            _texts.Renew(root["id"u8]);
        }
        else if (type.Is("text-delta"u8) || type.Is("reasoning-delta"u8))
        {
            message.AppendText(isText ? MessageItemKind.Text : MessageItemKind.Reasoning, 0, MessageAssembler.NoIndex, root["delta"u8], _texts.Get(root["id"u8]));
        }
    }

    private static void ReadInput(EnvelopeValue type, EnvelopeValue root, MessageAssembler message)
    {
        bool isStart = type.Is("tool-input-start"u8);
        ToolCall? call = message.FindCallById(0, root["toolCallId"u8]);
        if (call is null || (isStart && call.IsEndQueued))
        {
            call = message.StartCall(0, message.CountCalls(0), root["toolCallId"u8], root["toolName"u8]);
            if (call is not null && type.Is("tool-input-delta"u8))
            {
                call.Doubt(UnsafeReasons.IdentityDoubt);
                message.Report(AnomalyKind.OrphanPiece, call);
            }
        }
        else
        {
            message.ConfirmName(call, root["toolName"u8]);
        }

        if (root["providerExecuted"u8].IsTrue)
        {
            call?.SetProviderExecuted();
        }

        if (call is null || isStart)
        {
            return;
        }

        if (type.Is("tool-input-delta"u8))
        {
            message.AppendArguments(call, root["inputTextDelta"u8]);
            return;
        }

        // The whole input, whether pieces came before or not. That it is an error, the provider knows.
        if (type.Is("tool-input-error"u8))
        {
            if (call.QueuedBytes == 0)
            {
                message.AppendValue(call, root["input"u8]);
            }

            message.EndCall(call, UnsafeReasons.ProviderRejected);
        }
        else if (type.Is("tool-input-available"u8))
        {
            message.ConfirmValue(call, root["input"u8]);
            message.EndCall(call);
        }
    }

    // Its result, or that there is none: who sent the stream ran the tool, or had it refused.
    private static void ReadOutput(EnvelopeValue root, MessageAssembler message) => message.FindCallById(0, root["toolCallId"u8])?.SetProviderExecuted();
}
