using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Ratios;
using StreamingJson.Benchmarks.Results;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Measures the cells of a row: first all peers answer, then those that are right are timed.</summary>
internal static class MatrixMeasurement
{
    private const int CheckedPrefix = 4096;
    private const int FewestSamples = 3;
    private const int MostSamples = 15;
    private const int RunsUntilOptimised = 64;

    // A sample lasts at least as long, in nanoseconds: short runs are timed by the dozen.
    private const double Sample = 200_000;

    // What no answer was to be had of in this time is not known to be wrong; it will be broken off when it is timed.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(500);

    public static List<Cell> Measure(MatrixTask task, BenchmarkDocument document, ChunkSize size, TimeSpan budget, TimeSpan longest)
    {
        MatrixInput input = task.InputOf(document, size);
        ulong?[] answers = [.. Answers(task, input)];
        ulong? expected = answers.FirstOrDefault(a => a is not null);
        var cells = new List<Cell>();
        foreach (MatrixCase @case in task.Cases(input))
        {
            using (@case)
            {
                bool isWrong = answers[cells.Count] is { } answer && answer != expected;
                cells.Add(isWrong ? Cell.Wrong(task.Name, document.Name, size.ToString(), @case.Peer) : Time(task, @case, input, budget, longest));
            }
        }

        return cells;
    }

    /// <summary>The digest of what each peer answers, in the order of the cases; null of those that take too long.</summary>
    public static IEnumerable<ulong?> Answers(MatrixTask task, MatrixInput input)
    {
        // Quadratic peers would need minutes for every delta of a large document: there, all answer on its beginning.
        if (task.IsAtEveryDelta && input.Utf8.Length > CheckedPrefix)
        {
            input = input with { Document = input.Document with { Utf8 = input.Utf8[..CheckedPrefix] } };
        }

        foreach (MatrixCase @case in task.Cases(input))
        {
            using (@case)
            {
                var answer = new Answer(isRecording: true);
                ulong? digest = null;
                try
                {
                    @case.Read(answer, new Deadline(AnswerTime));
                    digest = answer.Digest;
                }
                catch (OverBudgetException)
                {
                }

                yield return digest;
            }
        }
    }

    /// <summary>Nanoseconds of one pass of the yardstick, over enough runs for the clock.</summary>
    public static double TimeReference(MatrixInput input)
    {
        int runs = Math.Max(1, 20_000 / input.Utf8.Length);
        long start = ThreadClock.Nanoseconds;
        long sum = 0;
        for (int i = 0; i < runs; i++)
        {
            sum += input.ReadOnce();
        }

        return sum == 0 ? throw new InvalidOperationException("Nothing was read.") : (ThreadClock.Nanoseconds - start) / (double)runs;
    }

    /// <summary>Times a case whose answer is known to be right.</summary>
    public static Cell Time(MatrixTask task, MatrixCase @case, MatrixInput input, TimeSpan budget, TimeSpan longest)
    {
        string document = input.Document.Name;
        string chunk = input.Size.ToString();
        double length = input.Utf8.Length;
        int runs = WarmUp(@case, budget, longest, out double brokenOffAfter);
        if (runs == 0)
        {
            return new Cell(task.Name, document, chunk, @case.Peer, CellState.BrokenOff, brokenOffAfter / TimeReference(input), brokenOffAfter / length);
        }

        var ratios = new List<double>();
        var times = new List<double>();
        long allocated;
        int needed;
        double before = TimeReference(input);
        long end = ThreadClock.Nanoseconds + (long)budget.TotalNanoseconds;
        do
        {
            var answer = new Answer(isRecording: false);
            var deadline = new Deadline(TimeSpan.FromHours(1));
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            long start = ThreadClock.Nanoseconds;
            for (int i = 0; i < runs; i++)
            {
                @case.Read(answer, deadline);
            }

            double nanoseconds = (ThreadClock.Nanoseconds - start) / (double)runs;
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocatedBefore) / runs;
            double after = TimeReference(input);
            ratios.Add(nanoseconds / ((before + after) / 2));
            times.Add(nanoseconds);
            before = after;
            needed = answer.BytesNeeded;
        }
        while ((ratios.Count < FewestSamples && times[0] < budget.TotalNanoseconds) || (ratios.Count < MostSamples && ThreadClock.Nanoseconds < end));

        return new Cell(
            task.Name, document, chunk, @case.Peer, CellState.Measured, Median(ratios), Median(times) / length, (double)allocated / input.Size.CountIn(input.Utf8.Length), needed);
    }

    // Runs until the code is optimised, for about as long as it is timed then; returns the runs of a sample, 0 if a single one takes too long.
    private static int WarmUp(MatrixCase @case, TimeSpan budget, TimeSpan longest, out double brokenOffAfter)
    {
        var answer = new Answer(isRecording: false);
        long start = ThreadClock.Nanoseconds;
        int count = 0;
        double best = double.MaxValue;
        brokenOffAfter = 0;
        while (count == 0 || ThreadClock.Nanoseconds - start < budget.TotalNanoseconds / (count < RunsUntilOptimised ? 1 : 2))
        {
            long before = ThreadClock.Nanoseconds;
            try
            {
                @case.Read(answer, new Deadline(longest));
            }
            catch (OverBudgetException) when (count == 0)
            {
                brokenOffAfter = ThreadClock.Nanoseconds - before;
                return 0;
            }
            catch (OverBudgetException)
            {
                break;
            }

            best = Math.Min(best, ThreadClock.Nanoseconds - before);
            count++;
        }

        return Math.Max(1, (int)(Sample / best));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[(values.Count - 1) / 2];
    }
}
