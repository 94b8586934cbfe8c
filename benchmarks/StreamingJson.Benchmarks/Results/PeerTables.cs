using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Results;

/// <summary>The peers of other runtimes as Markdown, with the library's own figures of the same run in each table.</summary>
internal static class PeerTables
{
    private static readonly Dictionary<string, string> Caveats = new()
    {
        ["snapshot"] = "Only the value at the end is compared: what these peers show of it before is their own affair, and some show numbers that change or leave out strings that grow.",
        ["events"] = "A value is shown when it is whole, so that nothing of a long string is seen while it is written; StreamingJson tells its deltas too.",
        ["final"] = "Nothing is seen before the end. simdjson cannot take a text in pieces: they are collected, and the collecting is in the figure.",
    };

    public static IEnumerable<string> Page(BenchmarkResults results) =>
    [
        "# Peers in other runtimes",
        string.Empty,
        .. Pages.Head(results.Head),
        .. results.OtherRuntimes.Select(c => c.Runtime).Distinct().Select(r => $"{r}."),
        string.Empty,
        "Multiples of one pass of `Utf8JsonReader` over the whole document, measured in this process just before and after each cell; in brackets nanoseconds for each byte of the document.",
        "Processor time: of the thread in .NET, Java and C++ (garbage collection in other threads is not in it), of the whole process in Node. Each peer warms up in the cell, and its answer is compared first.",
        "`> N`: broken off when it had taken that much. `wrong`: another answer, or none. The rows of StreamingJson and `Utf8JsonReader` are those of this run's matrix.",
        string.Empty,
        .. Pages.Documents(results),
        string.Empty,
        .. results.LeftOut,
        .. results.OtherRuntimes.Select(c => c.Task).Distinct().SelectMany(task => Section(results, task)),
    ];

    private static IEnumerable<string> Section(BenchmarkResults results, string task) =>
    [
        string.Empty,
        $"## {task}: {MatrixTask.Get(task).Description}",
        .. results.Documents.Where(d => results.OtherRuntimes.Any(c => c.Task == task && c.Document == d.Name)).SelectMany(d => Table(results, task, d)),
    ];

    private static IEnumerable<string> Table(BenchmarkResults results, string task, DocumentInfo document)
    {
        List<Cell> others = [.. results.OtherRuntimes.Where(c => c.Task == task && c.Document == document.Name)];
        string[] chunks = [.. others.Select(c => c.Chunk).Distinct()];
        List<Cell> ours = [.. results.Matrix.Where(c => c.Task == task && c.Document == document.Name && chunks.Contains(c.Chunk) && (Peer.IsLibrary(c.Peer) || c.Peer is Peer.Refed or Peer.OnePass))];
        yield return string.Empty;
        yield return Pages.Row([$"{task}, {document.Name}, chunks of", .. chunks]);
        yield return Pages.Rule(chunks.Length + 1);
        foreach (IGrouping<(string Peer, string Runtime), Cell> row in ours.Concat(others).GroupBy(c => (c.Peer, c.Runtime)))
        {
            string name = row.Key.Runtime.Length == 0 ? row.Key.Peer : $"{row.Key.Peer} ({row.Key.Runtime.Split(' ', ',')[0]})";
            yield return Pages.Row([name, .. chunks.Select(chunk => Text(row.FirstOrDefault(c => c.Chunk == chunk)))]);
        }

        yield return string.Empty;
        yield return $"*{Caveats[task]} That a runtime is faster or slower here does not mean that the same program would be: strings, compilers and collectors differ too.*";
    }

    private static string Text(Cell? cell) => cell switch
    {
        null => string.Empty,
        { State: CellState.Measured } => $"{cell.Text} ({Figures.Short(cell.NanosecondsPerByte)})",
        _ => cell.Text,
    };
}
