using System;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <content>Items: which call a piece belongs to, and items that are given whole.</content>
internal abstract partial class OpenAIEventProtocol
{
    /// <summary>Reads the items of a finished response. Where none was seen before, they are all there is; else only the calls that are still open are compared.</summary>
    protected void ReadOutput(EnvelopeValue output, MessageAssembler message)
    {
        long position = 0;
        foreach (EnvelopeValue item in output.EnumerateArray())
        {
            if (!HasItems && IsCall(item))
            {
                Finish(Describe(message.StartCall(0, position, IdOf(item), item["name"u8]), item, message), item, message);
            }
            else if (!HasItems)
            {
                ReadParts(position, item, message);
            }
            else if (IsCall(item))
            {
                ReadRepeated(position, item, message);
            }

            position++;
        }
    }

    // One that no event told of is there all the same; but what became of its events, nobody knows.
    private static void ReadRepeated(long position, EnvelopeValue item, MessageAssembler message)
    {
        ToolCall? call = FindCall(default, item["id"u8], item["call_id"u8], message) ?? message.FindCall(0, position);
        if (call is not null)
        {
            ReadType(call, item);
            Confirm(call, item, message);
            message.ConfirmArguments(call, InputOf(item));
        }
        else if (Describe(message.StartCall(0, position, IdOf(item), item["name"u8]), item, message) is { } late)
        {
            late.Doubt(UnsafeReasons.IdentityDoubt);
            message.Report(AnomalyKind.ContentNotStreamed, late);
            Finish(late, item, message);
        }
    }

    private static void Confirm(ToolCall? call, EnvelopeValue item, MessageAssembler message)
    {
        if (call is not null)
        {
            message.ConfirmName(call, item["name"u8]);
        }
    }

    private static bool IsCall(EnvelopeValue item)
    {
        EnvelopeValue type = item["type"u8];
        return type.Is("function_call"u8) || type.Is("custom_tool_call"u8) || type.Is("mcp_call"u8);
    }

    private static EnvelopeValue InputOf(EnvelopeValue item) => IsFreeText(item) ? item["input"u8] : item["arguments"u8];

    private static ToolCall? FindCall(EnvelopeValue outputIndex, EnvelopeValue itemId, EnvelopeValue callId, MessageAssembler message)
    {
        // Some gateways give each event another item id, others each item the same index: so what fits both, else the id, else the index.
        ToolCall? ofIndex = outputIndex.TryGetInt64(out long index) ? message.FindCall(0, index) : null;
        if (ofIndex is not null && (!itemId.IsText || ofIndex.KeyBuffer.Written.SequenceEqual(itemId.Raw)))
        {
            return ofIndex;
        }

        ToolCall? call = message.FindCallByKey(itemId.Raw) ?? message.FindCallById(0, callId.Raw) ?? ofIndex;
        return call is null && !outputIndex.HasValue && !itemId.IsText && !callId.IsText ? message.FindLastCall(0) : call;
    }

    private static ToolCall? StartCall(EnvelopeValue outputIndex, EnvelopeValue item, MessageAssembler message)
    {
        ToolCall? call = message.ResolveCall(0, outputIndex, IdOf(item), item["name"u8], 0, 1);
        return Describe(call, item, message);
    }

    private static ToolCall? Describe(ToolCall? call, EnvelopeValue item, MessageAssembler message)
    {
        ReadType(call, item);
        return Describe(call, item["id"u8], IsFreeText(item), message);
    }

    // An MCP server that OpenAI calls.
    private static void ReadType(ToolCall? call, EnvelopeValue item)
    {
        if (item["type"u8].Is("mcp_call"u8))
        {
            call?.SetProviderExecuted();
        }
    }

    // The id of the item is what events carry; its result goes back with another.
    private static ToolCall? Describe(ToolCall? call, EnvelopeValue itemId, bool isRaw, MessageAssembler message)
    {
        const int MaxKeyBytes = 256;
        if (call is not null && call.QueuedFragments == 0)
        {
            message.SetKey(call, itemId.IsText && itemId.Raw.Length <= MaxKeyBytes ? itemId.Raw : default);
            call.IsRaw = isRaw;
        }

        return call;
    }

    private static EnvelopeValue IdOf(EnvelopeValue item) => item["call_id"u8].IsText ? item["call_id"u8] : item["id"u8];

    private static bool IsFreeText(EnvelopeValue item) => item["type"u8].Is("custom_tool_call"u8);

    // A stream that is resumed begins in the middle: pieces of a call that nobody announced are only its rest. All of it comes once more with its end, and
    // what has a name is a call.
    private static ToolCall? FindOrJoinCall(Subject subject, EnvelopeValue root, MessageAssembler message)
    {
        ToolCall? call = FindCall(root["output_index"u8], root["item_id"u8], root["call_id"u8], message);
        if (call is not null)
        {
            return ReadSubject(call, subject);
        }

        if (root["delta"u8].HasValue || !root["name"u8].IsText)
        {
            message.Report(AnomalyKind.OrphanPiece);
            return null;
        }

        call = message.ResolveCall(0, root["output_index"u8], root["call_id"u8], root["name"u8], 0, 1);
        return ReadSubject(Describe(call, root["item_id"u8], subject == Subject.FreeText, message), subject);
    }

    private static ToolCall? ReadSubject(ToolCall? call, Subject subject)
    {
        if (subject == Subject.McpArguments)
        {
            call?.SetProviderExecuted();
        }

        return call;
    }

    private void ReadItem(EnvelopeValue outputIndex, EnvelopeValue item, MessageAssembler message)
    {
        if (!IsCall(item))
        {
            ReadParts(outputIndex.AsInt64() ?? MessageAssembler.NoIndex, item, message);
            return;
        }

        EnvelopeValue callId = item["call_id"u8];
        ToolCall? call = FindCall(outputIndex, item["id"u8], callId, message);
        if (call is null || call.NameBuffer.Length == 0 || (callId.IsText && !callId.IsEscaped && !call.IdUtf8.SequenceEqual(callId.Raw)))
        {
            call = StartCall(outputIndex, item, message);
        }

        ReadType(call, item);
        Confirm(call, item, message);
        Finish(call, item, message);
    }

    private static void Finish(ToolCall? call, EnvelopeValue item, MessageAssembler message)
    {
        if (call is not null)
        {
            EnvelopeValue status = item["status"u8];
            message.ConfirmArguments(call, InputOf(item));
            message.EndCall(call, status.Is("incomplete"u8) || status.Is("failed"u8) || status.Is("cancelled"u8) ? UnsafeReasons.ProviderRejected : UnsafeReasons.None);
        }
    }

    private void ReadParts(long index, EnvelopeValue item, MessageAssembler message)
    {
        long number = 0;
        foreach (EnvelopeValue part in item["summary"u8].EnumerateArray())
        {
            ReadPart(index, item["id"u8], part, ~number++, message);
        }

        number = 0;
        if (item["type"u8].Is("message"u8) || item["type"u8].Is("reasoning"u8))
        {
            foreach (EnvelopeValue part in item["content"u8].EnumerateArray())
            {
                ReadPart(index, item["id"u8], part, number++, message);
            }
        }
    }

    private void ReadPart(long index, EnvelopeValue itemId, EnvelopeValue part, long number, MessageAssembler message)
    {
        EnvelopeValue type = part["type"u8];
        if (type.Is("refusal"u8))
        {
            message.ConfirmPart(MessageItemKind.Refusal, 0, index, part["refusal"u8], PartOf(itemId, number));
        }
        else
        {
            // output_text and text; audio and output_audio; reasoning_text and summary_text.
            bool isReasoning = type.Is("reasoning_text"u8) || type.Is("summary_text"u8);
            EnvelopeValue text = part["text"u8].IsText ? part["text"u8] : part["transcript"u8];
            message.ConfirmPart(isReasoning ? MessageItemKind.Reasoning : MessageItemKind.Text, 0, index, text, PartOf(itemId, number));
        }
    }
}
