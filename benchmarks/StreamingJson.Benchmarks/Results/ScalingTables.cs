using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Results;

/// <summary>How the cost of a delta grows with the document, as Markdown.</summary>
internal static class ScalingTables
{
    public static IEnumerable<string> Page(BenchmarkResults results) =>
    [
        "# The cost of a delta as the document grows",
        string.Empty,
        .. Pages.Head(results.Head),
        string.Empty,
        "Nanoseconds for each 4 bytes of the document, which arrive as deltas of 4 bytes (of answers: as deltas in the answer, which is read in pieces of 4 KiB).",
        "`string`: source code in one string. `records`: an array of records. The exponent is the k of time ~ length^k that fits the points of a row by least squares; 1 is linear, 2 quadratic.",
        "`> N`: broken off when it had taken that much; it is not part of the fit, and what is longer was not run.",
        .. results.Scaling.GroupBy(l => (l.Task, l.Shape)).SelectMany(g => (IEnumerable<string>)[.. Table([.. g]), string.Empty, $"![{g.Key.Task}, {g.Key.Shape}]({PlotName(g.Key.Task, g.Key.Shape)})"]),
    ];

    public static string PlotName(string task, string shape) => $"scaling-{task}-{shape}.svg";

    public static IEnumerable<string> Table(IReadOnlyList<ScalingLine> lines)
    {
        if (lines.Count == 0)
        {
            yield break;
        }

        int[] lengths = [.. lines.SelectMany(l => l.Points).Select(p => p.Bytes).Distinct().Order()];
        yield return string.Empty;
        yield return Pages.Row([$"{lines[0].Task}, {lines[0].Shape}; ns/delta", .. lengths.Select(Length), "exponent"]);
        yield return Pages.Rule(lengths.Length + 2);
        foreach (ScalingLine line in lines)
        {
            yield return Pages.Row([line.Peer, .. lengths.Select(length => Text(line.Points.FirstOrDefault(p => p.Bytes == length))), Exponent(line)]);
        }

        yield return string.Empty;
        yield return "*The exponent is of this range alone, and caches are in it: a linear peer whose data no longer fits one of them reads as a little more than 1. " + MatrixTask.Get(lines[0].Task).Caveat + "*";
    }

    public static string Length(int bytes) => bytes < 1000 * 1024 ? $"{(bytes + 512) / 1024} KiB" : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");

    // With the points it is fitted over, where they are not all.
    private static string Exponent(ScalingLine line)
    {
        int measured = line.Points.Count(p => p.State == CellState.Measured);
        string over = line.Points.Any(p => p.State != CellState.Measured) ? $" over {measured}" : string.Empty;
        return (line.Exponent?.ToString("0.00", CultureInfo.InvariantCulture) ?? "?") + over;
    }

    private static string Text(ScalingPoint? point) => point is null ? string.Empty : (point.State == CellState.BrokenOff ? "> " : string.Empty) + Figures.Short(point.NanosecondsPerDelta);
}
