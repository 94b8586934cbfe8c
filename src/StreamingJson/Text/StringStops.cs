using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.Intrinsics;
#endif

namespace StreamingJson.Text;

/// <summary>
/// Finds the next byte inside a string that is not plain text: a quote, a backslash, a control character, or a byte of a UTF-8 sequence.
/// </summary>
internal static class StringStops
{
    // So few bytes are looked at one by one.
    private const int WordsThreshold = 8;

    // 1 for a stop.
    private static ReadOnlySpan<byte> Classes =>
    [
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ];

    /// <summary>The index of the next stop at or after <paramref name="index"/>, or the length of <paramref name="data"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Next(ReadOnlySpan<byte> data, int index)
    {
        if (data.Length - index >= WordsThreshold)
        {
            return NextByWords(data, index);
        }

        while ((uint)index < (uint)data.Length && Classes[data[index]] == 0)
        {
            index++;
        }

        return index;
    }

    private static int NextByWords(ReadOnlySpan<byte> data, int index)
    {
#if NET8_0_OR_GREATER
        while (data.Length - index >= Vector128<byte>.Count)
        {
            uint stops = StopBits(Vector128.Create(data.Slice(index)));
            if (stops != 0)
            {
                return index + BitOperations.TrailingZeroCount(stops);
            }

            index += Vector128<byte>.Count;
        }

        int start = data.Length - Vector128<byte>.Count;
        if (start >= 0)
        {
            // The last block, of which a part was looked at, or is none of ours.
            uint stops = StopBits(Vector128.Create(data.Slice(start))) >> (index - start);
            return stops != 0 ? index + BitOperations.TrailingZeroCount(stops) : data.Length;
        }
#endif
        while (data.Length - index >= sizeof(ulong) && !HasStop(BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(index))))
        {
            index += sizeof(ulong);
        }

        while ((uint)index < (uint)data.Length && Classes[data[index]] == 0)
        {
            index++;
        }

        return index;
    }

    // A byte is below 0x20, or equal to another (then their exclusive or is 0), when subtracting borrows into its high bit; bytes with
    // the high bit set are stops themselves. A borrow from a neighbour comes from a stop only, so the answer for the whole is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasStop(ulong word)
    {
#if NET8_0_OR_GREATER
        if (Vector128.IsHardwareAccelerated)
        {
            return StopBits(Vector128.Create(word).AsByte()) != 0;
        }
#endif
        const ulong Ones = 0x0101010101010101;
        ulong quotes = (word ^ (Ones * '"')) - Ones;
        ulong backslashes = (word ^ (Ones * '\\')) - Ones;
        ulong controls = word - (Ones * 0x20);
        return ((word | quotes | backslashes | controls) & (Ones * 0x80)) != 0;
    }

    /// <summary>As <see cref="HasStop"/>, but bytes of UTF-8 sequences are no stops.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasStopButUtf8(ulong word)
    {
        const ulong Ones = 0x0101010101010101;
        ulong quotes = (word ^ (Ones * '"')) - Ones;
        ulong backslashes = (word ^ (Ones * '\\')) - Ones;
        ulong controls = word - (Ones * 0x20);
        return ((quotes | backslashes | controls) & ~word & (Ones * 0x80)) != 0;
    }

    /// <summary>How many bytes of a word stand before the first stop, in the order of memory: 8 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBeforeStop(ulong word)
    {
#if NET8_0_OR_GREATER
        // The upper half is zeros, which are stops.
        return BitOperations.TrailingZeroCount(StopBits(Vector128.CreateScalar(word).AsByte()));
#else
        int count = 0;
        while (count < sizeof(ulong) && Classes[(byte)(word >> (count * 8))] == 0)
        {
            count++;
        }

        return count;
#endif
    }

#if NET8_0_OR_GREATER
    // As signed bytes, controls and bytes with the high bit set are the ones below 0x20.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StopBits(Vector128<byte> bytes) =>
        (Quotes(bytes) | Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();

    /// <summary>Of each byte a bit, which is 1 for a stop; bytes of UTF-8 sequences are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StopBitsButUtf8(Vector128<byte> bytes) =>
        (Quotes(bytes) | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StopBits(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Quotes(Vector128<byte> bytes) =>
        Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
#endif
}
