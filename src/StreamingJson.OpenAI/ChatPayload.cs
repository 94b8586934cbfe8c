using System;
using System.Collections.Generic;
using OpenAI.Chat;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>Writes an update of Chat Completions as the chunk it was (platform.openai.com/docs/api-reference/chat-streaming).</summary>
internal static class ChatPayload
{
    public static void Write(StreamingChatCompletionUpdate update, ModelPayload payload)
    {
        payload.StartObject();
        payload.WriteString("object"u8, "chat.completion.chunk"u8);
        payload.WriteString("id"u8, update.CompletionId);
        payload.WriteString("model"u8, update.Model);
        payload.StartArray("choices"u8);
        payload.StartObject();
        payload.StartObject("delta"u8);
        WriteContent(update.ContentUpdate, payload);
        payload.WriteString("refusal"u8, update.RefusalUpdate);
        if (update.OutputAudioUpdate?.TranscriptUpdate is { } transcript)
        {
            payload.StartObject("audio"u8);
            payload.WriteString("transcript"u8, transcript);
            payload.EndObject();
        }

        WriteCalls(update.ToolCallUpdates, payload);
#pragma warning disable CS0618 // Obsolete, and still sent by models of before there were tools.
        WriteFunctionCall(update.FunctionCallUpdate, payload);
#pragma warning restore CS0618
        payload.EndObject();
        if (update.FinishReason is { } reason)
        {
            payload.WriteString("finish_reason"u8, WordOf(reason));
        }

        payload.EndObject();
        payload.EndArray();
        WriteUsage(update.Usage, payload);
        ChatErrorPayload.Write(update, payload);
        payload.EndObject();
    }

    private static void WriteContent(ChatMessageContent? content, ModelPayload payload)
    {
        if (content is null || content.Count == 0)
        {
            return;
        }

        payload.StartArray("content"u8);
        for (int i = 0; i < content.Count; i++)
        {
            payload.StartObject();
            payload.WriteString("text"u8, content[i].Text);
            payload.EndObject();
        }

        payload.EndArray();
    }

    private static void WriteCalls(IReadOnlyList<StreamingChatToolCallUpdate> calls, ModelPayload payload)
    {
        if (calls.Count == 0)
        {
            return;
        }

        payload.StartArray("tool_calls"u8);
        for (int i = 0; i < calls.Count; i++)
        {
            StreamingChatToolCallUpdate call = calls[i];
            payload.StartObject();
            payload.WriteNumber("index"u8, call.Index);
            payload.WriteString("id"u8, call.ToolCallId);
            payload.StartObject("function"u8);
            payload.WriteString("name"u8, call.FunctionName);
            payload.WriteBytes("arguments"u8, call.FunctionArgumentsUpdate);
            payload.EndObject();
            payload.EndObject();
        }

        payload.EndArray();
    }

#pragma warning disable CS0618
    private static void WriteFunctionCall(StreamingChatFunctionCallUpdate? call, ModelPayload payload)
    {
        if (call is not null)
        {
            payload.StartObject("function_call"u8);
            payload.WriteString("name"u8, call.FunctionName);
            payload.WriteBytes("arguments"u8, call.FunctionArgumentsUpdate);
            payload.EndObject();
        }
    }
#pragma warning restore CS0618

    private static ReadOnlySpan<byte> WordOf(ChatFinishReason reason) => reason switch
    {
        ChatFinishReason.Stop => "stop"u8,
        ChatFinishReason.Length => "length"u8,
        ChatFinishReason.ContentFilter => "content_filter"u8,
        ChatFinishReason.ToolCalls => "tool_calls"u8,
        ChatFinishReason.FunctionCall => "function_call"u8,
        _ => "unknown"u8,
    };

    private static void WriteUsage(ChatTokenUsage? usage, ModelPayload payload)
    {
        if (usage is null)
        {
            return;
        }

        payload.StartObject("usage"u8);
        payload.WriteNumber("prompt_tokens"u8, usage.InputTokenCount);
        payload.WriteNumber("completion_tokens"u8, usage.OutputTokenCount);
        payload.WriteNumber("total_tokens"u8, usage.TotalTokenCount);
        payload.StartObject("prompt_tokens_details"u8);
        payload.WriteNumber("cached_tokens"u8, usage.InputTokenDetails?.CachedTokenCount);
        payload.EndObject();
        payload.StartObject("completion_tokens_details"u8);
        payload.WriteNumber("reasoning_tokens"u8, usage.OutputTokenDetails?.ReasoningTokenCount);
        payload.EndObject();
        payload.EndObject();
    }
}
