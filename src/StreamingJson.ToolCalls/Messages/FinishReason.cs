namespace StreamingJson.ToolCalls;

/// <summary>Why a model stopped, in words that are the same for every provider.</summary>
public enum FinishReason
{
    /// <summary>Not known (yet).</summary>
    None = 0,

    /// <summary>It had finished, or met a stop sequence: <c>stop</c>, <c>end_turn</c>, <c>stop_sequence</c>, <c>STOP</c>, <c>COMPLETE</c>, <c>completed</c>.</summary>
    Stop = 1,

    /// <summary>It wants tools to be called: <c>tool_calls</c>, <c>tool_use</c>, <c>function_call</c>, <c>TOOL_CALL</c>, <c>requires_action</c>.</summary>
    ToolCalls = 2,

    /// <summary>A limit on tokens or on the context cut it: <c>length</c>, <c>max_tokens</c>, <c>MAX_TOKENS</c>, <c>model_context_window_exceeded</c>.</summary>
    Length = 3,

    /// <summary>It was stopped because of what it said, or refused: <c>content_filter</c>, <c>refusal</c>, <c>SAFETY</c>, <c>guardrail_intervened</c>.</summary>
    ContentFilter = 4,

    /// <summary>It failed: <c>error</c>, <c>failed</c>, <c>MALFORMED_FUNCTION_CALL</c>.</summary>
    Error = 5,

    /// <summary>It was cancelled: <c>cancelled</c>, <c>abort</c>.</summary>
    Cancelled = 6,

    /// <summary>A word that this library does not know; the provider's own is beside it.</summary>
    Other = 7,
}
