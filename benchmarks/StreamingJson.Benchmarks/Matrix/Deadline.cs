using System;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Thrown out of a run that takes longer than its cell may.</summary>
internal sealed class OverBudgetException : Exception;

/// <summary>The time that one run of a peer may take. Peers whose work may grow with the square of the document ask after every delta.</summary>
internal sealed class Deadline(TimeSpan time)
{
    private readonly long _end = ThreadClock.Nanoseconds + (long)time.TotalNanoseconds;

    public void ThrowIfOver()
    {
        if (ThreadClock.Nanoseconds > _end)
        {
            throw new OverBudgetException();
        }
    }
}
