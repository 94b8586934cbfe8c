using System;
using System.Globalization;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>How long a cell is timed, in processor time, after as long a warm-up; all the rest follows from that of the matrix.</summary>
internal sealed record CellBudget(TimeSpan Matrix)
{
    public static readonly CellBudget Default = new(TimeSpan.FromMilliseconds(60));

    /// <summary>What a run of the matrix may take before it is broken off.</summary>
    public TimeSpan LongestRun => Matrix * 5;

    /// <summary>The same of a run that shows how the cost grows: quadratic peers are to get past 64 KiB.</summary>
    public TimeSpan LongestScalingRun => Matrix * 40;

    /// <summary>A cell of another runtime, whose compiler warms up in it.</summary>
    public TimeSpan OtherRuntimes => Matrix * 6;

    /// <summary>From milliseconds; the default where there are none.</summary>
    public static CellBudget Parse(string? milliseconds) =>
        milliseconds is null ? Default
        : int.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is > 0 and <= 10_000 ? new(TimeSpan.FromMilliseconds(value))
        : throw new UsageException($"'{milliseconds}' is no number of milliseconds from 1 to 10000.");
}
