using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;


namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// The payloads of models on Bedrock whose format no other API has
/// (docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html): Llama <c>generation</c>, Titan <c>outputText</c>, Mistral <c>outputs</c> and
/// <c>choices</c> with <c>message</c>, DeepSeek <c>choices</c> with <c>text</c>, AI21 Jurassic <c>completions</c>, Claude text completions <c>completion</c>.
/// </summary>
internal static class BedrockModels
{
    public static bool IsPayload(EnvelopeValue root) =>
        root["generation"u8].Type != default || root["outputText"u8].Type != default || root["outputs"u8].IsArray ||
        (root["completion"u8].IsString && !root["type"u8].HasValue) || root["completions"u8].IsArray || IsChoiceOfBedrock(First(root["choices"u8]));

    public static void Read(EnvelopeValue root, MessageAssembler message)
    {
        message.StartMessage(root["id"u8], root["model"u8]);
        ReadText(root["generation"u8], root["stop_reason"u8], 0, message);
        ReadText(root["completion"u8], root["stop_reason"u8], 0, message);
        ReadText(root["outputText"u8], root["completionReason"u8], root["index"u8].AsInt64() ?? 0, message);

        int position = 0;
        foreach (EnvelopeValue output in root["outputs"u8].EnumerateArray())
        {
            ReadCalls(output["tool_calls"u8], position, message);
            ReadText(output["text"u8], output["stop_reason"u8], position++, message);
        }

        position = 0;
        foreach (EnvelopeValue choice in root["choices"u8].EnumerateArray())
        {
            EnvelopeValue inner = choice["message"u8];
            long number = choice["index"u8].AsInt64() ?? position;
            position++;
            EnvelopeValue text = inner.IsObject ? inner["content"u8] : choice["text"u8];
            EnvelopeValue reason = choice["stop_reason"u8];
            ReadCalls(inner["tool_calls"u8], number, message);
            ReadText(text, reason.IsString ? reason : choice["finish_reason"u8], number, message);
        }

        position = 0;
        foreach (EnvelopeValue completion in root["completions"u8].EnumerateArray())
        {
            ReadText(completion["data"u8]["text"u8], completion["finishReason"u8]["reason"u8], position++, message);
        }
    }

    private static void ReadText(EnvelopeValue text, EnvelopeValue reason, long choice, MessageAssembler message)
    {
        message.AppendText(MessageItemKind.Text, choice, MessageAssembler.NoIndex, text);
        message.Finish(choice, reason);
    }

    private static void ReadCalls(EnvelopeValue calls, long choice, MessageAssembler message)
    {
        int count = calls.CountItems();
        int position = 0;
        foreach (EnvelopeValue call in calls.EnumerateArray())
        {
            EnvelopeValue function = call["function"u8];
            if (message.ResolveCall(choice, call["index"u8], call["id"u8], function["name"u8], position++, count) is { } open)
            {
                message.AppendArguments(open, function["arguments"u8]);
            }
        }
    }

    // Chunks of OpenAI Chat have a delta; these have a whole message, or bare text.
    private static bool IsChoiceOfBedrock(EnvelopeValue choice) =>
        !choice["delta"u8].HasValue && (choice["message"u8].IsObject || choice["text"u8].IsString) && choice["stop_reason"u8].Type != default;

    private static EnvelopeValue First(EnvelopeValue array)
    {
        foreach (EnvelopeValue item in array.EnumerateArray())
        {
            return item;
        }

        return default;
    }
}
