namespace StreamingJson.ToolCalls;

/// <summary>What a <see cref="ModelEvent"/> tells.</summary>
public enum ModelEventKind
{
    /// <summary>No event: <c>default</c>.</summary>
    None = 0,

    /// <summary>A message began: <see cref="ModelMessage.Id"/> and <see cref="ModelMessage.Model"/>, if the provider gives them.</summary>
    MessageStarted = 1,

    /// <summary>Visible text grew by <see cref="ModelEvent.TextUtf8"/>.</summary>
    TextDelta = 2,

    /// <summary>Reasoning grew by <see cref="ModelEvent.TextUtf8"/>.</summary>
    ReasoningDelta = 3,

    /// <summary>A refusal grew by <see cref="ModelEvent.TextUtf8"/>.</summary>
    RefusalDelta = 4,

    /// <summary>A tool call began: its index, choice and, if known yet, its id and name.</summary>
    ToolCallStarted = 5,

    /// <summary>The arguments grew by <see cref="ModelEvent.TextUtf8"/>; what the parser made of it is in <see cref="ToolCall.Arguments"/>.</summary>
    ArgumentsDelta = 6,

    /// <summary>
    /// A tool call ended. <see cref="ToolCall.Outcome"/> and <see cref="ToolCall.IsSafeToExecute"/> hold as far as is known; what the
    /// provider sends before <see cref="StreamEnded"/> can still withdraw the verdict.
    /// </summary>
    ToolCallEnded = 7,

    /// <summary>Why the model stopped: <see cref="ModelEvent.FinishReason"/>, and in the provider's own word <see cref="ModelEvent.Detail"/>.</summary>
    Finished = 8,

    /// <summary><see cref="ModelMessage.Usage"/> has new numbers.</summary>
    Usage = 9,

    /// <summary>The provider reported an error: the newest of <see cref="ModelMessage.Errors"/>.</summary>
    Error = 10,

    /// <summary>An irregularity that the reader recovered from: <see cref="ModelEvent.AnomalyKind"/>.</summary>
    Anomaly = 11,

    /// <summary>Nothing follows: <see cref="ModelMessage.Outcome"/> is final.</summary>
    StreamEnded = 12,
}
