using System;
using System.Buffers;
using System.Runtime.CompilerServices;

namespace StreamingJson.Buffers;

/// <summary>
/// An append-only list in one contiguous pooled array.
/// </summary>
/// <remarks>
/// <code>
///   Items:  [ written, never changes place ............ | free ........ ]
///           0                                       Count        Items.Length
/// </code>
/// Invariant: <c>0 &lt;= Count &lt;= Items.Length</c>. When it grows, the array that became too small goes neither back to the pool nor
/// anywhere else: a snapshot on another thread may still be reading it, and the garbage collector knows for how long.
/// </remarks>
internal struct Arena<T>
{
#if DEBUG
    private const int InitialCapacity = 16;
#else
    private const int InitialCapacity = 1024;
#endif

    private readonly ArrayPool<T> _pool;
    private readonly int _initialCapacity;

    public Arena(ArrayPool<T> pool, int initialCapacity = InitialCapacity)
    {
        _pool = pool;
        _initialCapacity = initialCapacity;
        Items = [];
        Count = 0;
        Growths = 0;
    }

    /// <summary>The array that holds the items. Read it once and keep to what was written when you did.</summary>
    public T[] Items;

    public int Count;

    /// <summary>How many arrays were outgrown since the arena was made.</summary>
    public int Growths { get; private set; }

    public readonly int Free => Items.Length - Count;

    public readonly ReadOnlySpan<T> Written => Items.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EnsureFree(int count)
    {
        if (Items.Length - Count < count)
        {
            Grow(count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<T> items)
    {
        EnsureFree(items.Length);
        items.CopyTo(Items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Appends an item that the caller sets; what it holds before is arbitrary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Append()
    {
        T[] items = Items;
        int count = Count;
        if ((uint)count >= (uint)items.Length)
        {
            return ref AppendToGrown();
        }

        Count = count + 1;
        return ref items[count];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(T item) => Append() = item;

    /// <summary>Gives the array back to the pool; whoever still holds it must not read it any more.</summary>
    public void Release(bool clear)
    {
        T[] items = Items;
        Items = [];
        Count = 0;
        if (items.Length > 0)
        {
            _pool.Return(items, clear);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref T AppendToGrown()
    {
        Grow(1);
        return ref Items[Count++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        long needed = Math.Max((long)Count + count, _initialCapacity);
        long doubled = Math.Min(Math.Max(needed, 2L * Items.Length), Math.Max(needed, MaxCapacity));
        T[] grown = _pool.Rent(checked((int)doubled));
        Items.AsSpan(0, Count).CopyTo(grown);
        if (Items.Length > 0)
        {
            Growths++;
        }

        Items = grown;
    }

    // The most bytes that one array may hold (Array.MaxLength, which not every target has).
    private const long MaxCapacity = 0x7FFFFFC7;
}
