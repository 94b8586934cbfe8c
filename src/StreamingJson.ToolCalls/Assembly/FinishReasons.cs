using System;
using System.Text;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>The finish reasons of all providers, so that a known word costs no string.</summary>
internal static class FinishReasons
{
    private static readonly (byte[] Utf8, string Word, FinishReason Reason)[] Known =
    [
        .. Words(FinishReason.Stop, "stop", "end_turn", "stop_sequence", "STOP", "COMPLETE", "STOP_SEQUENCE", "completed", "eos", "eos_token", "pause_turn", "FINISH", "FINISHED", "endoftext", "success"),
        .. Words(FinishReason.ToolCalls, "tool_calls", "tool_use", "function_call", "TOOL_CALL", "requires_action", "tool-calls", "interrupt"),
        .. Words(FinishReason.Length, "length", "max_tokens", "MAX_TOKENS", "model_length", "model_context_window_exceeded", "incomplete:max_output_tokens", "incomplete", "LENGTH"),
        .. Words(FinishReason.ContentFilter, "content_filter", "content-filter", "refusal", "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "guardrail_intervened", "content_filtered", "incomplete:content_filter", "CONTENT_FILTERED", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"),
        .. Words(FinishReason.Error, "error", "failed", "ERROR", "ERROR_TOXIC", "ERROR_LIMIT", "TIMEOUT", "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "malformed_model_output", "malformed_tool_use", "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE"),
        .. Words(FinishReason.Cancelled, "cancelled", "canceled", "abort", "USER_CANCEL"),
    ];

    /// <summary>What a provider's word means.</summary>
    /// <param name="utf8">The word.</param>
    /// <param name="word">The word as a string: a shared one, if it is known.</param>
    public static FinishReason Find(ReadOnlySpan<byte> utf8, out string word)
    {
        foreach ((byte[] known, string text, FinishReason reason) in Known)
        {
            if (utf8.SequenceEqual(known))
            {
                word = text;
                return reason;
            }
        }

        word = Utf8Buffer.ToString(utf8);
        return FinishReason.Other;
    }

    /// <summary>Whether a model that stopped for this reason had said all it wanted to say.</summary>
    public static bool IsGood(FinishReason reason) => reason is FinishReason.Stop or FinishReason.ToolCalls;

    private static (byte[] Utf8, string Word, FinishReason Reason)[] Words(FinishReason reason, params string[] words)
    {
        var table = new (byte[] Utf8, string Word, FinishReason Reason)[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            table[i] = (Encoding.ASCII.GetBytes(words[i]), words[i], reason);
        }

        return table;
    }
}
