using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// OpenAI Responses (platform.openai.com/docs/api-reference/responses-streaming) and what looks like it: Azure, ChatGPT, Copilot, xAI, OpenRouter,
/// DeepSeek, LM Studio, Bedrock Mantle. Also the answer of a request that was not streamed (<c>"object":"response"</c>).
/// </summary>
internal sealed class OpenAIResponsesProtocol : OpenAIEventProtocol
{
    private const long NoNumber = -1;

    private long _sequenceNumber = NoNumber;

    public override ModelProtocol Id => ModelProtocol.OpenAIResponses;

    public override bool HasTerminator => true;

    public override ReadOnlySpan<byte> PaddingName => "obfuscation"u8;

    public override ReadOnlySpan<byte> SequenceNumberName => "sequence_number"u8;

    // Only here an error is flat.
    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        EnvelopeValue type = root["type"u8];
        return type.StartsWith("response."u8) || (type.Is("error"u8) && root["message"u8].IsString) ||
            (!type.HasValue && (frame.EventType.StartsWith("response."u8) || IsWhole(root)));
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        long number = root[SequenceNumberName].AsInt64() ?? NoNumber;
        if (number != NoNumber)
        {
            _sequenceNumber = root["type"u8].Is("response.created"u8) ? NoNumber : _sequenceNumber;
            ReadSequenceNumber(number, message);
        }

        if (!root["type"u8].HasValue && IsWhole(root))
        {
            message.StartMessage(root["id"u8], root["model"u8]);
            ReadLast(default, root, root["error"u8], message);
            return;
        }

        base.Read(frame, root, message);
    }

    public override void ReadSequenceNumber(long number, MessageAssembler message)
    {
        if (_sequenceNumber != NoNumber && number != _sequenceNumber + 1)
        {
            message.Report(AnomalyKind.SequenceGap);
        }

        _sequenceNumber = number;
    }

    public override void Reset()
    {
        base.Reset();
        _sequenceNumber = NoNumber;
    }

    protected override void ReadEvent(ReadOnlySpan<byte> name, EnvelopeValue root, MessageAssembler message)
    {
        if (name.SequenceEqual("created"u8))
        {
            ReadCreated(root["response"u8], message);
        }
        else
        {
            message.StartMessage(root["response"u8]["id"u8], root["response"u8]["model"u8]);
        }

        base.ReadEvent(name, root, message);
    }

    protected override void ReadResponse(ReadOnlySpan<byte> name, EnvelopeValue root, MessageAssembler message)
    {
        bool isLast = name.SequenceEqual("completed"u8) || name.SequenceEqual("incomplete"u8) || name.SequenceEqual("failed"u8) ||
            name.SequenceEqual("cancelled"u8) || name.SequenceEqual("done"u8);
        if (isLast)
        {
            EnvelopeValue response = root["response"u8];
            ReadLast(name, response, response["error"u8].HasValue ? response["error"u8] : root["error"u8], message);
        }
        else if (name.SequenceEqual("error"u8))
        {
            ErrorPayload.Read(root, message);
        }
    }

    // The parts of one item are numbered, and ids are no help: Copilot gives each event another.
    protected override long PartOf(EnvelopeValue itemId, long part) => part;

    private static bool IsWhole(EnvelopeValue root) => root["object"u8].Is("response"u8) && root["output"u8].IsArray;

    private void ReadCreated(EnvelopeValue response, MessageAssembler message)
    {
        if (message.IsOtherMessage(response["id"u8]))
        {
            message.NextMessage(response["id"u8], response["model"u8], isUsual: false);
            HasItems = false;
        }
        else
        {
            message.StartMessage(response["id"u8], response["model"u8]);
        }
    }

    // The name of the event stands in where the response has no status; without either the response is under way yet.
    private void ReadLast(ReadOnlySpan<byte> name, EnvelopeValue response, EnvelopeValue error, MessageAssembler message)
    {
        if (error.HasValue)
        {
            message.AddError(error);
        }

        ReadOutput(response["output"u8], message);
        ReadUsage(response["usage"u8], message);
        EnvelopeValue status = response["status"u8];
        bool isFinal = status.IsText && !status.Is("in_progress"u8) && !status.Is("queued"u8);
        ReadOnlySpan<byte> word = isFinal ? status.Raw : name.SequenceEqual("done"u8) ? "completed"u8 : name;
        if (!word.IsEmpty)
        {
            Finish(word, response["incomplete_details"u8]["reason"u8], message);
            message.Terminate();
        }
    }

    // "incomplete" alone does not tell a limit from a filter.
    private static void Finish(ReadOnlySpan<byte> word, EnvelopeValue reason, MessageAssembler message)
    {
        const int MaxWord = 128;
        if (word.SequenceEqual("incomplete"u8) && reason.IsText && reason.Raw.Length < MaxWord - word.Length)
        {
            Span<byte> both = stackalloc byte[MaxWord];
            word.CopyTo(both);
            both[word.Length] = (byte)':';
            reason.Raw.CopyTo(both.Slice(word.Length + 1));
            message.Finish(0, both.Slice(0, word.Length + 1 + reason.Raw.Length));
        }
        else
        {
            message.Finish(0, word);
        }
    }

    private static void ReadUsage(EnvelopeValue usage, MessageAssembler message)
    {
        if (usage.IsObject)
        {
            message.SetUsage(usage, new ModelUsage(
                usage["input_tokens"u8].AsInt64(),
                usage["output_tokens"u8].AsInt64(),
                usage["total_tokens"u8].AsInt64(),
                usage["input_tokens_details"u8]["cached_tokens"u8].AsInt64(),
                usage["output_tokens_details"u8]["reasoning_tokens"u8].AsInt64()));
        }
    }
}
