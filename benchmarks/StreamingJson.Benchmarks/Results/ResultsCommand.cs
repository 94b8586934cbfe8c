using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Peers;
using StreamingJson.Benchmarks.Scaling;

namespace StreamingJson.Benchmarks.Results;

/// <summary>
/// <c>--results [--out FOLDER] [--budget MILLISECONDS]</c>: the whole matrix, scaling and the peers of other runtimes, into <c>benchmarks/results/CPU</c>, and the README's table from there.
/// </summary>
internal static class ResultsCommand
{
    public static readonly string Root = Path.Combine("benchmarks", "results");

    public static int Run(ReadOnlySpan<string> given)
    {
        var arguments = new Arguments(given, 0, "--out", "--budget");
        string? wanted = arguments.Option("--out");
        CellBudget budget = CellBudget.Parse(arguments.Option("--budget"));
        string folder = wanted ?? Path.Combine(Repository.Find("benchmarks") ?? throw new UsageException("The program is not among its sources: name a folder by --out."), "results", ResultsFolder.NameOf(Machine.Processor));
        long start = Stopwatch.GetTimestamp();
        ResultsHead head = ResultsHead.Begin();
        List<Cell> matrix = MatrixCommand.Measure(MatrixTask.All, MatrixInputs.Documents, MatrixInputs.Sizes, budget);
        Console.WriteLine($"The matrix took {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        List<ScalingLine> scaling = ScalingCommand.Measure(MatrixTask.All, budget);
        Console.WriteLine($"With scaling {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        var leftOut = new List<string>();
        List<Cell> others = OutsideMeasurement.Measure(PeerRuntime.All, PeersCommand.Documents, PeersCommand.Sizes, budget, leftOut);
        var results = new BenchmarkResults(head.End(), [.. MatrixInputs.Documents.Select(DocumentInfo.Of)], matrix, scaling, others, leftOut);
        ResultsFolder.Write(results, folder);
        int code = MatrixCommand.ExitCode(matrix);
        Console.WriteLine($"All of it took {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        return wanted is null && code == 0 ? ReadmeCommand.Run() : code;
    }
}
