using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Cohere Chat v1 and Generate (docs.cohere.com/v1/reference/chat-stream, docs.cohere.com/v1/reference/generate), lines of JSON; also inside Bedrock's chunks,
/// where the events have no <c>event_type</c>. The whole answer that the last event repeats counts only where nothing came before.
/// </summary>
internal sealed class CohereV1Protocol : Protocol
{
    private bool _hasText;
    private int _wholeCalls;

    public override ModelProtocol Id => ModelProtocol.CohereV1;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["event_type"u8];
        return type.Is("stream-start"u8) || type.Is("text-generation"u8) || type.Is("tool-calls-chunk"u8) || type.Is("tool-calls-generation"u8) ||
            type.Is("citation-generation"u8) || type.Is("search-queries-generation"u8) || type.Is("search-results"u8) || type.Is("stream-end"u8) ||
            (!type.HasValue && (root["is_finished"u8].HasValue || root["generations"u8].IsArray || IsWholeChat(root)));
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue type = root["event_type"u8];
        message.StartMessage(root["generation_id"u8], default);
        if (type.Is("tool-calls-chunk"u8))
        {
            // What stands beside the pieces of a call is the plan for it.
            ReadPlan(root["text"u8], message);
            ReadPiece(root["tool_call_delta"u8], message);
        }
        else if (type.Is("tool-calls-generation"u8))
        {
            if (!_hasText)
            {
                ReadPlan(root["text"u8], message);
            }

            ReadCalls(root["tool_calls"u8], message);
        }
        else if (!type.HasValue || type.Is("text-generation"u8))
        {
            ReadText(root, root["index"u8].AsInt64() ?? 0, message);
        }

        ReadWhole(root, message);
        if (root["error"u8].HasValue || root["message"u8].IsString)
        {
            message.AddError(root["error"u8].HasValue ? root["error"u8] : root);
        }

        // With several generations each has an end of its own.
        message.Finish(root["index"u8].AsInt64() ?? 0, root["finish_reason"u8]);
        if (type.Is("stream-end"u8))
        {
            message.Terminate();
        }
    }

    public override void Reset()
    {
        _hasText = false;
        _wholeCalls = 0;
    }

    private void ReadText(EnvelopeValue value, long choice, MessageAssembler message)
    {
        message.AppendText(MessageItemKind.Text, choice, MessageAssembler.NoIndex, value["text"u8]);
        _hasText |= value["text"u8].IsText;
    }

    private void ReadPlan(EnvelopeValue text, MessageAssembler message)
    {
        message.AppendText(MessageItemKind.Reasoning, 0, MessageAssembler.NoIndex, text);
        _hasText |= text.IsText;
    }

    // The answer in one piece: at the end of a stream (response), or instead of one.
    private void ReadWhole(EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue response = root["response"u8].IsObject ? root["response"u8] : root;
        bool isFirst = !_hasText;
        if (isFirst && root["response"u8].IsObject)
        {
            ReadText(response, 0, message);
        }

        int position = 0;
        foreach (EnvelopeValue generation in response["generations"u8].EnumerateArray())
        {
            long choice = generation["index"u8].AsInt64() ?? position;
            position++;
            if (isFirst)
            {
                ReadText(generation, choice, message);
            }

            message.Finish(choice, generation["finish_reason"u8]);
        }

        if (message.CountCalls(0) == 0 && (root["response"u8].IsObject || IsWholeChat(root)))
        {
            ReadCalls(response["tool_calls"u8], message);
        }

        EnvelopeValue tokens = response["meta"u8]["tokens"u8].IsObject ? response["meta"u8]["tokens"u8] : response["meta"u8]["billed_units"u8];
        if (tokens.IsObject)
        {
            message.SetUsage(response["meta"u8], new ModelUsage(tokens["input_tokens"u8].AsInt64(), tokens["output_tokens"u8].AsInt64(), null, null, null));
        }
    }

    // The answer of a request that was not streamed.
    private static bool IsWholeChat(EnvelopeValue root) =>
        root["generation_id"u8].IsString && root["finish_reason"u8].IsString && root["text"u8].IsString && !root["event_type"u8].HasValue;

    private static void ReadPiece(EnvelopeValue delta, MessageAssembler message)
    {
        if (delta.IsObject && message.ResolveCall(0, delta["index"u8], delta["id"u8], delta["name"u8], 0, 1) is { } call)
        {
            message.AppendArguments(call, delta["parameters"u8], isObjectUsual: true);
        }
    }

    // The calls as objects: the end of those that came in pieces, which are theirs in order, or all there is.
    private void ReadCalls(EnvelopeValue calls, MessageAssembler message)
    {
        foreach (EnvelopeValue value in calls.EnumerateArray())
        {
            long index = _wholeCalls++;
            ToolCall? call = message.FindCall(0, index) ?? message.StartCall(0, index, value["id"u8], value["name"u8]);
            if (call is null)
            {
                continue;
            }

            message.ConfirmName(call, value["name"u8]);
            message.ConfirmValue(call, value["parameters"u8]);
            message.EndCall(call);
        }
    }
}
