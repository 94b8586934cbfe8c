using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Plots;

namespace StreamingJson.Benchmarks.Results;

/// <summary>The cost of a delta over the length of the document, a plot for each task and shape.</summary>
internal static class ScalingPlots
{
    public static IEnumerable<(string File, string Svg)> All(BenchmarkResults results) => results.Scaling
        .GroupBy(l => (l.Task, l.Shape))
        .Where(g => g.Any(l => l.Points.Any(p => p.State == CellState.Measured)))
        .Select(g => (ScalingTables.PlotName(g.Key.Task, g.Key.Shape), Plot(g.Key.Task, g.Key.Shape, results.Head, [.. g]).ToSvg()));

    private static LinePlot Plot(string task, string shape, ResultsHead head, IReadOnlyList<ScalingLine> lines) => new(
        $"{task}: time for each delta of 4 bytes, {(shape == "string" ? "source code in one string" : "an array of records")}",
        $"{head.Cpu}, {head.Runtime}; flat is linear in the document{(head.IsBusy ? "; measured on a busy machine" : string.Empty)}",
        [.. lines.Select(l => new PlotLine(
            l.Peer + (l.Exponent is { } k ? string.Create(CultureInfo.InvariantCulture, $"  n^{k:0.00}") : string.Empty),
            [.. l.Points.Where(p => p.State == CellState.Measured).Select(p => ((double)p.Bytes, p.NanosecondsPerDelta))],
            Peer.IsLibrary(l.Peer)))],
        bytes => ScalingTables.Length((int)bytes),
        Time);

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 999 => nanoseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ns",
        < 999_999 => (nanoseconds / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " µs",
        _ => (nanoseconds / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " ms",
    };
}
