namespace StreamingJson.ToolCalls;

/// <summary>How a tool call ended.</summary>
public enum ToolCallOutcome
{
    /// <summary>It has not ended.</summary>
    Open = 0,

    /// <summary>It ended explicitly, and its arguments are whole: a closed JSON root, or nothing at all, which means <c>{}</c>.</summary>
    Complete = 1,

    /// <summary>It was cut: the arguments are only the beginning of a JSON text, or the stream ended before the call did.</summary>
    Truncated = 2,

    /// <summary>The arguments are not the beginning of any JSON text, or a limit was met.</summary>
    Invalid = 3,
}

/// <summary>What the text of a call's arguments is.</summary>
public enum ArgumentsState
{
    /// <summary>More may come.</summary>
    Partial = 0,

    /// <summary>One whole JSON text.</summary>
    Valid = 1,

    /// <summary>Nothing, or blanks only: the provider's way to write <c>{}</c>.</summary>
    Empty = 2,

    /// <summary>Only the beginning of a JSON text.</summary>
    Truncated = 3,

    /// <summary>Not JSON, and not the beginning of it.</summary>
    Invalid = 4,

    /// <summary>Free text of a custom tool, which is not meant to be JSON.</summary>
    Raw = 5,
}
