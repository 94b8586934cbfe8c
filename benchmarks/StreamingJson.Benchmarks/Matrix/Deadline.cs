using System;
using System.Runtime.CompilerServices;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Thrown out of a run that takes longer than its cell may.</summary>
internal sealed class OverBudgetException : Exception;

/// <summary>
/// The time that one run of a peer may take. Whoever goes on chunk by chunk, the library too, says how much it is about to read; a counter, for a look at the clock takes
/// longer than most peers need for a chunk, and would be timed as theirs.
/// </summary>
internal sealed class Deadline(TimeSpan time)
{
    /// <summary>What counts for something that a peer hands out without telling how much it read for it.</summary>
    public const int BytesOfItem = BytesBetweenLooks / 64;

    // Some milliseconds of the slowest peer: so much later than it should a run is broken off.
    private const int BytesBetweenLooks = 1 << 20;

    private readonly long _end = ThreadClock.Nanoseconds + (long)time.TotalNanoseconds;
    private int _bytesUntilLook = BytesBetweenLooks;

    /// <summary>How often the clock was looked at.</summary>
    public int Looks { get; private set; }

    /// <summary>So many bytes are read, whether for the first time or again.</summary>
    /// <exception cref="OverBudgetException">The time is over.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Spend(int bytes)
    {
        _bytesUntilLook -= bytes;
        if (_bytesUntilLook <= 0)
        {
            Look();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look()
    {
        Looks++;
        _bytesUntilLook = BytesBetweenLooks;
        if (ThreadClock.Nanoseconds > _end)
        {
            throw new OverBudgetException();
        }
    }
}
