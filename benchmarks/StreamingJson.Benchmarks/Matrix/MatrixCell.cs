using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>What one peer needed for one task, or why there is no figure.</summary>
/// <remarks>
/// <c>Ratio</c>: time over one pass of Utf8JsonReader, measured just before and after; of a run that was broken off because it took longer than a cell may,
/// what it had taken by then. <c>IsWrong</c>: its answer is not that of the first peer.
/// </remarks>
internal sealed record MatrixCell(string Peer, double Ratio, double NanosecondsPerByte, double AllocatedPerDelta, int BytesNeeded, bool IsWrong, bool IsBrokenOff)
{
    public string RatioText => IsWrong ? "wrong" : (IsBrokenOff ? "> " : string.Empty) + Ratio.ToString(Ratio < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}

/// <summary>Measures the cells of a row: first all peers answer, then those that are right are timed.</summary>
internal static class MatrixMeasurement
{
    private const int CheckedPrefix = 4096;
    private const int FewestSamples = 3;
    private const int MostSamples = 15;

    // A sample lasts at least as long, in nanoseconds: short runs are timed by the dozen.
    private const double Sample = 200_000;

    public static List<MatrixCell> Measure(MatrixTask task, MatrixInput input, TimeSpan budget)
    {
        List<MatrixCase> cases = [.. task.Cases(input)];
        List<ulong?> answers = [.. Answers(task, input)];
        ulong? expected = answers.FirstOrDefault(a => a is not null);
        return [.. cases.Select((c, i) => answers[i] is null || answers[i] == expected ? Time(c, input, budget) : new MatrixCell(c.Peer, 0, 0, 0, 0, IsWrong: true, IsBrokenOff: false))];
    }

    // Quadratic peers would need minutes for the whole of a large document: where there are any, all peers answer on its beginning.
    private static IEnumerable<ulong?> Answers(MatrixTask task, MatrixInput input)
    {
        bool isAtEveryDelta = task.Name is "snapshot" or "growing";
        if (isAtEveryDelta && input.Utf8.Length > CheckedPrefix)
        {
            BenchmarkDocument document = input.Document;
            input = input with { Document = document with { Utf8 = document.Utf8[..CheckedPrefix] } };
        }

        foreach (MatrixCase @case in task.Cases(input))
        {
            yield return Answer(@case);
        }
    }

    private static ulong? Answer(MatrixCase @case)
    {
        var answer = new Answer(isRecording: true);
        try
        {
            @case.Read(answer, new Deadline(TimeSpan.FromSeconds(10)));
            return answer.Digest;
        }
        catch (OverBudgetException)
        {
            // Nothing is known of it; it will hardly be faster when it is timed.
            return null;
        }
    }

    private static MatrixCell Time(MatrixCase @case, MatrixInput input, TimeSpan budget)
    {
        var ratios = new List<double>();
        long allocated;
        int needed;
        double before = TimeReference(input);
        int runs = WarmUp(@case, budget, out double brokenOffAfter);
        if (runs == 0)
        {
            return new MatrixCell(@case.Peer, brokenOffAfter / before, 0, 0, 0, IsWrong: false, IsBrokenOff: true);
        }

        before = TimeReference(input);
        long end = ThreadClock.Nanoseconds + (long)budget.TotalNanoseconds;
        var deadline = new Deadline(TimeSpan.FromHours(1));
        do
        {
            var answer = new Answer(isRecording: false);
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
            before = after;
            needed = answer.BytesNeeded;
        }
        while (ratios.Count < FewestSamples || (ratios.Count < MostSamples && ThreadClock.Nanoseconds < end));

        ratios.Sort();
        double median = ratios[(ratios.Count - 1) / 2];
        return new MatrixCell(@case.Peer, median, median * before / input.Utf8.Length, (double)allocated / input.Size.CountIn(input.Utf8.Length), needed, IsWrong: false, IsBrokenOff: false);
    }

    // Runs until the code is optimised, for about as long as it is timed then; returns the runs of a sample, 0 if a single one takes too long.
    private static int WarmUp(MatrixCase @case, TimeSpan budget, out double brokenOffAfter)
    {
        const int RunsUntilOptimised = 64;
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
                @case.Read(answer, new Deadline(budget));
            }
            catch (OverBudgetException)
            {
                brokenOffAfter = ThreadClock.Nanoseconds - before;
                return 0;
            }

            best = Math.Min(best, ThreadClock.Nanoseconds - before);
            count++;
        }

        return Math.Max(1, (int)(Sample / best));
    }

    // Long enough for the clock.
    public static double TimeReference(MatrixInput input)
    {
        int runs = Math.Max(1, 20_000 / input.Utf8.Length);
        long start = ThreadClock.Nanoseconds;
        long sum = 0;
        for (int i = 0; i < runs; i++)
        {
            sum += References.ReadOnce(input.Utf8);
        }

        return sum == 0 ? throw new InvalidOperationException("Nothing was read.") : (ThreadClock.Nanoseconds - start) / (double)runs;
    }
}
