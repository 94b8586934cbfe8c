using System;
using System.Threading;

namespace StreamingJson.Binding;

/// <summary>
/// How often a consumer wants to look at a growing value. Immutable; may be shared.
/// </summary>
/// <remarks>
/// A state is delivered when the first of these happens since the last delivery: <see cref="Interval"/> passed (so the first state, and
/// the first after a pause, comes at once, and one that is held back comes by a timer, even if no more input does),
/// <see cref="Bytes"/> came, or <see cref="OnCompletion"/> something completed. The last state is always delivered.
/// </remarks>
public sealed record Pace
{
    // What a timer takes.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>
    /// The least time between deliveries, unless something else asks for one. Zero, the default: whenever the consumer asks for more and
    /// there is something new. <see cref="Timeout.InfiniteTimeSpan"/>: the time does not matter.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or longer than 49 days.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value <= LongestInterval)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, $"{nameof(Interval)} is at least zero and at most 49 days, or Timeout.InfiniteTimeSpan.");
    }

    /// <summary>Also delivers when this many bytes of the text came since the last delivery, at least 1; null, the default: they do not matter.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? Bytes { get; init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Bytes), value, $"{nameof(Bytes)} is at least 1, or null."); }

    /// <summary>
    /// Whether a state in which any value completed is delivered at once: it is neither held back nor replaced by a newer one. False by
    /// default: what completed is then complete in the next state that is delivered.
    /// </summary>
    public bool OnCompletion { get; init; }

    /// <summary>The clock and its timers; <see cref="TimeProvider.System"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = TimeProvider.System;

    /// <summary>At most one state in each interval: <c>Pace.Every(TimeSpan.FromMilliseconds(50)) with { OnCompletion = true }</c>.</summary>
    /// <inheritdoc cref="Interval"/>
    /// <param name="interval">The least time between deliveries.</param>
    public static Pace Every(TimeSpan interval) => new() { Interval = interval };
}
