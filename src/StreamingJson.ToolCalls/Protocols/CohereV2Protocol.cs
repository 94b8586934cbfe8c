using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>Cohere Chat v2 (docs.cohere.com/reference/chat-stream): what is an array in whole answers (<c>content</c>, <c>tool_calls</c>) is one object in each event. Tool plans are reasoning. A whole answer is read too.</summary>
internal sealed class CohereV2Protocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.CohereV2;

    public override bool HasTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["type"u8];
        return type.Is("message-start"u8) || type.Is("content-start"u8) || type.Is("content-delta"u8) || type.Is("content-end"u8) || type.Is("tool-plan-delta"u8) ||
            type.Is("tool-call-start"u8) || type.Is("tool-call-delta"u8) || type.Is("tool-call-end"u8) || type.Is("message-end"u8) ||
            (!type.HasValue && IsWhole(root));
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["type"u8];
        ReadOnlySpan<byte> name = type.IsString ? type.Raw : frame.EventType;
        EnvelopeValue delta = root["delta"u8];
        EnvelopeValue inner = delta["message"u8];
        if (name.SequenceEqual("tool-call-delta"u8) || name.SequenceEqual("tool-call-start"u8))
        {
            message.StartMessage(default, default);
            ReadCall(root["index"u8], inner["tool_calls"u8], message);
        }
        else if (name.SequenceEqual("content-delta"u8) || name.SequenceEqual("content-start"u8))
        {
            message.StartMessage(default, default);
            long index = root["index"u8].AsInt64() ?? 0;
            message.AppendText(MessageItemKind.Reasoning, 0, index, inner["content"u8]["thinking"u8]);
            message.AppendText(MessageItemKind.Text, 0, index, inner["content"u8]["text"u8]);
        }
        else if (name.SequenceEqual("tool-plan-delta"u8))
        {
            message.StartMessage(default, default);
            message.AppendText(MessageItemKind.Reasoning, 0, MessageAssembler.NoIndex, inner["tool_plan"u8]);
        }
        else if (name.SequenceEqual("tool-call-end"u8))
        {
            if (message.FindCall(0, root["index"u8].AsInt64() ?? 0) is { } call)
            {
                message.EndCall(call);
            }
        }
        else if (name.SequenceEqual("message-start"u8))
        {
            message.StartMessage(root["id"u8], inner["model"u8]);
        }
        else if (name.SequenceEqual("message-end"u8))
        {
            ReadEnd(delta, message);
        }
        else if (!type.IsString && IsWhole(root))
        {
            ReadWhole(root, message);
        }
        else if (root["error"u8].HasValue || (!type.IsString && root["message"u8].IsString))
        {
            message.AddError(root["error"u8].HasValue ? root["error"u8] : root);
        }
    }

    private static void ReadCall(EnvelopeValue index, EnvelopeValue calls, MessageAssembler message)
    {
        if (calls.IsObject)
        {
            ReadCall(index, calls, 0, 1, message);
        }

        int count = calls.CountItems();
        int position = 0;
        foreach (EnvelopeValue call in calls.EnumerateArray())
        {
            ReadCall(count == 1 ? index : default, call, position++, count, message);
        }
    }

    private static void ReadCall(EnvelopeValue index, EnvelopeValue call, int position, int count, MessageAssembler message)
    {
        EnvelopeValue function = call["function"u8];
        if (message.ResolveCall(0, index, call["id"u8], function["name"u8], position, count) is { } open)
        {
            message.AppendArguments(open, function["arguments"u8]);
        }
    }

    private static bool IsWhole(EnvelopeValue root) => root["finish_reason"u8].IsString && root["message"u8].IsObject;

    private static void ReadWhole(EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue whole = root["message"u8];
        message.StartMessage(root["id"u8], default);
        message.AppendText(MessageItemKind.Reasoning, 0, MessageAssembler.NoIndex, whole["tool_plan"u8]);
        long index = 0;
        foreach (EnvelopeValue part in whole["content"u8].EnumerateArray())
        {
            message.AppendText(MessageItemKind.Reasoning, 0, index, part["thinking"u8]);
            message.AppendText(MessageItemKind.Text, 0, index, part["text"u8]);
            index++;
        }

        index = 0;
        foreach (EnvelopeValue call in whole["tool_calls"u8].EnumerateArray())
        {
            if (message.StartCall(0, index++, call["id"u8], call["function"u8]["name"u8]) is { } open)
            {
                message.AppendArguments(open, call["function"u8]["arguments"u8]);
            }
        }

        ReadEnd(root, message);
    }

    private static void ReadEnd(EnvelopeValue delta, MessageAssembler message)
    {
        EnvelopeValue error = delta["error"u8];
        if (error.IsString)
        {
            message.AddError(delta["error_type"u8].IsString ? message.TextOf(delta["error_type"u8]) : null, message.TextOf(error));
        }
        else if (error.HasValue)
        {
            message.AddError(error);
        }

        EnvelopeValue usage = delta["usage"u8];
        if (usage.IsObject && !usage.IsEmptyContainer)
        {
            EnvelopeValue tokens = usage["tokens"u8];
            message.SetUsage(usage, new ModelUsage(tokens["input_tokens"u8].AsInt64(), tokens["output_tokens"u8].AsInt64(), null, usage["cached_tokens"u8].AsInt64(), null));
        }

        message.Finish(0, delta["finish_reason"u8]);
        message.Terminate();
    }
}
