namespace StreamingJson;

/// <summary>How far a text got (law 6).</summary>
public enum JsonOutcome
{
    /// <summary>All bytes so far are the beginning of a valid JSON text, and more may come.</summary>
    Partial = 0,

    /// <summary>The end was declared, and the text is a valid JSON text. Nothing that merely parses so far is ever complete.</summary>
    Complete = 1,

    /// <summary>The end was declared, and the text is only the beginning of a valid one.</summary>
    Truncated = 2,

    /// <summary>The bytes so far are not the beginning of any valid JSON text, or exceed a limit.</summary>
    Invalid = 3,
}
