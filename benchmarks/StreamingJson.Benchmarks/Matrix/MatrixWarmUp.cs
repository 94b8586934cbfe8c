using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>
/// Has code compiled as well as it will ever be before it is timed. The compiler works in another thread and needs a pause for each step: it begins to count the calls of what is
/// new, compiles what is called often so that it tells what it does, and then once more. What was compiled after chunks of one byte alone does badly with a whole document, so all
/// kinds of chunks take turns.
/// </summary>
internal static class MatrixWarmUp
{
    private const int RoundsOfATask = 6;
    private const int RoundsOfADocument = 2;

    private static readonly HashSet<string> WarmTasks = [];
    private static readonly ChunkSize[] Sizes = [new(4), new(64), ChunkSize.Whole];
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(60);

    // After so long without new code, what runs often is compiled anew.
    private static readonly TimeSpan PauseOfTheCompiler = TimeSpan.FromMilliseconds(120);

    /// <summary>The yardstick: all ratios hang on it.</summary>
    public static void WarmYardstick(IEnumerable<BenchmarkDocument> documents)
    {
        MatrixInput[] inputs = [.. documents.Select(d => MatrixTask.All[0].InputOf(d, ChunkSize.Whole)), MatrixTask.Get("chat-calls").InputOf(MatrixInputs.Find("D"), ChunkSize.Whole)];
        for (int round = 0; round < RoundsOfATask; round++)
        {
            foreach (MatrixInput input in inputs)
            {
                Repeat(() => MatrixMeasurement.TimeReference(input));
            }

            Thread.Sleep(PauseOfTheCompiler);
        }
    }

    /// <summary>All peers of a task with a document, but for those that take too long with it.</summary>
    public static void WarmPeers(MatrixTask task, BenchmarkDocument document)
    {
        int rounds = WarmTasks.Add(task.Name) ? RoundsOfATask : RoundsOfADocument;
        var slow = new HashSet<(ChunkSize Size, string Peer)>();
        for (int round = 0; round < rounds; round++)
        {
            foreach (ChunkSize size in Sizes)
            {
                foreach (MatrixCase @case in task.Cases(task.InputOf(document, size, keep: false)))
                {
                    using (@case)
                    {
                        if (!slow.Contains((size, @case.Peer)) && !IsRepeated(@case))
                        {
                            slow.Add((size, @case.Peer));
                        }
                    }
                }
            }

            Thread.Sleep(PauseOfTheCompiler);
        }
    }

    private static bool IsRepeated(MatrixCase @case)
    {
        var answer = new Answer(isRecording: false);
        try
        {
            Repeat(() => @case.Read(answer, new Deadline(LongestRun)));
            return true;
        }
        catch (OverBudgetException)
        {
            return false;
        }
    }

    private static void Repeat(Action read)
    {
        long end = ThreadClock.Nanoseconds + (long)Turn.TotalNanoseconds;
        do
        {
            read();
        }
        while (ThreadClock.Nanoseconds < end);
    }
}
