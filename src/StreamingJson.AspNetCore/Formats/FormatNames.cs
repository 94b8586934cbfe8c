using System;
using System.Text;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>Words on the wire that several formats use.</summary>
internal static class FormatNames
{
    /// <summary>The id of a call, which its result goes back with: the provider's, or for one that gives none its own: <c>call_2</c>.</summary>
    public static byte[] IdOf(ToolCall call, int number) =>
        call.IdUtf8.IsEmpty ? Encoding.UTF8.GetBytes(FormattableString.Invariant($"call_{number}")) : call.IdUtf8.ToArray();

    /// <summary>The id of a text within the answer: its number, and of a later part also that: <c>2</c>, <c>2.1</c>.</summary>
    public static string IdOf(ForwardedItem item) =>
        item.Part == 0 ? FormattableString.Invariant($"{item.Number}") : FormattableString.Invariant($"{item.Number}.{item.Part}");

    /// <summary>complete, truncated, invalid, ...</summary>
    public static string Of(ForwardOutcome outcome) => outcome switch
    {
        ForwardOutcome.Complete => "complete",
        ForwardOutcome.ProviderError => "provider_error",
        ForwardOutcome.Truncated => "truncated",
        ForwardOutcome.Invalid => "invalid",
        ForwardOutcome.Stopped => "stopped",
        ForwardOutcome.ClientAborted => "client_aborted",
        ForwardOutcome.Failed => "failed",
        _ => "running",
    };

    /// <summary>open, complete, truncated or invalid.</summary>
    public static string Of(ToolCallOutcome outcome) => outcome switch
    {
        ToolCallOutcome.Complete => "complete",
        ToolCallOutcome.Truncated => "truncated",
        ToolCallOutcome.Invalid => "invalid",
        _ => "open",
    };

    /// <summary>Reasons in the words of the AI SDK.</summary>
    public static string Of(FinishReason reason) => reason switch
    {
        FinishReason.Stop => "stop",
        FinishReason.ToolCalls => "tool-calls",
        FinishReason.Length => "length",
        FinishReason.ContentFilter => "content-filter",
        FinishReason.Error => "error",
        _ => "other",
    };

    /// <summary>Reasons in snake case, as all words of the documents that are patched.</summary>
    public static string SnakeOf(FinishReason reason) => Of(reason).Replace('-', '_');
}
