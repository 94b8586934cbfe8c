using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// AG-UI (docs.ag-ui.com/concepts/events), as server-sent events, lines of JSON, or one JSON array. The events <c>*_CHUNK</c> stand for a start, a piece and, as soon
/// as anything else comes, an end.
/// </summary>
internal sealed class AgUIProtocol : Protocol, IDisposable
{
    private readonly KeyNumbers _texts = new();
    private ToolCall? _chunkCall;
    private long _chunkText;

    public override ModelProtocol Id => ModelProtocol.AgUI;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["type"u8];
        return type.Is("RUN_STARTED"u8) || type.Is("RUN_FINISHED"u8) || type.Is("RUN_ERROR"u8) || type.StartsWith("TEXT_MESSAGE_"u8) || type.StartsWith("TOOL_CALL_"u8) ||
            type.StartsWith("REASONING_"u8) || type.StartsWith("THINKING_"u8) || type.StartsWith("STEP_"u8) || type.StartsWith("STATE_"u8) ||
            type.StartsWith("ACTIVITY_"u8) || type.Is("MESSAGES_SNAPSHOT"u8) || type.Is("RAW"u8) || type.Is("CUSTOM"u8);
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["type"u8];
        if (!type.Is("TOOL_CALL_CHUNK"u8) && !type.Is("RAW"u8))
        {
            EndChunk(message);
        }

        if (type.StartsWith("TOOL_CALL_"u8))
        {
            message.StartMessage(default, default);
            ReadCall(type, root, message);
        }
        else if (type.StartsWith("TEXT_MESSAGE_"u8))
        {
            message.StartMessage(default, default);
            ReadText(MessageItemKind.Text, type, root, message);
        }
        else if (type.StartsWith("REASONING_MESSAGE_"u8) || type.StartsWith("THINKING_TEXT_MESSAGE_"u8))
        {
            message.StartMessage(default, default);
            ReadText(MessageItemKind.Reasoning, type, root, message);
        }
        else if (type.Is("RUN_STARTED"u8))
        {
            ReadRun(root["runId"u8], message);
        }
        else if (type.Is("RUN_FINISHED"u8))
        {
            ReadFinish(root, message);
        }
        else if (type.Is("RUN_ERROR"u8))
        {
            message.AddError(root["code"u8].HasValue ? message.TextOf(root["code"u8]) : null, root["message"u8].IsString ? message.TextOf(root["message"u8]) : null);
        }
    }

    public override void Reset()
    {
        _texts.Clear();
        _chunkCall = null;
        _chunkText = 0;
    }

    public void Dispose() => _texts.Dispose();

    private void ReadRun(EnvelopeValue id, MessageAssembler message)
    {
        if (message.HasFinished)
        {
            message.NextMessage(id, default, isUsual: false);
            Reset();
        }
        else
        {
            message.StartMessage(id, default);
        }
    }

    private static void ReadFinish(EnvelopeValue root, MessageAssembler message)
    {
        foreach (EnvelopeValue usage in root["usage"u8].EnumerateArray())
        {
            // One for each model; the numbers of the first, and the text of all.
            message.SetUsage(root["usage"u8], new ModelUsage(
                usage["inputTokens"u8].AsInt64(),
                usage["outputTokens"u8].AsInt64(),
                usage["totalTokens"u8].AsInt64(),
                usage["cachedInputTokens"u8].AsInt64(),
                usage["reasoningTokens"u8].AsInt64()));
            break;
        }

        EnvelopeValue outcome = root["outcome"u8].IsObject ? root["outcome"u8]["type"u8] : root["outcome"u8];
        if (outcome.IsText)
        {
            message.Finish(0, outcome);
        }
        else
        {
            message.EndTurn();
        }
    }

    private void ReadText(MessageItemKind kind, EnvelopeValue type, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue id = root["messageId"u8];
        if (type.Raw.EndsWith("_START"u8))
        {
            _texts.Renew(id);
        }
        else if (type.Raw.EndsWith("_CONTENT"u8) || type.Raw.EndsWith("_CHUNK"u8))
        {
            // Later chunks may leave the id out.
            _chunkText = id.IsText ? _texts.Get(id) : _chunkText;
            message.AppendText(kind, 0, MessageAssembler.NoIndex, root["delta"u8], _chunkText);
        }
    }

    private void ReadCall(EnvelopeValue type, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue id = root["toolCallId"u8];
        ToolCall? call = message.FindCallById(0, id);
        if (type.Is("TOOL_CALL_CHUNK"u8))
        {
            ReadChunk(call, root, message);
        }
        else if (type.Is("TOOL_CALL_START"u8))
        {
            if (call is null || call.IsEndQueued)
            {
                message.StartCall(0, message.CountCalls(0), id, root["toolCallName"u8]);
            }
        }
        else if (type.Is("TOOL_CALL_ARGS"u8))
        {
            call ??= StartOrphan(id, message);
            if (call is not null)
            {
                message.AppendArguments(call, root["delta"u8]);
            }
        }
        else if (type.Is("TOOL_CALL_END"u8) && call is not null)
        {
            message.EndCall(call);
        }
        else if (type.Is("TOOL_CALL_RESULT"u8))
        {
            // Who sent the stream ran the tool.
            call?.SetProviderExecuted();
        }
    }

    private void ReadChunk(ToolCall? call, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue id = root["toolCallId"u8];
        EnvelopeValue name = root["toolCallName"u8];
        if (!id.IsText)
        {
            call = _chunkCall ?? StartOrphan(id, message);
        }
        else if (call is null || call.IsEndQueued)
        {
            call = name.IsText ? message.StartCall(0, message.CountCalls(0), id, name) : StartOrphan(id, message);
        }

        if (call != _chunkCall)
        {
            EndChunk(message);
            _chunkCall = call;
        }

        if (call is not null)
        {
            message.AppendArguments(call, root["delta"u8]);
        }
    }

    private void EndChunk(MessageAssembler message)
    {
        if (_chunkCall is not null)
        {
            message.EndCall(_chunkCall);
            _chunkCall = null;
        }
    }

    private static ToolCall? StartOrphan(EnvelopeValue id, MessageAssembler message)
    {
        ToolCall? call = message.StartCall(0, message.CountCalls(0), id, default);
        if (call is not null)
        {
            call.Doubt(UnsafeReasons.IdentityDoubt);
            message.Report(AnomalyKind.OrphanPiece, call);
        }

        return call;
    }
}
