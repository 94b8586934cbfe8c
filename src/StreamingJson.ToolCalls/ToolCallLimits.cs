namespace StreamingJson.ToolCalls;

/// <summary>
/// The caps on what a stream may make a reader hold. What exceeds them is refused, with an outcome of the call it belongs to, before memory is
/// taken. Immutable; may be shared.
/// </summary>
public sealed record ToolCallLimits
{
    /// <summary>128 open calls, index jump 1,024, 16 MiB of arguments and 65,536 fragments a call, 10,000 items, 64 MiB of text, names of 4,096 bytes.</summary>
    public static ToolCallLimits Default { get; } = new();

    /// <summary>How many calls may be open at once, over all choices. 128.</summary>
    public int MaxOpenCalls { get; init; } = 128;

    /// <summary>How far the index of a new call may lie beyond the highest one so far; also the highest choice. 1,024.</summary>
    public int MaxIndexJump { get; init; } = 1024;

    /// <summary>The longest arguments of one call, in bytes of UTF-8. 16 MiB.</summary>
    public int MaxArgumentsBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most pieces that the arguments of one call may come in, empty ones included. 65,536.</summary>
    public int MaxFragments { get; init; } = 65_536;

    /// <summary>The most items of one message: texts, and calls open or ended. 10,000.</summary>
    public int MaxItems { get; init; } = 10_000;

    /// <summary>The most text, reasoning and refusals that are kept of one message, in bytes of UTF-8. 64 MiB.</summary>
    public int MaxTextBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest id, name or model, in bytes of UTF-8. 4,096.</summary>
    public int MaxNameBytes { get; init; } = 4096;
}
