using System;
using System.Collections.Generic;

namespace StreamingJson.ToolCalls;

/// <summary>The times and offsets of one text, reasoning, refusal or tool call.</summary>
/// <remarks>Part of a <see cref="StreamReport"/>; it lives as long as that.</remarks>
public sealed class ItemReport
{
    private readonly List<PathReport> _paths = new();

    internal ItemReport(MessageItem item, TimeSpan startedAt, long startWireOffset)
    {
        Kind = item.Kind;
        Index = item.Index;
        Choice = item.Choice;
        StartedAt = startedAt;
        StartWireOffset = startWireOffset;
    }

    /// <summary>What the item is.</summary>
    public MessageItemKind Kind { get; }

    /// <summary>The provider's index of the item in the message; -1 where the API has none.</summary>
    public long Index { get; }

    /// <summary>The 0-based index of the alternative answer it belongs to; 0 where the API has none.</summary>
    public int Choice { get; }

    /// <summary>The name of the tool of a call; empty for other items, and while none is known.</summary>
    public string ToolName { get; internal set; } = string.Empty;

    /// <summary>When its first event arrived, since the start of the stream.</summary>
    public TimeSpan StartedAt { get; }

    /// <summary>The 0-based offset, in bytes of the stream, of the event, line or message that it began with.</summary>
    public long StartWireOffset { get; }

    /// <summary>When the call ended, since the start of the stream; <see langword="null"/> if it did not, or is no call.</summary>
    public TimeSpan? EndedAt { get; internal set; }

    /// <summary>How the call ended, or, once the stream has, what became of it; <see cref="ToolCallOutcome.Open"/> if it did not end, or is no call.</summary>
    public ToolCallOutcome Outcome { get; internal set; }

    /// <summary>What <see cref="ToolCall.IsSafeToExecute"/> said when the call ended; once the stream has ended, what it said then: a verdict may be withdrawn in between.</summary>
    public bool IsSafeToExecute { get; internal set; }

    /// <summary>How many deltas it came in.</summary>
    public long DeltaCount { get; internal set; }

    /// <summary>How many bytes of text (UTF-8) the deltas had.</summary>
    public long TextBytes { get; internal set; }

    /// <summary>
    /// The values of its JSON text in document order, parents before children: of a call the arguments, of a text the structured output
    /// (<see cref="ModelStreamOptions.ReadTextAsJson"/>). At most <see cref="StreamTelemetryOptions.MaxPaths"/> over the whole stream.
    /// </summary>
    public IReadOnlyList<PathReport> Paths => _paths;

    internal List<PathReport> PathList => _paths;
}
