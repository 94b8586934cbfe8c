using System;
using System.Diagnostics;
using System.Linq;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>
/// The median of the ratios of all pairs with its quartiles, the least time of a run over the least of the reference (what holds still when
/// the machine is busy), and the median time of one run of each side.
/// </summary>
internal readonly record struct RatioResult(
    double Ratio,
    double LeastRatio,
    double LowerQuartile,
    double UpperQuartile,
    double Nanoseconds,
    double ReferenceNanoseconds,
    double AllocatedBytes,
    int Pairs);

/// <summary>
/// Times a case against the reference in turns (reference, case, reference, case ...). A neighbour on the machine or a change
/// of clock speed meets both sides of a pair, so the ratio holds still where the times do not.
/// </summary>
internal static class RatioMeasurement
{
    private const int WantedPairs = 40;
    private const int FewestPairs = 3;
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    /// <summary>What keeps a case of seconds a run (quadratic ones exist) from taking minutes: it gets fewer pairs.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);

    /// <summary>The sum of all that was returned: it can be read, so the runs cannot be optimised away.</summary>
    public static long Sink { get; private set; }

    public static RatioResult Measure(IRatioCase @case, BenchmarkDocument document) => Measure(@case, new Reference(document.Utf8));

    /// <summary>Against a reference of the caller's choice.</summary>
    public static RatioResult Measure(IRatioCase @case, IRatioCase reference)
    {
        RunFor(@case, WarmUp);
        RunFor(reference, WarmUp / 5);
        int referenceRuns = Calibrate(reference);
        int runs = Calibrate(@case);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        double pairSeconds = (Time(@case, runs) * runs / 1e9) + Sample.TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        int pairs = Math.Clamp((int)(Budget.TotalSeconds / pairSeconds), FewestPairs, WantedPairs);
        double[] ratios = new double[pairs];
        double[] times = new double[pairs];
        double[] referenceTimes = new double[pairs];
        for (int i = 0; i < pairs; i++)
        {
            referenceTimes[i] = Time(reference, referenceRuns);
            times[i] = Time(@case, runs);
            ratios[i] = times[i] / referenceTimes[i];
        }

        return new RatioResult(
            Quantile(ratios, 0.5),
            times.Min() / referenceTimes.Min(),
            Quantile(ratios, 0.25),
            Quantile(ratios, 0.75),
            Quantile(times, 0.5),
            Quantile(referenceTimes, 0.5),
            (double)allocated / runs,
            pairs);
    }

    /// <summary>Runs a case for a time, at least once.</summary>
    public static void RunFor(IRatioCase @case, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            Sink += @case.Run();
        }
        while (Stopwatch.GetElapsedTime(start) < time);
    }

    /// <summary>The number of runs that lasts at least one sample.</summary>
    private static int Calibrate(IRatioCase @case)
    {
        int runs = 1;
        while (Time(@case, runs) * runs < Sample.TotalNanoseconds)
        {
            runs *= 2;
        }

        return runs;
    }

    /// <summary>Nanoseconds of one run, over <paramref name="runs"/> of them.</summary>
    private static double Time(IRatioCase @case, int runs)
    {
        long sum = 0;
        long start = ThreadClock.Nanoseconds;
        for (int i = 0; i < runs; i++)
        {
            sum += @case.Run();
        }

        long elapsed = ThreadClock.Nanoseconds - start;
        Sink += sum;
        return (double)elapsed / runs;
    }

    private static double Quantile(double[] values, double q)
    {
        Array.Sort(values);
        double at = q * (values.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, values.Length - 1);
        return values[below] + ((at - below) * (values[above] - values[below]));
    }

    /// <summary>A type of its own, so that timing the reference case does not time the reference with a different call site.</summary>
    private sealed class Reference(byte[] utf8) : IRatioCase
    {
        public string Name => "reference";

        public long Run() => References.ReadOnce(utf8);

        public void Check()
        {
        }
    }
}
