using System;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>Counts durations in a fixed amount of memory, for percentiles.</summary>
/// <remarks>
/// <code>
///   unit: a tick of TimeSpan, 100 ns
///   bucket      0 ..   63    one tick each: exact
///              64 ..   95    the durations in [2^6, 2^7), 32 buckets of 2 ticks
///              96 ..  127    the durations in [2^7, 2^8), 32 buckets of 4 ticks
///              ...           one row of 32 for each power of two, up to 2^43 ticks: 10 days; what is longer counts as that
/// </code>
/// A percentile is the middle of its bucket, and so at most 1/64 (1.6 %) off the duration that has this rank. 1,248 counters of 4 bytes.
/// </remarks>
internal sealed class DurationHistogram
{
    private const int RowBits = 5;
    private const int RowSize = 1 << RowBits;
    private const int ExactBits = RowBits + 1;
    private const int MostBits = 43;
    private readonly int[] _counts = new int[(1 << ExactBits) + ((MostBits - ExactBits) * RowSize)];
    private long _count;
    private long _most;

    public void Add(TimeSpan duration)
    {
        long ticks = Math.Max(0, duration.Ticks);
        _counts[BucketOf(Math.Min(ticks, (1L << MostBits) - 1))]++;
        _most = Math.Max(_most, ticks);
        _count++;
    }

    /// <summary>The duration of the nearest rank: the shortest one that so many percent of all are not longer than.</summary>
    /// <param name="percent">1 to 100.</param>
    public TimeSpan Percentile(int percent)
    {
        long rank = ((_count * percent) + 99) / 100;
        long passed = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            passed += _counts[bucket];
            if (passed >= rank && passed > 0)
            {
                return new TimeSpan(Math.Min(MiddleOf(bucket), _most));
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long ticks)
    {
        int bits = 0;
        while (ticks >> bits >= 1 << ExactBits)
        {
            bits++;
        }

        return bits == 0 ? (int)ticks : (bits * RowSize) + (int)(ticks >> bits);
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket < 1 << ExactBits)
        {
            return bucket;
        }

        int bits = (bucket / RowSize) - 1;
        long start = (long)(bucket - (bits * RowSize)) << bits;
        return start + ((1L << bits) / 2);
    }
}
