using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.Intrinsics;
#endif

namespace StreamingJson.Text;

/// <summary>
/// Undoes the escapes that come whole, and copies what is between them: most text with escapes consists of nothing else.
/// </summary>
internal static class EscapedText
{
    /// <summary>How many bytes more than the text the target must have: whole blocks are written, whatever of them is used.</summary>
    public const int Slack = 32;

    private const int UnicodeEscapeLength = 6;

    /// <summary>
    /// Unescapes as much as it can, up to a quote, an escape that is cut, a surrogate without its partner, what may not stand in a string,
    /// or a UTF-8 sequence, of the first <paramref name="length"/> bytes. Returns how many of them that was. What stands behind them does
    /// not count, but where there is something blocks go on to the end.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Unescape(ReadOnlySpan<byte> json, int length, Span<byte> target, out int written)
    {
        int read = 0;
        written = 0;
#if NET8_0_OR_GREATER
        // From the place that is read next on a 1 for each stop, and one behind the last byte that was looked at.
        ulong stops = 1;
        while (json.Length - read >= Vector256<byte>.Count)
        {
            Vector256<byte> block = Vector256.Create(json.Slice(read));
            block.CopyTo(target.Slice(written));
            if (stops <= 1)
            {
                stops = StringStops.StopBits(block) | (1UL << Vector256<byte>.Count);
            }

            int plain = BitOperations.TrailingZeroCount(stops);
            if (plain >= length - read)
            {
                written += length - read;
                return length;
            }

            read += plain;
            written += plain;
            stops >>= plain;
            if (stops != 1)
            {
                int escape = read;
                if (!TryUnescape(json.Slice(0, length), target, ref read, ref written))
                {
                    return read;
                }

                stops >>= read - escape;
            }
        }
#endif
        json = json.Slice(0, length);
        while (read < json.Length)
        {
            ulong word = WordAt(json, read);
            BinaryPrimitives.WriteUInt64LittleEndian(target.Slice(written), word);
            int plain = StringStops.CountBeforeStop(word);
            read += plain;
            written += plain;
            if (plain < sizeof(ulong) && !TryUnescape(json, target, ref read, ref written))
            {
                return read;
            }
        }

        return read;
    }

    // The next eight bytes; behind the end are zeros, which are stops.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordAt(ReadOnlySpan<byte> json, int index)
    {
        int missing = sizeof(ulong) - (json.Length - index);
        if (missing <= 0)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(json.Slice(index));
        }

        if (index >= missing)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(json.Slice(index - missing)) >> (missing * 8);
        }

        ulong word = 0;
        for (int last = json.Length - 1; last >= index; last--)
        {
            word = (word << 8) | json[last];
        }

        return word;
    }

    // Undoes the escape that comes next, if it is whole and stands for text of its own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryUnescape(ReadOnlySpan<byte> json, Span<byte> target, ref int read, ref int written)
    {
        int letter = read + 1;
        if ((uint)letter >= (uint)json.Length || json[read] != '\\')
        {
            return false;
        }

        byte unescaped = JsonBytes.UnescapeLetter(json[letter]);
        if (unescaped == 0)
        {
            // Not by reference: what is addressed does not stay in a register.
            written += UnescapeUnicode(json, read, target.Slice(written), out int length);
            read += length;
            return length != 0;
        }

        target[written++] = unescaped;
        read += 2;
        return true;
    }

    // The escape \uXXXX, or two of a surrogate pair: how many bytes its text has. The length is 0 when none stands there whole.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int UnescapeUnicode(ReadOnlySpan<byte> json, int index, Span<byte> target, out int length)
    {
        int scalar = CodeUnitAt(json, index);
        length = UnicodeEscapeLength;
        if (scalar is >= 0xD800 and <= 0xDFFF)
        {
            int low = CodeUnitAt(json, index + UnicodeEscapeLength);
            bool isPair = scalar < 0xDC00 && low is >= 0xDC00 and <= 0xDFFF;
            scalar = isPair ? 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00) : -1;
            length += UnicodeEscapeLength;
        }

        if (scalar < 0)
        {
            length = 0;
            return 0;
        }

        return JsonBytes.EncodeScalar(scalar, target);
    }

    // The code unit of the escape \uXXXX; negative when none stands there whole.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CodeUnitAt(ReadOnlySpan<byte> json, int index)
    {
        if (json.Length - index < UnicodeEscapeLength)
        {
            return -1;
        }

        ReadOnlySpan<byte> escape = json.Slice(index, UnicodeEscapeLength);
        int codeUnit = (JsonBytes.HexValue(escape[2]) << 12) | (JsonBytes.HexValue(escape[3]) << 8)
            | (JsonBytes.HexValue(escape[4]) << 4) | JsonBytes.HexValue(escape[5]);
        return escape[0] == '\\' && escape[1] == 'u' ? codeUnit : -1;
    }
}
