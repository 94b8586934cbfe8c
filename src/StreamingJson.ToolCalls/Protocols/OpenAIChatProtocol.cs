using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// OpenAI Chat Completions (<c>chat.completion.chunk</c>, platform.openai.com/docs/api-reference/chat-streaming) and its many look-alikes: Azure, Groq,
/// xAI, DeepSeek, OpenRouter, Mistral, Together, vLLM, llama.cpp, Ollama <c>/v1</c>, Writer, Perplexity, Hugging Face, and others. Also the answer of a
/// request that was not streamed (<c>chat.completion</c>), whose choices have a <c>message</c>.
/// </summary>
internal sealed class OpenAIChatProtocol : Protocol
{
    public override ModelProtocol Id => ModelProtocol.OpenAIChat;

    public override bool HasTerminator => true;

    public override ReadOnlySpan<byte> PaddingName => "obfuscation"u8;

    public override bool Recognizes(in Frame frame, EnvelopeValue root) =>
        root["object"u8].Is("chat.completion.chunk"u8) || root["choices"u8].IsArray;

    public override void Read(in Frame frame, EnvelopeValue root, MessageAssembler message)
    {
        EnvelopeValue choices = root["choices"u8];
        if (choices.IsArray)
        {
            message.StartMessage(root["id"u8], root["model"u8]);
        }

        // Before the finish reason that may stand beside it: the calls that are open end with an error.
        ReadError(root, choices, message);
        foreach (EnvelopeValue choice in choices.EnumerateArray())
        {
            ReadChoice(choice, message);
        }

        // Groq has the numbers in a place of its own, and not always in the usual one.
        ReadUsage(root["usage"u8].IsObject ? root["usage"u8] : root["x_groq"u8]["usage"u8], message);
        if (root["object"u8].Is("chat.completion"u8))
        {
            message.Terminate();
        }
    }

    private static void ReadError(EnvelopeValue root, EnvelopeValue choices, MessageAssembler message)
    {
        EnvelopeValue error = root["error"u8].HasValue ? root["error"u8] : ErrorOf(choices);
        if (error.HasValue)
        {
            if (choices.IsArray)
            {
                message.Report(AnomalyKind.ErrorInChunk);
            }

            message.AddError(error);
        }
        else if (root["object"u8].Is("error"u8))
        {
            // vLLM's older form has no object around it.
            message.AddError(root);
        }
        else if (!choices.IsArray && root["type"u8].IsString)
        {
            message.Report(AnomalyKind.ForeignPayload);
        }
    }

    // OpenRouter has it there where only one of the choices failed.
    private static EnvelopeValue ErrorOf(EnvelopeValue choices)
    {
        foreach (EnvelopeValue choice in choices.EnumerateArray())
        {
            if (choice["error"u8].HasValue)
            {
                return choice["error"u8];
            }
        }

        return default;
    }

    private static void ReadChoice(EnvelopeValue choice, MessageAssembler message)
    {
        long number = choice["index"u8].AsInt64() ?? 0;
        EnvelopeValue delta = choice["delta"u8];
        bool isWhole = !delta.HasValue && choice["message"u8].IsObject;
        delta = isWhole ? choice["message"u8] : delta;

        ReadReasoning(delta, number, message);
        ReadContent(delta["content"u8], number, message);
        ReadAudio(delta, number, message);
        message.AppendText(MessageItemKind.Refusal, number, MessageAssembler.NoIndex, delta["refusal"u8]);
        ReadCalls(delta["tool_calls"u8], number, isWhole, message);
        ReadFunctionCall(delta["function_call"u8], number, message);
        message.Finish(number, choice["finish_reason"u8]);
    }

    // Who says it twice says the same: the first that there is counts. reasoning_text is Copilot's.
    private static void ReadReasoning(EnvelopeValue delta, long choice, MessageAssembler message)
    {
        EnvelopeValue reasoning = delta["reasoning_content"u8];
        reasoning = reasoning.IsText ? reasoning : delta["reasoning"u8];
        reasoning = reasoning.IsText ? reasoning : delta["reasoning_text"u8];
        message.AppendText(MessageItemKind.Reasoning, choice, MessageAssembler.NoIndex, reasoning);
        if (reasoning.IsText)
        {
            return;
        }

        foreach (EnvelopeValue detail in delta["reasoning_details"u8].EnumerateArray())
        {
            message.AppendText(MessageItemKind.Reasoning, choice, MessageAssembler.NoIndex, detail["text"u8]);
            message.AppendText(MessageItemKind.Reasoning, choice, MessageAssembler.NoIndex, detail["summary"u8]);
        }
    }

    // A string, or (Mistral) an array of text parts and of thinking parts, which hold text parts themselves.
    private static void ReadContent(EnvelopeValue content, long choice, MessageAssembler message)
    {
        message.AppendText(MessageItemKind.Text, choice, MessageAssembler.NoIndex, content);
        foreach (EnvelopeValue part in content.EnumerateArray())
        {
            EnvelopeValue thinking = part["thinking"u8];
            message.AppendText(MessageItemKind.Text, choice, MessageAssembler.NoIndex, part["text"u8]);
            message.AppendText(MessageItemKind.Reasoning, choice, MessageAssembler.NoIndex, thinking);
            foreach (EnvelopeValue thought in thinking.EnumerateArray())
            {
                message.AppendText(MessageItemKind.Reasoning, choice, MessageAssembler.NoIndex, thought["text"u8]);
            }
        }
    }

    // What is said aloud is text too: its transcript. Who also writes it writes the same.
    private static void ReadAudio(EnvelopeValue delta, long choice, MessageAssembler message)
    {
        if (!delta["content"u8].IsText)
        {
            message.AppendText(MessageItemKind.Text, choice, MessageAssembler.NoIndex, delta["audio"u8]["transcript"u8]);
        }
    }

    // An array; of the older servers of Hugging Face one object.
    private static void ReadCalls(EnvelopeValue calls, long choice, bool isWhole, MessageAssembler message)
    {
        if (calls.IsObject)
        {
            ReadCall(message.ResolveCall(choice, calls["index"u8], calls["id"u8], calls["function"u8]["name"u8], 0, 1), calls["function"u8], message);
        }

        int count = calls.CountItems();
        int position = 0;
        foreach (EnvelopeValue call in calls.EnumerateArray())
        {
            // In a whole answer a call has no index but its place.
            EnvelopeValue function = call["function"u8];
            ToolCall? open = isWhole
                ? message.StartCall(choice, message.CountCalls(choice), call["id"u8], function["name"u8])
                : message.ResolveCall(choice, call["index"u8], call["id"u8], function["name"u8], position++, count);
            ReadCall(open, function, message);
        }
    }

    private static void ReadCall(ToolCall? call, EnvelopeValue function, MessageAssembler message)
    {
        if (call is not null)
        {
            message.AppendArguments(call, function["arguments"u8]);
        }
    }

    // Before there were tools: one call, without id and index.
    private static void ReadFunctionCall(EnvelopeValue function, long choice, MessageAssembler message)
    {
        if (!function.IsObject)
        {
            return;
        }

        ToolCall? call = message.FindCall(choice, MessageAssembler.NoIndex);
        if (call is null)
        {
            call = message.StartCall(choice, MessageAssembler.NoIndex, default, function["name"u8]);
        }
        else
        {
            message.CompleteName(call, function["name"u8]);
        }

        ReadCall(call, function, message);
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
