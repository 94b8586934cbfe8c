using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamingJson.Fuzz.Coverage;

/// <summary>Which edges were ever taken, and in which orders of magnitude: an input is interesting when it adds to that.</summary>
/// <remarks>Counts fall into buckets as in AFL: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128-255: one bit each.</remarks>
internal sealed class SeenEdges
{
    private static readonly byte[] Buckets = MakeBuckets();

    private readonly byte[] _seen = new byte[EdgeMap.Size];

    /// <summary>The edges that were taken at least once.</summary>
    public int Edges { get; private set; }

    /// <summary>Edges and buckets: what the corpus is measured by.</summary>
    public int Features { get; private set; }

    /// <summary>Adds what the last run did; true when that was new. The map is not cleared.</summary>
    public bool Merge()
    {
        int before = Features;
        Span<byte> counters = EdgeMap.Counters;
        ReadOnlySpan<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(counters);
        for (int i = 0; i < vectors.Length; i++)
        {
            if (vectors[i] != Vector<byte>.Zero)
            {
                MergeCounters(counters, i * Vector<byte>.Count);
            }
        }

        return Features != before;
    }

    /// <summary>Of the last run, each edge and its bucket, as one number each; in ascending order.</summary>
    public static int[] FeaturesOfLastRun()
    {
        Span<byte> counters = EdgeMap.Counters;
        int count = 0;
        var features = new int[EdgeMap.Size];
        for (int i = 0; i < counters.Length; i++)
        {
            if (counters[i] != 0)
            {
                features[count++] = (i << 8) | Buckets[counters[i]];
            }
        }

        return features[..count];
    }

    private void MergeCounters(Span<byte> counters, int start)
    {
        for (int i = start; i < start + Vector<byte>.Count; i++)
        {
            byte bucket = Buckets[counters[i]];
            if ((bucket & ~_seen[i]) != 0)
            {
                Edges += _seen[i] == 0 ? 1 : 0;
                Features++;
                _seen[i] |= bucket;
            }
        }
    }

    private static byte[] MakeBuckets()
    {
        var buckets = new byte[256];
        for (int count = 1; count < buckets.Length; count++)
        {
            buckets[count] = count switch
            {
                1 => 1,
                2 => 1 << 1,
                3 => 1 << 2,
                < 8 => 1 << 3,
                < 16 => 1 << 4,
                < 32 => 1 << 5,
                < 128 => 1 << 6,
                _ => 1 << 7,
            };
        }

        return buckets;
    }
}
