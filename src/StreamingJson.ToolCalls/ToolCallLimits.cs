using System;

namespace StreamingJson.ToolCalls;

/// <summary>
/// The caps on what a stream may make a reader hold. What is beyond them is refused with an outcome of the call it belongs to, before memory is
/// taken. Any may be 0. Immutable; may be shared.
/// </summary>
public sealed record ToolCallLimits
{
    /// <summary>The most that <see cref="MaxIndexJump"/> may allow, since what is known of each choice is found by its number: 1,000,000.</summary>
    public const int LargestIndexJump = 1_000_000;

    /// <summary>128 open calls, index jump 1,024, 16 MiB of arguments and 65,536 fragments a call, 10,000 items, 64 MiB of text, names of 4,096 bytes.</summary>
    public static ToolCallLimits Default { get; } = new();

    /// <summary>How many calls may be open at once, over all choices. 128.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxOpenCalls { get; init => field = InRange(value, int.MaxValue); } = 128;

    /// <summary>How far the index of a new call may lie beyond the highest one so far; also the highest choice. 1,024 by default; at most <see cref="LargestIndexJump"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or too large.</exception>
    public int MaxIndexJump { get; init => field = InRange(value, LargestIndexJump); } = 1024;

    /// <summary>The longest arguments of one call, in bytes of UTF-8. 16 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxArgumentsBytes { get; init => field = InRange(value, int.MaxValue); } = 16 * 1024 * 1024;

    /// <summary>The most pieces that the arguments of one call may come in, empty ones included. 65,536.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxFragments { get; init => field = InRange(value, int.MaxValue); } = 65_536;

    /// <summary>The most items of one message: texts, and calls open or ended. 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxItems { get; init => field = InRange(value, int.MaxValue); } = 10_000;

    /// <summary>The most text, reasoning and refusals that are kept of one message, in bytes of UTF-8. 64 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxTextBytes { get; init => field = InRange(value, int.MaxValue); } = 64 * 1024 * 1024;

    /// <summary>The longest id, name or model, in bytes of UTF-8. 4,096.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxNameBytes { get; init => field = InRange(value, int.MaxValue); } = 4096;

    private static int InRange(int value, int largest) =>
        value >= 0 && value <= largest ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
