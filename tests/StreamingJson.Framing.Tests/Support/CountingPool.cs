using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>
/// A pool that gives dirty arrays, refuses a second return, insists that arrays come back cleared, and counts what is out.
/// </summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private readonly HashSet<byte[]> _out = [];
    private int _failAt;

    public int Rents { get; private set; }

    public long BytesOut { get; private set; }

    public long MostBytesOut { get; private set; }

    public int LargestRent { get; private set; }

    public int Failures { get; private set; }

    /// <summary>The n-th rent from now on (1: the next) throws <see cref="OutOfMemoryException"/>; later ones succeed again. 0: none.</summary>
    public void FailRent(int n) => _failAt = Rents + n;

    public override byte[] Rent(int minimumLength)
    {
        Rents++;
        if (Rents == _failAt)
        {
            Failures++;
#pragma warning disable CA2201 // this is what a real pool throws
            throw new OutOfMemoryException("The test asked this rent to fail.");
#pragma warning restore CA2201
        }

        byte[] array = new byte[minimumLength];
        Array.Fill(array, (byte)0xDB);
        _out.Add(array);
        BytesOut += array.Length;
        MostBytesOut = Math.Max(MostBytesOut, BytesOut);
        LargestRent = Math.Max(LargestRent, minimumLength);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Assert.True(_out.Remove(array), "returned twice, or not from this pool");
        Assert.True(clearArray, "returned without being cleared");
        BytesOut -= array.Length;
        Array.Fill(array, (byte)0xDB);
    }

    public void AssertBalanced() => Assert.Equal(0, _out.Sum(array => (long)array.Length));
}
