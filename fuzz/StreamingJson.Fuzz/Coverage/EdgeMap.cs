using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace StreamingJson.Fuzz.Coverage;

/// <summary>How often each edge of the woven assemblies was taken since the last <see cref="Clear"/>: the woven code writes, the loop reads.</summary>
/// <remarks>
/// An edge is a pair of blocks, hashed into a small map as AFL does: <c>map[this ^ (last &gt;&gt; 1)]++</c>. Small, so that to clear and to read it
/// costs less than the shortest run. The counters wrap at 256. One thread: a second one that ran woven code would only blur the map.
/// </remarks>
public static class EdgeMap
{
    /// <summary>The number of counters, a power of two.</summary>
    public const int Size = 1 << 14;

    // Odd, so that the counters of one comparison are all different ones.
    private const int BitsApart = 0x9E5;

    private static readonly byte[] Map = new byte[Size];
    private static int _lastBlock;

    /// <summary>The counters themselves.</summary>
    internal static Span<byte> Counters => Map;

    /// <summary>What the weaver has each basic block call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Hit(int block)
    {
        byte[] map = Map;
        map[(block ^ _lastBlock) & (Size - 1)]++;
        _lastBlock = block >> 1;
    }

    /// <summary>
    /// What the weaver has each comparison with a large constant call: how many leading bits agree. So an input that is nearer to the constant than
    /// all before is interesting, and the constant need not be guessed at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compare(int value, int constant, int comparison)
    {
        int bits = BitOperations.LeadingZeroCount((uint)(value ^ constant));
        Map[(comparison + (bits * BitsApart)) & (Size - 1)]++;
    }

    internal static void Clear()
    {
        Map.AsSpan().Clear();
        _lastBlock = 0;
    }
}
