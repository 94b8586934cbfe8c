using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Results;

/// <summary>The matrix as Markdown.</summary>
internal static class MatrixTables
{
    private const string OverviewDocument = "P";
    private const string OverviewChunk = "4";

    public static IEnumerable<string> Page(BenchmarkResults results) =>
    [
        "# Tasks and peers, in one process",
        string.Empty,
        .. Pages.Head(results.Head),
        string.Empty,
        "Multiples of one pass of `Utf8JsonReader` over the whole document (of answers: over the JSON of all payloads), measured just before and after each run; the median of the runs of a cell.",
        "`> N`: broken off when it had taken that much. `wrong`: another answer than the first peer's. B/chunk: bytes allocated for each chunk, at the smallest chunks that were measured.",
        string.Empty,
        .. Pages.Documents(results),
        .. Overview(results.Matrix),
        .. results.Matrix.GroupBy(c => c.Task).SelectMany(task => Section(results, task.Key, [.. task])),
    ];

    /// <summary>Peers and tasks at a glance: a cell is empty where the peer cannot do the task.</summary>
    public static IEnumerable<string> Overview(IReadOnlyList<Cell> matrix)
    {
        List<Cell> cells = [.. matrix.Where(c => c.Document == OverviewDocument && c.Chunk == OverviewChunk)];
        if (cells.Count == 0)
        {
            return [];
        }

        string[] tasks = [.. cells.Select(c => c.Task).Distinct()];
        string[] peers = [.. Peer.All.Where(p => cells.Exists(c => c.Peer == p))];
        return
        [
            string.Empty,
            $"## At a glance: document {OverviewDocument} in chunks of {OverviewChunk}",
            string.Empty,
            Pages.Row(["peer", .. tasks]),
            Pages.Rule(tasks.Length + 1),
            .. peers.Select(p => Pages.Row([p, .. tasks.Select(t => cells.Find(c => c.Peer == p && c.Task == t)?.Text ?? string.Empty)])),
            string.Empty,
            "*An empty cell: the peer cannot do the task, or there is no array in the document. The columns are different work and are not to be compared with one another.*",
        ];
    }

    /// <summary>One task on one document.</summary>
    public static IEnumerable<string> Table(string task, DocumentInfo document, IReadOnlyList<Cell> cells)
    {
        string[] chunks = [.. cells.Select(c => c.Chunk).Distinct()];
        string[] peers = [.. cells.Select(c => c.Peer).Distinct().OrderBy(p => Array.IndexOf(Peer.All, p))];
        if (peers.Length == 0)
        {
            yield break;
        }

        bool hasNeeded = cells.Any(c => c.BytesNeeded > 0);
        yield return string.Empty;
        yield return Pages.Row([$"{task}, {document.Name}, chunks of", .. chunks, "B/chunk", .. hasNeeded ? ["bytes needed", "µs"] : Array.Empty<string>()]);
        yield return Pages.Rule(chunks.Length + 2 + (hasNeeded ? 2 : 0));
        foreach (string peer in peers)
        {
            List<Cell> row = [.. chunks.Select(chunk => cells.First(c => c.Peer == peer && c.Chunk == chunk))];
            Cell? small = row.Find(c => c.State == CellState.Measured);
            string[] needed = [small?.BytesNeeded.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty, small is null ? string.Empty : Figures.Short(small.NanosecondsPerByte * document.Bytes / 1000)];
            yield return Pages.Row([peer, .. row.Select(c => c.Text), small is null ? string.Empty : Figures.Whole(small.AllocatedPerChunk), .. hasNeeded ? needed : []]);
        }

        yield return string.Empty;
        yield return $"*{MatrixTask.Get(task).Caveat}*";
    }

    private static IEnumerable<string> Section(BenchmarkResults results, string task, IReadOnlyList<Cell> cells) =>
    [
        string.Empty,
        $"## {task}: {MatrixTask.Get(task).Description}",
        .. cells.GroupBy(c => c.Document).SelectMany(d => Table(task, results.Documents.First(i => i.Name == d.Key), [.. d])),
    ];
}
