using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Results;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>The peers of other runtimes on the documents of the matrix, each cell between two measurements of the yardstick in this process.</summary>
internal static class OutsideMeasurement
{
    /// <summary>The tasks that drivers know. They look at one field after every chunk, or tell every value, or the value at the end.</summary>
    public static readonly string[] Tasks = ["snapshot", "events", "final"];

    public static List<Cell> Measure(IReadOnlyList<PeerRuntime> runtimes, IReadOnlyList<BenchmarkDocument> documents, IReadOnlyList<ChunkSize> sizes, CellBudget budget, List<string> leftOut)
    {
        var cells = new List<Cell>();
        string folder = Directory.CreateTempSubdirectory("streamingjson-peers-").FullName;
        try
        {
            foreach (DriverStart start in runtimes.SelectMany(r => r.Drivers()))
            {
                if (start.Reason is { } reason)
                {
                    LeaveOut(start.Name, reason);
                    continue;
                }

                try
                {
                    using var driver = new PeerDriver(start);
                    foreach (DrivenPeer peer in driver.Peers)
                    {
                        if (peer.Missing is { } missing)
                        {
                            LeaveOut(peer.Name, missing);
                        }

                        cells.AddRange(Measure(driver, peer, documents, sizes, budget.OtherRuntimes, folder));
                    }
                }
                catch (Exception e) when (e is InvalidDataException or IOException or JsonException)
                {
                    LeaveOut(start.Name, e.Message);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return cells;

        void LeaveOut(string name, string reason)
        {
            leftOut.Add($"{name} is left out: {reason}.");
            Console.WriteLine(leftOut[^1]);
        }
    }

    private static IEnumerable<Cell> Measure(PeerDriver driver, DrivenPeer peer, IReadOnlyList<BenchmarkDocument> documents, IReadOnlyList<ChunkSize> sizes, TimeSpan budget, string folder)
    {
        foreach (BenchmarkDocument document in documents)
        {
            string path = Path.Combine(folder, document.Name);
            File.WriteAllBytes(path, document.Utf8);
            foreach (string task in Tasks.Where(peer.Tasks.Contains))
            {
                ulong expected = Expected(task, document);
                foreach (ChunkSize size in sizes)
                {
                    Cell cell = Measure(driver, peer.Name, task, document, path, size, budget, expected);
                    Console.WriteLine($"{driver.Runtime}, {peer.Name}, {task}, {document.Name}, chunks of {size}: {cell.Text}");
                    yield return cell;
                }
            }
        }
    }

    private static Cell Measure(PeerDriver driver, string peer, string task, BenchmarkDocument document, string path, ChunkSize size, TimeSpan budget, ulong expected)
    {
        MatrixInput input = MatrixTask.Get(task).InputOf(document, size);
        double before = Yardstick(input);
        DrivenCell found = driver.Measure(peer, task, path, size, budget, input.Field.Name);
        double reference = (before + Yardstick(input)) / 2;
        if (found.Error is not null || (found.Digest is { } digest && digest != expected))
        {
            return Cell.Wrong(task, document.Name, size.ToString(), peer, driver.Runtime);
        }

        CellState state = found.IsBrokenOff ? CellState.BrokenOff : CellState.Measured;
        return new Cell(task, document.Name, size.ToString(), peer, state, found.Nanoseconds / reference, found.Nanoseconds / document.Utf8.Length, Runtime: driver.Runtime);
    }

    /// <summary>What everybody must answer: every value as it is told one by one, or the whole of it.</summary>
    internal static ulong Expected(string task, BenchmarkDocument document)
    {
        var answer = new Answer(isRecording: true);
        if (task == "events")
        {
            MatrixTask events = MatrixTask.Get(task);
            using MatrixCase onePass = events.Cases(events.InputOf(document, ChunkSize.Whole)).First(c => c.Peer == Peer.OnePass);
            onePass.Read(answer, new Deadline(TimeSpan.FromMinutes(1)));
        }
        else
        {
            answer.AddValue(JsonElement.Parse(document.Utf8));
        }

        return answer.Digest;
    }

    private static double Yardstick(MatrixInput input)
    {
        double[] times = [.. Enumerable.Range(0, 7).Select(_ => MatrixMeasurement.TimeReference(input)).Order()];
        return times[times.Length / 2];
    }
}
