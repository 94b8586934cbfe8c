using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Generation;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Results;

namespace StreamingJson.Benchmarks.Scaling;

/// <summary>
/// <c>--scaling [tasks] [--out FOLDER]</c>: each task by each peer at 4, 16, 64, 256 KiB and 1 MiB in 4-byte deltas, and the exponent that fits.
/// </summary>
internal static class ScalingCommand
{
    private const int DeltaBytes = 4;

    // The deltas of an answer are in it; it is read in pieces of this size.
    private const int ReadBytes = 4096;

    private static readonly int[] Lengths = [4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20];

    public static int Run(ReadOnlySpan<string> given)
    {
        var arguments = new Arguments(given, 1, "--out");
        List<MatrixTask> tasks = arguments.List(0, MatrixTask.All, MatrixTask.Get);
        ResultsHead head = ResultsHead.Begin();
        List<ScalingLine> lines = Measure(tasks, CellBudget.Default);
        ResultsFolder.Write(new BenchmarkResults(head.End(), [], [], lines, [], []), arguments.Option("--out"));
        return 0;
    }

    public static List<ScalingLine> Measure(IReadOnlyList<MatrixTask> tasks, CellBudget budget)
    {
        var lines = new List<ScalingLine>();
        foreach (MatrixTask task in tasks)
        {
            foreach (Shape shape in Shape.All)
            {
                List<ScalingLine> table = Measure(task, shape, budget);
                lines.AddRange(table);
                foreach (string line in ScalingTables.Table(table))
                {
                    Console.WriteLine(line);
                }
            }
        }

        return lines;
    }

    private static List<ScalingLine> Measure(MatrixTask task, Shape shape, CellBudget budget)
    {
        var points = new SortedList<int, List<ScalingPoint>>();
        string[] peers = [];
        ulong?[] answers = [];
        foreach (int length in Lengths)
        {
            BenchmarkDocument document = new(shape.DocumentName, shape.Name, shape.Make(length));
            MatrixInput input = task.InputOf(document, new ChunkSize(task.Protocol is null ? DeltaBytes : ReadBytes), keep: false);
            MatrixCase[] cases = [.. task.Cases(input)];
            peers = [.. cases.Select(c => c.Peer)];
            if (length == Lengths[0])
            {
                MatrixWarmUp.WarmPeers(task, document);
            }

            // Limits are met by the longest, so that what has any is asked at every length.
            if (length == Lengths[0] || task.Protocol is not null)
            {
                answers = [.. MatrixMeasurement.Answers(task, input)];
            }

            for (int i = 0; i < cases.Length; i++)
            {
                using MatrixCase @case = cases[i];
                List<ScalingPoint> line = points.TryGetValue(i, out List<ScalingPoint>? found) ? found : points[i] = [];
                bool isWrong = answers[i] is { } answer && answer != answers[0];
                if (isWrong || (line.Count > 0 && line[^1].State == CellState.BrokenOff))
                {
                    continue;
                }

                Cell cell = MatrixMeasurement.Time(task, @case, input, budget.Matrix, budget.LongestScalingRun);
                double deltas = (double)document.Utf8.Length / DeltaBytes;
                line.Add(new ScalingPoint(document.Utf8.Length, cell.NanosecondsPerByte * input.Utf8.Length / deltas, cell.State));
            }
        }

        return [.. peers.Select((peer, i) => new ScalingLine(task.Name, shape.Name, peer, points[i], Fit(points[i])))];
    }

    private static double? Fit(IEnumerable<ScalingPoint> points) => PowerFit.Exponent(
        [.. points.Where(p => p.State == CellState.Measured).Select(p => ((double)p.Bytes, p.NanosecondsPerDelta * p.Bytes))]);

    /// <summary>Documents of any length. The names are those of the matrix, where the types for them are known.</summary>
    private sealed record Shape(string Name, string DocumentName, Func<int, byte[]> Make)
    {
        public static readonly Shape[] All =
        [
            new("string", "W", SourceCodeDocument.WriteFileArguments),
            new("records", "C", RecordDocuments.Export),
        ];
    }
}
