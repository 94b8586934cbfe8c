using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Anthropic Messages (platform.claude.com/docs/en/build-with-claude/streaming), also on Vertex and inside Bedrock's chunks; the one event of the older
/// Text Completions; and the answer of a request that was not streamed (<c>"type":"message"</c>).
/// </summary>
/// <remarks>
/// Results of server-side tools are whole blocks without pieces, and no items. With eager input streaming the pieces of an input are what the model
/// wrote, JSON or not.
/// </remarks>
internal sealed class AnthropicProtocol : Protocol
{
    // The newest block that is neither text nor call: whatever pieces it has are not ours.
    private long _otherBlock = MessageAssembler.NoIndex;

    // The stop reason of a message that began with it. It counts at the end, if no other came.
    private readonly byte[] _startReason = new byte[64];
    private int _startReasonLength;

    public override ModelProtocol Id => ModelProtocol.Anthropic;

    public override bool HasTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["type"u8];
        return type.Is("message_start"u8) || type.Is("content_block_start"u8) || type.Is("content_block_delta"u8) || type.Is("content_block_stop"u8) ||
            type.Is("message_delta"u8) || type.Is("message_stop"u8) || (type.Is("completion"u8) && root["completion"u8].IsString) ||
            (type.Is("message"u8) && root["content"u8].IsArray);
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["type"u8];
        ReadOnlySpan<byte> name = type.IsString ? type.Raw : frame.EventType;
        if (name.SequenceEqual("content_block_delta"u8))
        {
            ReadDelta(root, message);
        }
        else if (name.SequenceEqual("content_block_start"u8))
        {
            ReadBlock(root, message);
        }
        else if (name.SequenceEqual("content_block_stop"u8))
        {
            if (FindCall(root["index"u8], message) is { } call)
            {
                message.EndCall(call);
            }
        }
        else if (name.SequenceEqual("message_start"u8))
        {
            ReadStart(root["message"u8], message);
        }
        else if (name.SequenceEqual("message_delta"u8))
        {
            message.Finish(0, root["delta"u8]["stop_reason"u8]);
            ReadUsage(root["usage"u8], message);
        }
        else if (name.SequenceEqual("message_stop"u8))
        {
            ReadStop(message);
        }
        else if (name.SequenceEqual("error"u8) || root["error"u8].HasValue)
        {
            ErrorPayload.Read(root, message);
        }
        else if (name.SequenceEqual("completion"u8))
        {
            ReadCompletion(root, message);
        }
        else if (name.SequenceEqual("message"u8) && root["content"u8].IsArray)
        {
            ReadWhole(root, message);
        }
        else if (!type.IsString || root["choices"u8].IsArray)
        {
            message.Report(AnomalyKind.ForeignPayload);
        }
    }

    public override void Reset()
    {
        _otherBlock = MessageAssembler.NoIndex;
        _startReasonLength = 0;
    }

    // A start that is repeated with the same id is a gateway's; one with another id begins a spliced-in message, whose blocks are numbered from 0 again.
    private void ReadStart(EnvelopeValue start, MessageAssembler message)
    {
        EnvelopeValue id = start["id"u8];
        if (message.IsOtherMessage(id))
        {
            message.NextMessage(id, start["model"u8], isUsual: false);
            Reset();
        }
        else
        {
            message.StartMessage(id, start["model"u8]);
        }

        if (!start["content"u8].IsEmptyContainer)
        {
            message.Report(AnomalyKind.ContentNotStreamed);
        }

        ReadUsage(start["usage"u8], message);
        ReadOnlySpan<byte> reason = start["stop_reason"u8].IsText ? start["stop_reason"u8].Raw : default;
        if (reason.Length <= _startReason.Length)
        {
            reason.CopyTo(_startReason);
            _startReasonLength = reason.Length;
        }
    }

    private void ReadStop(MessageAssembler message)
    {
        if (!message.HasFinished)
        {
            message.Finish(0, _startReason.AsSpan(0, _startReasonLength));
        }

        message.Terminate();
    }

    private void ReadBlock(EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue block = root["content_block"u8];
        EnvelopeValue type = block["type"u8];
        long index = root["index"u8].AsInt64() ?? MessageAssembler.NoIndex;
        if (type.Is("text"u8))
        {
            message.AppendText(MessageItemKind.Text, 0, index, block["text"u8]);
        }
        else if (type.Is("thinking"u8))
        {
            message.AppendText(MessageItemKind.Reasoning, 0, index, block["thinking"u8]);
        }
        else if (IsCall(type))
        {
            ToolCall? call = message.ResolveCall(0, root["index"u8], block["id"u8], block["name"u8], 0, 1);
            ReadType(call, type);
            ReadInput(call, block["input"u8], message);
        }
        else
        {
            _otherBlock = index;
        }
    }

    // Usually {} and a placeholder. Programmatic tool calling gives it whole; what counts are the pieces, so a call without any is not what the model wrote.
    private static void ReadInput(ToolCall? call, EnvelopeValue input, MessageAssembler message)
    {
        if (call is not null && input.HasValue && !input.IsEmptyContainer)
        {
            call.Doubt(UnsafeReasons.ArgumentsContradicted);
            message.Report(AnomalyKind.ContentNotStreamed, call);
        }
    }

    private void ReadDelta(EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue delta = root["delta"u8];
        EnvelopeValue type = delta["type"u8];
        long index = root["index"u8].AsInt64() ?? MessageAssembler.NoIndex;
        if (type.Is("text_delta"u8))
        {
            message.AppendText(MessageItemKind.Text, 0, index, delta["text"u8]);
        }
        else if (type.Is("thinking_delta"u8))
        {
            message.AppendText(MessageItemKind.Reasoning, 0, index, delta["thinking"u8]);
        }
        else if (type.Is("input_json_delta"u8))
        {
            ToolCall? call = FindCall(root["index"u8], message);
            if (call is null && (index == MessageAssembler.NoIndex || index != _otherBlock))
            {
                call = message.ResolveCall(0, root["index"u8], default, default, 0, 1);
            }

            if (call is not null)
            {
                message.AppendArguments(call, delta["partial_json"u8]);
            }
        }
    }

    private static void ReadWhole(EnvelopeValue whole, MessageAssembler message)
    {
        message.StartMessage(whole["id"u8], whole["model"u8]);
        long index = 0;
        foreach (EnvelopeValue block in whole["content"u8].EnumerateArray())
        {
            message.AppendText(MessageItemKind.Text, 0, index, block["text"u8]);
            message.AppendText(MessageItemKind.Reasoning, 0, index, block["thinking"u8]);
            if (IsCall(block["type"u8]) && message.StartCall(0, index, block["id"u8], block["name"u8]) is { } call)
            {
                ReadType(call, block["type"u8]);
                message.AppendValue(call, block["input"u8]);
            }

            index++;
        }

        ReadUsage(whole["usage"u8], message);
        message.Finish(0, whole["stop_reason"u8]);
        message.Terminate();
    }

    // tool_use, server_tool_use, mcp_tool_use.
    private static bool IsCall(EnvelopeValue type) => type.IsString && type.Raw.EndsWith("tool_use"u8);

    // Who is asked to run it with tool_use is the client; with all others it is Anthropic.
    private static void ReadType(ToolCall? call, EnvelopeValue type)
    {
        if (!type.Is("tool_use"u8))
        {
            call?.SetProviderExecuted();
        }
    }

    private static ToolCall? FindCall(EnvelopeValue index, MessageAssembler message) =>
        index.TryGetInt64(out long number) ? message.FindCall(0, number) : message.FindLastCall(0);

    private static void ReadCompletion(EnvelopeValue root, MessageAssembler message)
    {
        message.StartMessage(root["id"u8], root["model"u8]);
        message.AppendText(MessageItemKind.Text, 0, MessageAssembler.NoIndex, root["completion"u8]);
        message.Finish(0, root["stop_reason"u8]);
        if (root["stop_reason"u8].IsText)
        {
            message.Terminate();
        }
    }

    private static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            // The numbers of the start that the end does not repeat still hold.
            message.UpdateUsage(usage, new ModelUsage(
                usage["input_tokens"u8].AsInt64(), usage["output_tokens"u8].AsInt64(), null, usage["cache_read_input_tokens"u8].AsInt64(), null));
        }
    }
}
