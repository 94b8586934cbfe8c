using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>
/// <c>--peers [--out FOLDER]</c>: the matrix of this process at three chunk sizes, then peers of other runtimes that are present, in a table of their own.
/// </summary>
internal static class PeersCommand
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);
    private static readonly ChunkSize[] Sizes = [new(4), new(64), ChunkSize.Whole];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ([] or ["--out", _]))
        {
            Console.Error.WriteLine("Usage: --peers [--out FOLDER]");
            return 64;
        }

        string? folder = arguments is [_, var path] ? path : null;
        int code = MatrixCommand.Run(["*", "*", "4,64,whole", .. arguments]);
        using StreamWriter? file = folder is null ? null : new StreamWriter(Path.Combine(folder, "peers.md"));
        foreach (string line in Lines())
        {
            Console.WriteLine(line);
            file?.WriteLine(line);
        }

        return code;
    }

    private static IEnumerable<string> Lines()
    {
        yield return "# Peers in other runtimes: a value after every chunk";
        yield return string.Empty;
        yield return $"{Machine.Processor}, {Environment.ProcessorCount} cores; reference: {Machine.Runtime}.";
        yield return "Multiples of one pass of `Utf8JsonReader`, measured in this process just before and after, in processor time (of the process where it is not this one).";
        yield return "It does not mean that the same program would be as much faster here: runtimes, strings and garbage collectors differ too.";
        string? peers = FindFolder();
        string version = string.Empty;
        string? reason = peers is null ? "benchmarks/peers is not to be found from here" : NodePeers.Prepare(peers, out version);
        if (reason is not null)
        {
            yield return string.Empty;
            yield return $"Node is left out: {reason}.";
        }
        else
        {
            foreach (BenchmarkDocument document in MatrixInputs.Documents.Where(d => d.Name is "A" or "B" or "D"))
            {
                foreach (string line in Table(peers!, version, document))
                {
                    yield return line;
                }
            }
        }
    }

    private static IEnumerable<string> Table(string folder, string version, BenchmarkDocument document)
    {
        yield return string.Empty;
        yield return $"| {document.Name} ({document.Utf8.Length} bytes), Node {version} | {string.Join(" | ", Sizes)} |";
        yield return $"|---|{string.Concat(Sizes.Select(_ => "--:|"))}";
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, document.Utf8);
        var input = new MatrixInput(document, ChunkSize.Whole, MatrixInputs.FieldOf(document));
        var columns = new List<Dictionary<string, string>>();
        foreach (ChunkSize size in Sizes)
        {
            MatrixMeasurement.TimeReference(input);
            double before = MatrixMeasurement.TimeReference(input);
            List<OutsidePeer> measured = [.. NodePeers.Measure(folder, path, size, Budget)];
            double reference = (before + MatrixMeasurement.TimeReference(input)) / 2;
            columns.Add(measured.ToDictionary(p => $"{p.Name} {p.Version}", p => p.Reason ?? Text(p, reference)));
        }

        File.Delete(path);
        foreach (string name in columns.SelectMany(c => c.Keys).Distinct())
        {
            yield return $"| {name} | {string.Join(" | ", columns.Select(c => c.GetValueOrDefault(name, string.Empty)))} |";
        }
    }

    private static string Text(OutsidePeer peer, double reference)
    {
        double ratio = peer.Nanoseconds / reference;
        return (peer.IsBrokenOff ? "> " : string.Empty) + ratio.ToString(ratio < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
    }

    private static string? FindFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "benchmarks", "peers", "node");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
