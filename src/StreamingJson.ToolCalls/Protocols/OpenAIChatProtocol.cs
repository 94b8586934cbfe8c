using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// OpenAI Chat Completions (<c>chat.completion.chunk</c>, platform.openai.com/docs/api-reference/chat-streaming) and its many look-alikes: Azure, Groq,
/// xAI, DeepSeek, OpenRouter, Mistral, Together, vLLM, llama.cpp, Ollama <c>/v1</c>, Writer, Perplexity, Hugging Face, and others.
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

        ReadUsage(root["usage"u8], message);
    }

    private static void ReadError(EnvelopeValue root, EnvelopeValue choices, MessageAssembler message)
    {
        EnvelopeValue error = root["error"u8];
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

    private static void ReadChoice(EnvelopeValue choice, MessageAssembler message)
    {
        long number = choice["index"u8].AsInt64() ?? 0;
        EnvelopeValue delta = choice["delta"u8];

        EnvelopeValue reasoning = delta["reasoning_content"u8];
        message.AppendText(MessageItemKind.Reasoning, number, MessageAssembler.NoIndex, reasoning.IsText ? reasoning : delta["reasoning"u8]);
        ReadContent(delta["content"u8], number, message);
        message.AppendText(MessageItemKind.Refusal, number, MessageAssembler.NoIndex, delta["refusal"u8]);

        EnvelopeValue calls = delta["tool_calls"u8];
        int count = calls.CountItems();
        int position = 0;
        foreach (EnvelopeValue call in calls.EnumerateArray())
        {
            EnvelopeValue function = call["function"u8];
            ReadCall(message.ResolveCall(number, call["index"u8], call["id"u8], function["name"u8], position++, count), function, message);
        }

        ReadFunctionCall(delta["function_call"u8], number, message);
        message.Finish(number, choice["finish_reason"u8]);
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
