using System;
using System.Threading;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// Allocated bytes of a piece of code on this thread. A single window is not evidence: the promotion of a method to the next tier is
/// billed to the thread that happens to run it. The minimum over many windows is what the code itself allocates.
/// </summary>
public static class AllocationMeter
{
    private const int StableAfter = 8;

    /// <summary>The least that one run of <paramref name="window"/> allocated, in bytes, over <paramref name="windows"/> runs after warm-up.</summary>
    public static long MinimumBytes(Action window, int windows = 32, int maxWarmUp = 400)
    {
        ArgumentNullException.ThrowIfNull(window);
        WarmUp(window, maxWarmUp);
        long minimum = long.MaxValue;
        for (int i = 0; i < windows; i++)
        {
            minimum = Math.Min(minimum, Measure(window));
        }

        return minimum;
    }

    /// <summary>Runs until a row of windows allocates the same, twice with a pause between, in which the background compiler may finish.</summary>
    private static void WarmUp(Action window, int maxWarmUp)
    {
        RunUntilStable(window, maxWarmUp);
        Thread.Sleep(20);
        RunUntilStable(window, maxWarmUp);
    }

    private static void RunUntilStable(Action window, int maxWarmUp)
    {
        long last = -1;
        for (int run = 0, same = 0; run < maxWarmUp && same < StableAfter; run++)
        {
            long now = Measure(window);
            same = now == last ? same + 1 : 0;
            last = now;
        }
    }

    private static long Measure(Action window)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        window();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
