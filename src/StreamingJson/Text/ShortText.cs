using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StreamingJson.Text;

/// <summary>
/// Chunks of four to eight bytes, which is what most deltas of a model are: one word, read as two halves that may overlap.
/// </summary>
internal static class ShortText
{
    /// <summary>How many bytes more than the chunk there must be where its word is written.</summary>
    public const int Slack = sizeof(ulong) - MinLength;

    private const int MinLength = sizeof(uint);
    private const int MaxLength = sizeof(ulong);
    private const int NoText = -1;

    /// <summary>Whether a chunk is of such a length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOfLength(int length) => (uint)(length - MinLength) <= MaxLength - MinLength;

    /// <summary>The bytes of such a chunk in little-endian order, zeros behind them, and the two halves without the zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(ReadOnlySpan<byte> chunk, out ulong halves)
    {
        int second = chunk.Length - sizeof(uint);
        ulong first4 = BinaryPrimitives.ReadUInt32LittleEndian(chunk);
        ulong last4 = BinaryPrimitives.ReadUInt32LittleEndian(chunk.Slice(second));
        halves = first4 | (last4 << 32);
        return first4 | (last4 << (second * 8));
    }

    /// <summary>
    /// The text of such a chunk, unescaped, and how many bytes it has; less than 0 if there is more in it than plain text and escapes of one
    /// letter. A backslash may stand before it, and be its last byte.
    /// </summary>
    public static int Unescape(ulong word, int length, ref bool isAfterBackslash, out ulong text)
    {
        text = 0;
        int count = 0;
        bool isLetter = isAfterBackslash;
        isAfterBackslash = false;
        while (length > 0)
        {
            if (isLetter)
            {
                byte unescaped = JsonBytes.UnescapeLetter((byte)word);
                if (unescaped == 0)
                {
                    return NoText;
                }

                text |= (ulong)unescaped << (count++ * 8);
                word >>= 8;
                length--;
            }

            int plain = StringStops.CountBeforeStop(word);
            if (plain >= length)
            {
                text |= word << (count * 8);
                return count + length;
            }

            if ((byte)(word >> (plain * 8)) != '\\')
            {
                return NoText;
            }

            text |= (word & ~(ulong.MaxValue << (plain * 8))) << (count * 8);
            count += plain;
            word >>= (plain + 1) * 8;
            length -= plain + 1;
            isLetter = true;
        }

        isAfterBackslash = true;
        return count;
    }

    /// <summary>Whether two texts of the same length are equal. False as well, however they are, when they have more than 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreShortAndEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int length = right.Length;
        if (length < sizeof(uint))
        {
            return length == 0
                || (left[0] == right[0] && left[length - 1] == right[length - 1] && left[length >> 1] == right[length >> 1]);
        }

        if (length <= sizeof(ulong))
        {
            int second = length - sizeof(uint);
            return BinaryPrimitives.ReadUInt32LittleEndian(left) == BinaryPrimitives.ReadUInt32LittleEndian(right)
                && BinaryPrimitives.ReadUInt32LittleEndian(left.Slice(second)) == BinaryPrimitives.ReadUInt32LittleEndian(right.Slice(second));
        }

        int last8 = length - sizeof(ulong);
        return length <= 2 * sizeof(ulong)
            && BinaryPrimitives.ReadUInt64LittleEndian(left) == BinaryPrimitives.ReadUInt64LittleEndian(right)
            && BinaryPrimitives.ReadUInt64LittleEndian(left.Slice(last8)) == BinaryPrimitives.ReadUInt64LittleEndian(right.Slice(last8));
    }
}
