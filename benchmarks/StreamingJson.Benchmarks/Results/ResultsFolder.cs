using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace StreamingJson.Benchmarks.Results;

/// <summary>A folder of results: <c>results.json</c>, and what is made of it alone.</summary>
internal static class ResultsFolder
{
    public const string JsonName = "results.json";

    /// <summary>The folder's name for a processor: letters and digits.</summary>
    public static string NameOf(string processor)
    {
        var name = new StringBuilder();
        foreach (char c in processor.Replace("(R)", string.Empty, StringComparison.Ordinal).Replace("(TM)", string.Empty, StringComparison.Ordinal))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(char.ToLowerInvariant(c));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString().Trim('-') is { Length: > 0 } found ? found : "unknown";
    }

    /// <summary>Writes all files; does nothing where there is no folder.</summary>
    public static void Write(BenchmarkResults results, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in Files(results))
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        Console.WriteLine($"Written to {folder}.");
    }

    /// <summary>What a folder consists of.</summary>
    public static IEnumerable<(string Name, string Text)> Files(BenchmarkResults results)
    {
        yield return (JsonName, results.ToJson());
        yield return ("README.md", Pages.Text(Index(results)));
        if (results.Matrix.Count > 0)
        {
            yield return ("matrix.md", Pages.Text(MatrixTables.Page(results)));
        }

        if (results.OtherRuntimes.Count + results.LeftOut.Count > 0)
        {
            yield return ("other-runtimes.md", Pages.Text(PeerTables.Page(results)));
        }

        if (results.Scaling.Count > 0)
        {
            yield return ("scaling.md", Pages.Text(ScalingTables.Page(results)));
        }

        foreach ((string file, string svg) in ScalingPlots.All(results))
        {
            yield return (file, svg);
        }
    }

    /// <summary>The newest of the folders with results, or null.</summary>
    public static (string Folder, BenchmarkResults Results)? Newest(string root) => !Directory.Exists(root) ? null : Directory
        .EnumerateFiles(root, JsonName, SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(f => ((string, BenchmarkResults)?)(Path.GetFileName(Path.GetDirectoryName(f)!), BenchmarkResults.Parse(File.ReadAllText(f))))
        .MaxBy(r => r!.Value.Item2.Head.Date, StringComparer.Ordinal);

    private static IEnumerable<string> Index(BenchmarkResults results) =>
    [
        $"# {results.Head.Cpu}",
        string.Empty,
        .. Pages.Head(results.Head),
        string.Empty,
        .. results.Matrix.Count > 0 ? ["* [matrix.md](matrix.md): every task by every peer of the process"] : Array.Empty<string>(),
        .. results.Scaling.Count > 0 ? ["* [scaling.md](scaling.md): the cost of a delta as the document grows, with exponents and plots"] : Array.Empty<string>(),
        .. results.OtherRuntimes.Count > 0 ? ["* [other-runtimes.md](other-runtimes.md): peers in Node, Java and C++"] : Array.Empty<string>(),
        $"* [{JsonName}]({JsonName}): all figures, for programs; the pages and plots are made of it",
        string.Empty,
        "What the tables mean, and what they do not: [docs/benchmarks.md](../../../docs/benchmarks.md).",
    ];
}
