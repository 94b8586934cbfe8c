using System;
using System.Buffers.Text;
#if NET
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Unicode;
#endif

namespace StreamingJson.ToolCalls.Envelopes;

/// <summary>What was odd about a text.</summary>
[Flags]
internal enum TextOddities
{
    None = 0,

    /// <summary>A surrogate pair was split over two strings, and was joined.</summary>
    SplitSurrogatePair = 1,

    /// <summary>A surrogate without partner became U+FFFD.</summary>
    UnpairedSurrogate = 2,

    /// <summary>Bytes that are not UTF-8 became U+FFFD.</summary>
    InvalidUtf8 = 4,
}

/// <summary>Turns the inside of a JSON string into its text: always valid UTF-8, whatever the payload held.</summary>
/// <remarks>
/// Not <c>Utf8JsonReader.CopyString</c>, which throws on a lone surrogate: the two halves of a pair may come in two deltas, so the first
/// is kept (<c>pendingHigh</c> of each method; 0 for none) until its partner, or something else, follows.
/// </remarks>
internal static partial class JsonStringText
{
    /// <summary>How many bytes the text can have more than the raw string: a pending half becomes U+FFFD.</summary>
    public const int MaxGrowthOfStart = 3;

    /// <summary>The most bytes that a raw string can become: an invalid byte becomes the three of U+FFFD.</summary>
    public static int MaxLength(int rawLength) => checked(rawLength * 3 + MaxGrowthOfStart);

    /// <summary>Unescapes the inside of a string that a JSON reader has accepted.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> text, ref char pendingHigh, ref TextOddities oddities)
    {
        int written = 0;
        int position = 0;
        while (position < raw.Length)
        {
            byte current = raw[position];
            if (current != '\\' || position + 1 >= raw.Length)
            {
                written += FlushPending(text.Slice(written), ref pendingHigh, ref oddities);

                // Most runs are short: deltas, and what stands between the escaped quotes of JSON in JSON.
                int plain = CopyPlain(raw.Slice(position), text.Slice(written));
                position += plain;
                written += plain;
                if (position == raw.Length)
                {
                    break;
                }

                if (plain > 0 && raw[position] == '\\')
                {
                    continue;
                }

                int run = raw.Slice(position).IndexOf((byte)'\\');
                run = run <= 0 ? raw.Length - position : run;
                written += CopyValid(raw.Slice(position, run), text.Slice(written), ref oddities);
                position += run;
            }
            else if (raw[position + 1] == 'u' && Utf8Parser.TryParse(raw.Slice(position + 2, Math.Min(4, raw.Length - position - 2)), out ushort unit, out _, 'x'))
            {
                written += PutUnit((char)unit, position == 0, text.Slice(written), ref pendingHigh, ref oddities);
                position += 6;
            }
            else
            {
                written += FlushPending(text.Slice(written), ref pendingHigh, ref oddities);
                text[written++] = SimpleEscape(raw[position + 1]);
                position += 2;
            }
        }

        return written;
    }

    /// <summary>Whether the inside of a string with escapes, that a JSON reader has accepted, is a text.</summary>
    public static bool Is(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text)
    {
        const int LongestEscape = 6;
        const int LongestText = 64;
        if (text.Length > LongestText || raw.Length > text.Length * LongestEscape)
        {
            return false;
        }

        Span<byte> unescaped = stackalloc byte[LongestText * LongestEscape * 3 + MaxGrowthOfStart];
        char pending = '\0';
        TextOddities oddities = TextOddities.None;
        int written = Unescape(raw, unescaped, ref pending, ref oddities);
        return pending == 0 && oddities == TextOddities.None && unescaped.Slice(0, written).SequenceEqual(text);
    }

    /// <summary>Copies text, every invalid sequence as U+FFFD.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int CopyValid(ReadOnlySpan<byte> utf8, Span<byte> text, ref TextOddities oddities)
    {
#if NET
        const int WorthACall = 16;
        if (utf8.Length >= WorthACall && Utf8.IsValid(utf8))
        {
            utf8.CopyTo(text);
            return utf8.Length;
        }

#endif
        int written = 0;
        while (!utf8.IsEmpty)
        {
            int valid = ValidPrefix(utf8, out int invalid);
            utf8.Slice(0, valid).CopyTo(text.Slice(written));
            written += valid;
            if (invalid > 0)
            {
                oddities |= TextOddities.InvalidUtf8;
                written += PutReplacement(text.Slice(written));
            }

            utf8 = utf8.Slice(valid + invalid);
        }

        return written;
    }

    /// <summary>Writes U+FFFD for a first half whose partner did not come.</summary>
    /// <returns>How many bytes were written: 0 or 3.</returns>
    public static int FlushPending(Span<byte> text, ref char pendingHigh, ref TextOddities oddities)
    {
        if (pendingHigh == 0)
        {
            return 0;
        }

        pendingHigh = '\0';
        oddities |= TextOddities.UnpairedSurrogate;
        return PutReplacement(text);
    }

    // Copies ASCII up to the first backslash; bytes that are no text yet may be written behind it.
    private static int CopyPlain(ReadOnlySpan<byte> raw, Span<byte> text)
    {
        int count = 0;
#if NET
        while (raw.Length - count >= Vector128<byte>.Count && text.Length - count >= Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.Create(raw.Slice(count));
            block.CopyTo(text.Slice(count));
            uint stops = (Vector128.Equals(block, Vector128.Create((byte)'\\')) | block).ExtractMostSignificantBits();
            if (stops != 0)
            {
                return count + BitOperations.TrailingZeroCount(stops);
            }

            count += Vector128<byte>.Count;
        }

#endif
        while (count < raw.Length && raw[count] is < 0x80 and not (byte)'\\')
        {
            text[count] = raw[count];
            count++;
        }

        return count;
    }

    private static int PutUnit(char unit, bool isFirst, Span<byte> text, ref char pendingHigh, ref TextOddities oddities)
    {
        if (char.IsLowSurrogate(unit) && pendingHigh != 0)
        {
            int scalar = char.ConvertToUtf32(pendingHigh, unit);
            pendingHigh = '\0';
            oddities |= isFirst ? TextOddities.SplitSurrogatePair : TextOddities.None;
            return PutScalar(scalar, text);
        }

        int written = FlushPending(text, ref pendingHigh, ref oddities);
        text = text.Slice(written);
        if (char.IsHighSurrogate(unit))
        {
            pendingHigh = unit;
            return written;
        }

        if (char.IsLowSurrogate(unit))
        {
            oddities |= TextOddities.UnpairedSurrogate;
            return written + PutReplacement(text);
        }

        return written + PutScalar(unit, text);
    }

    private static int PutReplacement(Span<byte> text)
    {
        "\uFFFD"u8.CopyTo(text);
        return 3;
    }

    private static byte SimpleEscape(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    // How long the valid beginning is, and how long the maximal invalid subpart behind it (Unicode 16, table 3-7), 0 at the end.
    private static int ValidPrefix(ReadOnlySpan<byte> utf8, out int invalid)
    {
        int position = 0;
        while (position < utf8.Length)
        {
            byte lead = utf8[position];
            if (lead < 0x80)
            {
                position++;
                continue;
            }

            int length = lead switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => 1 };
            int good = 1;
            while (good < length && position + good < utf8.Length && IsContinuation(lead, good, utf8[position + good]))
            {
                good++;
            }

            if (length == 1 || good < length)
            {
                invalid = good;
                return position;
            }

            position += length;
        }

        invalid = 0;
        return position;
    }

    private static bool IsContinuation(byte lead, int place, byte value) => (place == 1 ? lead : (byte)0) switch
    {
        0xE0 => value is >= 0xA0 and <= 0xBF,
        0xED => value is >= 0x80 and <= 0x9F,
        0xF0 => value is >= 0x90 and <= 0xBF,
        0xF4 => value is >= 0x80 and <= 0x8F,
        _ => value is >= 0x80 and <= 0xBF,
    };
}
