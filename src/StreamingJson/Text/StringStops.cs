using System;
#if NET8_0_OR_GREATER
using System.Buffers;
#endif
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StreamingJson.Text;

/// <summary>
/// Finds the next byte inside a string that is not plain text: a quote, a backslash, a control character, or the lead of a
/// UTF-8 sequence.
/// </summary>
internal static class StringStops
{
    // Below this a search instruction costs more to set up than eight bytes cost to test.
    private const int VectorThreshold = 32;

#if NET8_0_OR_GREATER
    private static readonly SearchValues<byte> Stops = SearchValues.Create(CreateStops());
#endif

    /// <summary>The index of the next stop at or after <paramref name="index"/>, or the length of <paramref name="data"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Next(ReadOnlySpan<byte> data, int index)
    {
        int short4 = index + 4;
        if (short4 <= data.Length && StopBits4(data.Slice(index)) is uint bits && bits == 0)
        {
            return NextAfter4(data, short4);
        }

        while ((uint)index < (uint)data.Length && !IsStop(data[index]))
        {
            index++;
        }

        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsStop(byte value) => (byte)(value - 0x20) >= 0x60 || value is (byte)'"' or (byte)'\\';

    private static int NextAfter4(ReadOnlySpan<byte> data, int index)
    {
        int vectorStart = Math.Min(data.Length - 8, index + VectorThreshold);
        while (index <= vectorStart)
        {
            if (StopBits8(data.Slice(index)) != 0)
            {
                break;
            }

            index += 8;
        }

#if NET8_0_OR_GREATER
        if (index > vectorStart && data.Length - index >= 8)
        {
            int found = data.Slice(index).IndexOfAny(Stops);
            return found < 0 ? data.Length : index + found;
        }
#endif

        while ((uint)index < (uint)data.Length && !IsStop(data[index]))
        {
            index++;
        }

        return index;
    }

    // Non-zero when one of the bytes is a stop. A byte is below 0x20, or equal to a given one (then the difference by exclusive or is
    // 0), when subtracting borrows into its high bit; bytes with the high bit set are stops themselves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StopBits4(ReadOnlySpan<byte> data)
    {
        const uint Ones = 0x01010101;
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(data);
        uint quotes = (word ^ (Ones * '"')) - Ones;
        uint backslashes = (word ^ (Ones * '\\')) - Ones;
        uint controls = word - (Ones * 0x20);
        return (word | quotes | backslashes | controls) & (Ones * 0x80);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong StopBits8(ReadOnlySpan<byte> data)
    {
        const ulong Ones = 0x0101010101010101;
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(data);
        ulong quotes = (word ^ (Ones * '"')) - Ones;
        ulong backslashes = (word ^ (Ones * '\\')) - Ones;
        ulong controls = word - (Ones * 0x20);
        return (word | quotes | backslashes | controls) & (Ones * 0x80);
    }

#if NET8_0_OR_GREATER
    private static byte[] CreateStops()
    {
        var stops = new byte[256 - 0x60 + 2];
        int count = 0;
        for (int value = 0; value < 256; value++)
        {
            if (IsStop((byte)value))
            {
                stops[count++] = (byte)value;
            }
        }

        return stops;
    }
#endif
}
