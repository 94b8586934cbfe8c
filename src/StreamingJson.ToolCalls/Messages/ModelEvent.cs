using System;
using System.Runtime.CompilerServices;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>One thing that happened in a model's stream.</summary>
/// <remarks>
/// A value that points into the <see cref="ModelStreamReader"/> it came from. It may be kept until that reader's
/// <see cref="ModelStreamReader.Reset"/> or <see cref="ModelStreamReader.Dispose"/>; spans taken from it until the next call on the reader.
/// </remarks>
public readonly struct ModelEvent
{
    internal readonly int Start;
    internal readonly int Length;
    internal readonly int Code;

    // Inlined, so that it is made where it is wanted. Avoids a store-forwarding stall: written as two 32-bit stores, copied as one 64-bit load.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ModelEvent(ModelEventKind kind, MessageItem? item = null, int choice = 0, int start = 0, int length = 0, int code = 0, string? detail = null)
    {
        Kind = kind;
        Item = item;
        Choice = item?.Choice ?? choice;
        Start = start;
        Length = length;
        Code = code;
        Detail = detail;
    }

    /// <summary>What happened.</summary>
    public ModelEventKind Kind { get; }

    /// <summary>The text, reasoning, refusal or tool call that it happened to; <see langword="null"/> if to the message.</summary>
    public MessageItem? Item { get; }

    /// <summary>The tool call that it happened to; <see langword="null"/> if to something else.</summary>
    public ToolCall? ToolCall => Item as ToolCall;

    /// <summary>The 0-based index of the choice (<c>n</c> &gt; 1); 0 if the API has none.</summary>
    public int Choice { get; }

    /// <summary>
    /// For a delta, what was added: UTF-8, whole scalar values, never empty. For arguments it is JSON text, cut anywhere. A slice of
    /// <see cref="MessageItem.TextUtf8"/>: valid until the next call on the reader.
    /// </summary>
    public ReadOnlySpan<byte> TextUtf8 => Item is null || Length == 0 ? default : Item.TextUtf8.Slice(Start, Length);

    /// <summary>For <see cref="ModelEventKind.Finished"/>, the reason in the words of this library.</summary>
    public FinishReason FinishReason => Kind == ModelEventKind.Finished ? (FinishReason)Code : FinishReason.None;

    /// <summary>For <see cref="ModelEventKind.Anomaly"/>, its kind.</summary>
    public AnomalyKind AnomalyKind => Kind == ModelEventKind.Anomaly ? (AnomalyKind)Code : AnomalyKind.None;

    /// <summary>The provider's own finish reason; the message of an error; more about an anomaly.</summary>
    public string? Detail { get; }

    /// <summary>For a delta, its text as a new string at each call.</summary>
    public string GetText() => Utf8Buffer.ToString(TextUtf8);
}
