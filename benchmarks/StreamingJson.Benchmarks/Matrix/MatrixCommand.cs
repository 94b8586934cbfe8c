using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Results;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// <c>--matrix [tasks] [documents] [chunk sizes] [--out FOLDER]</c>: every task by every peer in this process, as multiples of one
/// pass of Utf8JsonReader; Markdown, on the console and into the folder.
/// </summary>
internal static class MatrixCommand
{
    public static int Run(ReadOnlySpan<string> given)
    {
        var arguments = new Arguments(given, 3, "--out");
        List<MatrixTask> tasks = arguments.List(0, MatrixTask.All, MatrixTask.Get);
        List<BenchmarkDocument> documents = arguments.List(1, MatrixInputs.Documents, MatrixInputs.Find);
        List<ChunkSize> sizes = arguments.List(2, MatrixInputs.Sizes, ChunkSize.Parse);
        ResultsHead head = ResultsHead.Begin();
        List<Cell> cells = Measure(tasks, documents, sizes, CellBudget.Default);
        var results = new BenchmarkResults(head.End(), [.. documents.Select(DocumentInfo.Of)], cells, [], [], []);
        ResultsFolder.Write(results, arguments.Option("--out"));
        return ExitCode(cells);
    }

    /// <summary>1 where the library itself answers otherwise than the others.</summary>
    public static int ExitCode(IEnumerable<Cell> cells) => cells.Any(c => c.State == CellState.Wrong && Peer.IsLibrary(c.Peer)) ? 1 : 0;

    public static List<Cell> Measure(IReadOnlyList<MatrixTask> tasks, IReadOnlyList<BenchmarkDocument> documents, IReadOnlyList<ChunkSize> sizes, CellBudget budget)
    {
        var cells = new List<Cell>();
        MatrixWarmUp.WarmYardstick(documents);
        foreach (MatrixTask task in tasks)
        {
            foreach (BenchmarkDocument document in documents.Where(d => MatrixInputs.IsFor(task, d)))
            {
                MatrixWarmUp.WarmPeers(task, document);
                List<Cell> table = [.. sizes.SelectMany(s => MatrixMeasurement.Measure(task, document, s, budget.Matrix, budget.LongestRun))];
                cells.AddRange(table);
                foreach (string line in MatrixTables.Table(task.Name, DocumentInfo.Of(document), table))
                {
                    Console.WriteLine(line);
                }
            }
        }

        return cells;
    }
}
