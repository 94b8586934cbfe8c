using System;

namespace StreamingJson.Fuzz.Engine;

/// <summary>Numbers that are a function of the seed (SplitMix64): the same on every machine and every runtime, and cheap.</summary>
internal sealed class Randomness(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="limit"/>; 0 when that is 0.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>True once in <paramref name="n"/>.</summary>
    public bool OneIn(int n) => Below(n) == 0;

    public byte Byte() => (byte)Next();

    public T Of<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];
}
