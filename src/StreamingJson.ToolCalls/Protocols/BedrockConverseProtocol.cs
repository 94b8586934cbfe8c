using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Amazon Bedrock ConverseStream (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html): binary messages whose
/// event type says what the payload is, or (proxies, and Nova through InvokeModel) payloads with that name around them. Also the answer of Converse, whole.
/// </summary>
internal sealed class BedrockConverseProtocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.BedrockConverse;

    public override ReadOnlySpan<byte> PaddingName => "p"u8;

    public override bool Recognizes(in Frame frame, EnvelopeValue root) => IsEvent(frame.EventType, root);

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message) => Read(frame.EventType, root, message, isEachDeltaABlock: false);

    /// <summary>Whether a payload is one of the events.</summary>
    public static bool IsEvent(ReadOnlySpan<byte> type, EnvelopeValue root) =>
        TryGet(type, root, "messageStart"u8, out _) || TryGet(type, root, "contentBlockStart"u8, out _) || TryGet(type, root, "contentBlockDelta"u8, out _) ||
        TryGet(type, root, "contentBlockStop"u8, out _) || TryGet(type, root, "messageStop"u8, out _) || IsWhole(root);

    /// <summary>Reads an event.</summary>
    /// <param name="type">The event type of the message, empty if the name stands in the payload.</param>
    /// <param name="root">The payload.</param>
    /// <param name="message">Takes what it says.</param>
    /// <param name="isEachDeltaABlock">Whether every text delta has an index of its own (Nova through InvokeModel), so that indexes do not divide the text.</param>
    public static void Read(ReadOnlySpan<byte> type, EnvelopeValue root, MessageAssembler message, bool isEachDeltaABlock)
    {
        if (TryGet(type, root, "contentBlockDelta"u8, out EnvelopeValue body))
        {
            message.StartMessage(default, default);
            ReadDelta(body, message, isEachDeltaABlock);
        }
        else if (TryGet(type, root, "contentBlockStart"u8, out body))
        {
            message.StartMessage(default, default);
            ReadStart(body, message);
        }
        else if (TryGet(type, root, "contentBlockStop"u8, out body))
        {
            // The end of a call, and of nothing else.
            if (message.FindCall(0, body["contentBlockIndex"u8].AsInt64() ?? 0) is { } call)
            {
                message.EndCall(call);
            }
        }
        else if (TryGet(type, root, "messageStart"u8, out _))
        {
            message.StartMessage(default, default);
        }
        else if (TryGet(type, root, "messageStop"u8, out body))
        {
            message.Finish(0, body["stopReason"u8]);
        }
        else if (TryGet(type, root, "metadata"u8, out body))
        {
            ReadUsage(body["usage"u8], message);
        }
        else if (IsWhole(root))
        {
            ReadWhole(root, message);
        }
        else
        {
            ReadException(root, message);
        }
    }

    private static void ReadStart(EnvelopeValue body, MessageAssembler message)
    {
        EnvelopeValue tool = body["start"u8]["toolUse"u8];
        if (tool.IsObject)
        {
            ReadType(message.ResolveCall(0, body["contentBlockIndex"u8], tool["toolUseId"u8], tool["name"u8], 0, 1), tool);
        }
    }

    private static void ReadType(ToolCall? call, EnvelopeValue tool)
    {
        if (tool["type"u8].Is("server_tool_use"u8))
        {
            call?.SetProviderExecuted();
        }
    }

    private static void ReadDelta(EnvelopeValue body, MessageAssembler message, bool isEachDeltaABlock)
    {
        EnvelopeValue delta = body["delta"u8];
        EnvelopeValue tool = delta["toolUse"u8];
        if (tool.IsObject)
        {
            if (message.ResolveCall(0, body["contentBlockIndex"u8], tool["toolUseId"u8], tool["name"u8], 0, 1) is { } call)
            {
                message.AppendArguments(call, tool["input"u8]);
            }

            return;
        }

        ReadText(delta, isEachDeltaABlock ? MessageAssembler.NoIndex : (body["contentBlockIndex"u8].AsInt64() ?? 0), message);
    }

    private static void ReadText(EnvelopeValue content, long index, MessageAssembler message)
    {
        EnvelopeValue reasoning = content["reasoningContent"u8];
        message.AppendText(MessageItemKind.Text, 0, index, content["text"u8]);
        message.AppendText(MessageItemKind.Reasoning, 0, index, reasoning["text"u8]);
        message.AppendText(MessageItemKind.Reasoning, 0, index, reasoning["reasoningText"u8]["text"u8]);
    }

    private static bool IsWhole(EnvelopeValue root) => root["output"u8]["message"u8].IsObject;

    private static void ReadWhole(EnvelopeValue root, MessageAssembler message)
    {
        message.StartMessage(default, default);
        long index = 0;
        foreach (EnvelopeValue block in root["output"u8]["message"u8]["content"u8].EnumerateArray())
        {
            EnvelopeValue tool = block["toolUse"u8];
            ReadText(block, index, message);
            if (tool.IsObject && message.StartCall(0, index, tool["toolUseId"u8], tool["name"u8]) is { } call)
            {
                ReadType(call, tool);
                message.AppendValue(call, tool["input"u8]);
            }

            index++;
        }

        ReadUsage(root["usage"u8], message);
        message.Finish(0, root["stopReason"u8]);
    }

    private static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            message.SetUsage(usage, new ModelUsage(
                usage["inputTokens"u8].AsInt64(),
                usage["outputTokens"u8].AsInt64(),
                usage["totalTokens"u8].AsInt64(),
                usage["cacheReadInputTokens"u8].AsInt64(),
                null));
        }
    }

    // Where the framing was taken off, an exception is a property as an event is.
    private static void ReadException(EnvelopeValue root, MessageAssembler message)
    {
        foreach (EnvelopeValue.PropertyEnumerator property in root.EnumerateObject())
        {
            if (property.Name.EndsWith("Exception"u8) && property.Value.IsObject)
            {
                EnvelopeValue text = property.Value["message"u8];
                message.AddError(Utf8Buffer.ToString(property.Name), text.IsString ? message.TextOf(text) : null);
            }
        }

        if (root["error"u8].HasValue)
        {
            message.AddError(root["error"u8]);
        }
    }

    private static bool TryGet(ReadOnlySpan<byte> type, EnvelopeValue root, ReadOnlySpan<byte> name, out EnvelopeValue body)
    {
        body = root[name];
        if (body.IsObject)
        {
            return true;
        }

        body = root;
        return type.SequenceEqual(name);
    }
}
