using System;
using System.Diagnostics;
using System.Globalization;

namespace StreamingJson.Benchmarks.Paths;

/// <summary>
/// <c>--paths</c>: what ten patterns cost on document A in chunks of four bytes, as a multiple of the same run without any: the median of
/// pairs that are timed in turns. Fails past the bound, or when a run of the watched parser allocates.
/// </summary>
internal static class PathRatioCommand
{
    private const double Bound = 1.5;
    private const int Pairs = 201;
    private const int RunsASample = 20;

    public static int Run()
    {
        BenchmarkDocument document = Documents.Get("A");
        var size = new ChunkSize(4);
        using var reads = new PathReads();
        reads.Check(document, size);
        double watched = MedianRatio(() => reads.Watched(document.Utf8, size), () => reads.Unwatched(document.Utf8, size));
        double subscribed = MedianRatio(() => PathReads.Subscribed(document.Utf8, size), () => reads.Unwatched(document.Utf8, size));
        long allocated = LeastAllocated(() => reads.Watched(document.Utf8, size));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{document.Name} in chunks of {size}, {PathReads.Patterns.Length} patterns, x the run without: struct {watched:0.00}, delegates {subscribed:0.00} (new parser and patterns each run); bound {Bound}"));
        Console.WriteLine($"allocated by a run with the struct, attached anew: {allocated} bytes in {size.CountIn(document.Utf8.Length)} chunks");
        return watched <= Bound && allocated <= 64 ? 0 : 1;
    }

    private static double MedianRatio(Func<long> measured, Func<long> reference)
    {
        Sample(measured, 2_000);
        Sample(reference, 2_000);
        var ratios = new double[Pairs];
        for (int pair = 0; pair < Pairs; pair++)
        {
            double before = Sample(reference, RunsASample);
            ratios[pair] = Sample(measured, RunsASample) / before;
        }

        Array.Sort(ratios);
        return ratios[Pairs / 2];
    }

    private static double Sample(Func<long> run, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static long LeastAllocated(Func<long> run)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 50; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
