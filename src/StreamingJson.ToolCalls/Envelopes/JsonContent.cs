using System;
#if NET
using System.Numerics;
using System.Runtime.Intrinsics;
#endif

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>How long a value is that stands at the beginning of a text, where it was found to be one before: exactly what a JSON reader would accept there.</summary>
internal static class JsonContent
{
    /// <summary>A length that is not known yet: the text ends before.</summary>
    public const int Unended = -2;

    private const int Invalid = -1;

    // No number that is compared or counted has more digits.
    private const int MaxDigits = 18;

    /// <summary>The length of the inside of a string, up to the quote that ends it (RFC 8259, 7).</summary>
    /// <param name="text">The text behind the first quote.</param>
    /// <param name="isPlain">Whether it is its own text: ASCII, without escapes.</param>
    /// <returns>Negative: no quote ends it (<see cref="Unended"/>), or what a JSON reader refuses stands before.</returns>
    public static int LengthOfString(ReadOnlySpan<byte> text, out bool isPlain)
    {
        isPlain = true;
        int at = 0;
        while (true)
        {
            at = NextStop(text, at, ref isPlain);
            if ((uint)at >= (uint)text.Length)
            {
                return Unended;
            }

            if (text[at] == '"')
            {
                return at;
            }

            int escape = text[at] == '\\' ? LengthOfEscape(text.Slice(at)) : 0;
            if (escape == 0)
            {
                return Invalid;
            }

            isPlain = false;
            at += escape;
        }
    }

    /// <summary>The length of a whole number without a sign, of at most 18 digits.</summary>
    /// <returns>Negative: it is none.</returns>
    public static int LengthOfNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        int length = 0;
        while (length < text.Length && length <= MaxDigits && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + (text[length++] - '0');
        }

        bool isNumber = length is > 0 and <= MaxDigits && (length == 1 || text[0] != '0');
        return isNumber ? length : Invalid;
    }

    // The next quote, backslash, or character that no JSON string has; the length of the text if there is none.
    private static int NextStop(ReadOnlySpan<byte> text, int at, ref bool isPlain)
    {
#if NET
        while (text.Length - at >= Vector128<byte>.Count)
        {
            if (TryFindStop(text, at, before: 0, ref isPlain, out int stop))
            {
                return stop;
            }

            at += Vector128<byte>.Count;
        }

        // The last block, of which a part was looked at, or is none of ours.
        int last = text.Length - Vector128<byte>.Count;
        if (last >= 0)
        {
            return TryFindStop(text, last, before: at - last, ref isPlain, out int stop) ? stop : text.Length;
        }

#endif
        while ((uint)at < (uint)text.Length && text[at] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
        {
            isPlain &= text[at++] < 0x80;
        }

        return at;
    }

#if NET
    // In 16 bytes, but for the first.
    private static bool TryFindStop(ReadOnlySpan<byte> text, int at, int before, ref bool isPlain, out int stop)
    {
        Vector128<byte> block = Vector128.Create(text.Slice(at));
        uint stops = (Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Vector128.Create((byte)'\\'))
            | Vector128.Equals(Vector128.Min(block, Vector128.Create((byte)0x1F)), block)).ExtractMostSignificantBits() >> before;
        uint beyondAscii = block.ExtractMostSignificantBits() >> before;
        isPlain &= (beyondAscii & (stops - 1) & ~stops) == 0;
        stop = at + before + BitOperations.TrailingZeroCount(stops);
        return stops != 0;
    }
#endif

    private static int LengthOfEscape(ReadOnlySpan<byte> text)
    {
        const int LengthOfUnit = 6;
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            return text[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? 2 : 0;
        }

        for (int i = 2; i < LengthOfUnit; i++)
        {
            if (i >= text.Length || !IsHexDigit(text[i]))
            {
                return 0;
            }
        }

        return LengthOfUnit;
    }

    private static bool IsHexDigit(byte value) => value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F');
}
