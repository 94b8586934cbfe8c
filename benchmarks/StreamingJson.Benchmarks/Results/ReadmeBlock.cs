using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Results;

/// <summary>The README's table, made of committed results and never typed.</summary>
internal static class ReadmeBlock
{
    public const string Begin = "<!-- bench:begin -->";
    public const string End = "<!-- bench:end -->";

    private static readonly (string Document, string Chunk)[] Columns = [("A", "4"), ("A", "64"), ("A", "whole"), ("B", "4"), ("B", "64"), ("B", "whole"), ("C", "4"), ("C", "whole")];

    private static readonly (string Task, string Heading, string[] Peers)[] Sections =
    [
        ("snapshot", "a snapshot and one field after every chunk", [Peer.Library, Peer.ClosedDocument, Peer.ClosedNode]),
        ("events", "every value when it is whole", [Peer.Library, Peer.Handler, Peer.Refed, Peer.Newtonsoft]),
        ("final", "the value at the end, nothing before", [Peer.Library, Peer.DocumentAtTheEnd, Peer.Newtonsoft]),
    ];

    /// <summary>The README with the block in the place of the one that is there.</summary>
    /// <exception cref="FormatException">The README has no such place, or more than one.</exception>
    public static string Replace(string readme, string block)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = readme.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin || readme.LastIndexOf(Begin, StringComparison.Ordinal) != begin || readme.LastIndexOf(End, StringComparison.Ordinal) != end)
        {
            throw new FormatException($"There must be one {Begin} and, after it, one {End}.");
        }

        return readme[..(begin + Begin.Length)] + "\n" + block + readme[end..];
    }

    /// <summary>What stands between the marks.</summary>
    public static string Make(string folder, BenchmarkResults results)
    {
        ResultsHead head = results.Head;
        string path = "benchmarks/results/" + folder;
        return Pages.Text(
        [
            string.Create(CultureInfo.InvariantCulture, $"Multiples of one pass of `Utf8JsonReader` over the whole document, in the same run; lower is better. {Documents(results)}. {head.Cpu}, {head.Runtime.Split(',')[0]}, {head.Date}; answers were compared first."),
            string.Empty,
            Pages.Row(["chunks of", .. Columns.Select(c => $"{c.Document}, {c.Chunk}")]),
            Pages.Rule(Columns.Length + 1),
            .. Sections.SelectMany(s => Rows(results.Matrix, s.Task, s.Heading, s.Peers)),
            string.Empty,
            .. head.IsBusy ? ["The machine was busy with other work while this was measured: take the orders of magnitude, not the digits. Where the compiler did not get its turn in time, a figure is far too high.", string.Empty] : Array.Empty<string>(),
            "`> N`: broken off when it had taken that much. It does not mean that anything here is slow beside a model, which writes some hundred bytes a second: it says what a server",
            $"with many of them spends. [Every task and peer]({path}/matrix.md), [how the cost grows with the document]({path}/scaling.md), [Node, Java and C++]({path}/other-runtimes.md), and",
            "[what the figures mean and do not](docs/benchmarks.md). On your own machine:",
            string.Empty,
            "```sh",
            "dotnet run -c Release --project benchmarks/StreamingJson.Benchmarks -- --ratios      # the parser alone, in a minute",
            "dotnet run -c Release --project benchmarks/StreamingJson.Benchmarks -- --peers       # beside what you would use instead",
            "dotnet run -c Release --project benchmarks/StreamingJson.Benchmarks -- --results     # everything, and this table",
            "```",
        ]);
    }

    private static string Documents(BenchmarkResults results) => string.Join("; ", Columns.Select(c => c.Document).Distinct()
        .Select(name => results.Documents.FirstOrDefault(d => d.Name == name))
        .Where(d => d is not null)
        .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d!.Name}: {d.Description}, {d.Bytes / 1000.0:#,0} KB")));

    private static IEnumerable<string> Rows(IReadOnlyList<Cell> matrix, string task, string heading, string[] peers) =>
    [
        Pages.Row([$"**{heading}**", .. Columns.Select(_ => string.Empty)]),
        .. peers.Select(peer => Pages.Row([Name(peer), .. Columns.Select(c => matrix.FirstOrDefault(m => m.Task == task && m.Peer == peer && m.Document == c.Document && m.Chunk == c.Chunk)?.Text ?? string.Empty)])),
    ];

    private static string Name(string peer) => Peer.IsLibrary(peer) ? $"**{peer}**" : peer;
}
