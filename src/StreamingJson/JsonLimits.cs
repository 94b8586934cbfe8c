using System;
using System.Runtime.CompilerServices;

namespace StreamingJson;

/// <summary>
/// The caps on what a parser accepts. Input beyond a limit is refused at its first byte, before memory is taken for it, at the same offset
/// whatever the chunks (law 11). Immutable; may be shared.
/// </summary>
public sealed record JsonLimits
{
    /// <summary>The most bytes that any limit on one name, string or number may allow: 67,108,863.</summary>
    public const int LargestTokenBytes = (1 << 26) - 1;

    /// <summary>The most bytes that a parser which retains the text takes, whatever <see cref="MaxDocumentBytes"/> allows: 2,130,706,432.</summary>
    public const int LargestRetainedBytes = 0x7F000000;

    /// <summary>Depth 64, names 50,000 bytes, strings 20 MiB, numbers 1,000 bytes, documents 64 MiB.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>Depth 1,000, and the largest value of every other limit.</summary>
    public static JsonLimits Trusted { get; } = new()
    {
        MaxDepth = 1_000,
        MaxNameBytes = LargestTokenBytes,
        MaxStringBytes = LargestTokenBytes,
        MaxNumberBytes = LargestTokenBytes,
        MaxDocumentBytes = long.MaxValue,
    };

    /// <summary>How many containers may be open at once. 64 by default, as in System.Text.Json; at least 1, at most 1,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxDepth { get; init => field = InRange(value, 1_000_000); } = 64;

    /// <summary>The longest property name: UTF-8 bytes between the quotes, as written. 50,000 by default; at least 1, at most <see cref="LargestTokenBytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxNameBytes { get; init => field = InRange(value, LargestTokenBytes); } = 50_000;

    /// <summary>The longest string value: UTF-8 bytes between the quotes, as written. 20 MiB by default; at least 1, at most <see cref="LargestTokenBytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxStringBytes { get; init => field = InRange(value, LargestTokenBytes); } = 20 * 1024 * 1024;

    /// <summary>The longest number, in bytes as written. 1,000 by default; at least 1, at most <see cref="LargestTokenBytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxNumberBytes { get; init => field = InRange(value, LargestTokenBytes); } = 1_000;

    /// <summary>
    /// The longest text, in bytes, whitespace included; with several root values all of them together. 64 MiB by default; at least 1.
    /// A parser that retains the text takes at most <see cref="LargestRetainedBytes"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxDocumentBytes { get; init => field = InRange(value, long.MaxValue); } = 64 * 1024 * 1024;

    private static int InRange(int value, int largest, [CallerMemberName] string limit = "") => (int)InRange((long)value, largest, limit);

    private static long InRange(long value, long largest, [CallerMemberName] string limit = "") => value >= 1 && value <= largest
        ? value
        : throw new ArgumentOutOfRangeException(limit, value, FormattableString.Invariant($"{limit} is at least 1 and at most {largest:N0}."));
}
