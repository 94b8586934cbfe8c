using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// Legacy OpenAI Completions (<c>text_completion</c>, platform.openai.com/docs/api-reference/completions) and what looks like it: vLLM, llama.cpp,
/// Together, Hugging Face. Text only. Also the answer of a request that was not streamed, which looks like an event.
/// </summary>
internal sealed class OpenAICompletionsProtocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.OpenAICompletions;

    public override bool HasTerminator => true;

    // The answer of a request that was not streamed says the same as an event.
    public override bool HasTextTerminator => true;

    public override bool Recognizes(in Frame frame, EnvelopeValue root)
    {
        if (root["object"u8].Is("text_completion"u8) || root["object"u8].Is("text_completion.chunk"u8))
        {
            return true;
        }

        foreach (EnvelopeValue choice in root["choices"u8].EnumerateArray())
        {
            return choice["text"u8].IsString && !choice["delta"u8].IsObject;
        }

        return false;
    }

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue choices = root["choices"u8];
        if (choices.IsArray)
        {
            message.StartMessage(root["id"u8], root["model"u8]);
        }

        foreach (EnvelopeValue choice in choices.EnumerateArray())
        {
            long number = choice["index"u8].AsInt64() ?? 0;
            message.AppendText(MessageItemKind.Reasoning, number, MessageAssembler.NoIndex, choice["reasoning"u8]);
            message.AppendText(MessageItemKind.Text, number, MessageAssembler.NoIndex, choice["text"u8]);
            message.Finish(number, choice["finish_reason"u8]);
        }

        ReadUsage(root["usage"u8], message);
        if (root["error"u8].HasValue || root["object"u8].Is("error"u8))
        {
            if (choices.IsArray)
            {
                message.Report(AnomalyKind.ErrorInChunk);
            }

            ErrorPayload.Read(root, message);
        }
        else if (!choices.IsArray && root["type"u8].IsString)
        {
            message.Report(AnomalyKind.ForeignPayload);
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
                usage["prompt_tokens_details"u8]["cached_tokens"u8].AsInt64(),
                usage["completion_tokens_details"u8]["reasoning_tokens"u8].AsInt64()));
        }
    }
}
