using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Threading;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// An array pool that keeps books: it hands out garbage-filled arrays, overwrites what comes back, refuses what is not out, and can run
/// out of memory on demand. A returned array is never handed out again, so a late write to it can be seen (<see cref="AssertSettled"/>).
/// </summary>
public sealed class CountingArrayPool<T> : ArrayPool<T>
    where T : unmanaged
{
    public const byte Poison = 0xDB;

    private readonly Lock _lock = new();
    private readonly HashSet<T[]> _out = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<T[]> _back = new(ReferenceEqualityComparer.Instance);
    private int _failAt;

    /// <summary>How often an array was asked for, failed attempts included.</summary>
    public int Rents { get; private set; }

    public int Returns { get; private set; }

    /// <summary>The arrays that are out now.</summary>
    public int Outstanding => Rents - Failures - Returns;

    /// <summary>The elements of the arrays that are out now.</summary>
    public int ElementsOut => _out.Sum(array => array.Length);

    public int Failures { get; private set; }

    /// <summary>The largest request so far, in elements.</summary>
    public int LargestRequest { get; private set; }

    /// <summary>The n-th rent from now on (1: the next) throws <see cref="OutOfMemoryException"/>; later ones succeed again. 0: none.</summary>
    public void FailRent(int n)
    {
        lock (_lock)
        {
            _failAt = Rents + n;
        }
    }

    public override T[] Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength);
        lock (_lock)
        {
            Rents++;
            LargestRequest = Math.Max(LargestRequest, minimumLength);
            if (Rents == _failAt)
            {
                Failures++;
#pragma warning disable CA2201 // this is what a real pool throws
                throw new OutOfMemoryException("The test asked this rent to fail.");
#pragma warning restore CA2201
            }

            // Longer than asked for, as a real pool may, and in powers of two, so that growth is seen to be geometric.
            var array = new T[Math.Max(16, BitOperations.RoundUpToPowerOf2((uint)minimumLength))];
            Fill(array);
            _out.Add(array);
            return array;
        }
    }

    public override void Return(T[] array, bool clearArray = false)
    {
        lock (_lock)
        {
            if (!_out.Remove(array))
            {
                throw new InvalidOperationException(_back.Contains(array) ? "Returned twice." : "Not of this pool.");
            }

            Returns++;
            Fill(array);
            _back.Add(array);
        }
    }

    /// <summary>Everything is back, and nobody wrote to an array after its return.</summary>
    public void AssertSettled()
    {
        lock (_lock)
        {
            if (_out.Count > 0)
            {
                throw new InvalidOperationException($"{_out.Count} of {Rents} rented arrays were not returned.");
            }

            AssertUntouched();
        }
    }

    /// <summary>Nobody wrote to an array after its return.</summary>
    public void AssertUntouched()
    {
        lock (_lock)
        {
            foreach (T[] array in _back)
            {
                if (MemoryMarshal.AsBytes(array.AsSpan()).ContainsAnyExcept(Poison))
                {
                    throw new InvalidOperationException("An array was written to after its return.");
                }
            }
        }
    }

    private static void Fill(T[] array) => MemoryMarshal.AsBytes(array.AsSpan()).Fill(Poison);
}
