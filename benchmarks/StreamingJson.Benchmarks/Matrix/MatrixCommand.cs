using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Gate;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// <c>--matrix [tasks] [documents] [chunk sizes] [--out FOLDER]</c>, lists with commas or <c>*</c>: every task by every peer in this process, as multiples of one
/// pass of Utf8JsonReader; Markdown, on the console and into the folder.
/// </summary>
internal static class MatrixCommand
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(120);

    public static int Run(ReadOnlySpan<string> arguments)
    {
        List<MatrixTask> tasks;
        List<BenchmarkDocument> documents;
        List<ChunkSize> sizes;
        string? folder = null;
        try
        {
            if (arguments is [.., "--out", var path])
            {
                folder = path;
                arguments = arguments[..^2];
            }

            if (arguments.Length > 3 || arguments.ToArray().Any(a => a.StartsWith('-')))
            {
                throw new ArgumentException("There are three lists and --out FOLDER, no more.", nameof(arguments));
            }

            tasks = Wanted(arguments, 0) is { } names ? [.. names.Select(MatrixTask.Get)] : [.. MatrixTask.All];
            documents = Wanted(arguments, 1) is { } letters ? [.. letters.Select(Find)] : [.. MatrixInputs.Documents];
            sizes = Wanted(arguments, 2) is { } chunks ? [.. chunks.Select(ChunkSize.Parse)] : [.. MeterGate.Sizes];
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("Usage: --matrix [tasks] [documents] [chunk sizes] [--out FOLDER], lists with commas or '*'.");
            return 64;
        }

        using var report = new MatrixReport(folder);
        report.WriteHead(documents);
        bool isRight = true;
        foreach (MatrixTask task in tasks)
        {
            report.WriteTask(task);
            foreach (BenchmarkDocument document in documents)
            {
                List<(ChunkSize Size, List<MatrixCell> Cells)> rows = [.. sizes.Select(s => (s, MatrixMeasurement.Measure(task, new MatrixInput(document, s, MatrixInputs.FieldOf(document)), Budget)))];
                isRight &= rows.TrueForAll(r => r.Cells.Count == 0 || !r.Cells[0].IsWrong);
                report.WriteTable(document, rows);
            }
        }

        return isRight ? 0 : 1;
    }

    private static string[]? Wanted(ReadOnlySpan<string> arguments, int index) =>
        index < arguments.Length && arguments[index] != "*" ? arguments[index].Split(',') : null;

    private static BenchmarkDocument Find(string name) =>
        MatrixInputs.Documents.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"No document '{name}'; there are {string.Join(", ", MatrixInputs.Documents)}.", nameof(name));
}
