using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Results;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>
/// <c>--peers [runtimes] [documents] [chunk sizes] [--out FOLDER]</c>: the matrix of this process at three chunk sizes, then the peers of other runtimes that
/// are present, in tables of their own.
/// </summary>
internal static class PeersCommand
{
    /// <summary>What is measured where nothing else is asked for.</summary>
    public static readonly ChunkSize[] Sizes = [new(4), new(64), ChunkSize.Whole];

    /// <inheritdoc cref="Sizes"/>
    public static IReadOnlyList<BenchmarkDocument> Documents { get; } = [.. MatrixInputs.Documents.Where(d => d.Name != "W")];

    public static int Run(ReadOnlySpan<string> given)
    {
        var arguments = new Arguments(given, 3, "--out");
        List<PeerRuntime> runtimes = arguments.List(0, PeerRuntime.All, PeerRuntime.Get);
        List<BenchmarkDocument> documents = arguments.List(1, Documents, MatrixInputs.Find);
        List<ChunkSize> sizes = arguments.List(2, Sizes, ChunkSize.Parse);
        ResultsHead head = ResultsHead.Begin();
        List<Cell> matrix = MatrixCommand.Measure(MatrixTask.All, documents, sizes, CellBudget.Default);
        var leftOut = new List<string>();
        List<Cell> others = OutsideMeasurement.Measure(runtimes, documents, sizes, CellBudget.Default, leftOut);
        var results = new BenchmarkResults(head.End(), [.. documents.Select(DocumentInfo.Of)], matrix, [], others, leftOut);
        foreach (string line in PeerTables.Page(results))
        {
            Console.WriteLine(line);
        }

        ResultsFolder.Write(results, arguments.Option("--out"));
        return MatrixCommand.ExitCode(matrix);
    }
}
