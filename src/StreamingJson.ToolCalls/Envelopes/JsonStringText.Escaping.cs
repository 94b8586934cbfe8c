using System;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Envelopes;

/// <content>The other way round: a text that comes from elsewhere, as the inside of a JSON string.</content>
internal static partial class JsonStringText
{
    private const int MaxEscape = 6;

    /// <summary>Writes UTF-16 as the inside of a JSON string; a surrogate without its partner as an escape, so that nothing of it is lost.</summary>
    /// <returns>Whether there are escapes in it.</returns>
    public static bool Escape(ReadOnlySpan<char> text, Utf8Buffer json)
    {
        bool isEscaped = false;
        Span<byte> free = json.GetSpan(checked(text.Length * MaxEscape));
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (unit >= 0x80)
            {
                bool isPair = char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                if (isPair || !char.IsSurrogate(unit))
                {
                    written += PutScalar(isPair ? char.ConvertToUtf32(unit, text[++i]) : unit, free.Slice(written));
                    continue;
                }
            }
            else if (!NeedsEscape((byte)unit))
            {
                free[written++] = (byte)unit;
                continue;
            }

            isEscaped = true;
            written += PutEscape(unit, free.Slice(written));
        }

        json.Advance(written);
        return isEscaped;
    }

    /// <summary>Writes UTF-8 as the inside of a JSON string. What is no UTF-8 stays so: it is for the reader of the string to see.</summary>
    /// <returns>Whether there are escapes in it.</returns>
    public static bool Escape(ReadOnlySpan<byte> text, Utf8Buffer json)
    {
        bool isEscaped = false;
        Span<byte> free = json.GetSpan(checked(text.Length * MaxEscape));
        int written = 0;
        foreach (byte unit in text)
        {
            if (NeedsEscape(unit))
            {
                isEscaped = true;
                written += PutEscape((char)unit, free.Slice(written));
            }
            else
            {
                free[written++] = unit;
            }
        }

        json.Advance(written);
        return isEscaped;
    }

    private static bool NeedsEscape(byte ascii) => ascii is < 0x20 or (byte)'"' or (byte)'\\';

    private static int PutEscape(char unit, Span<byte> json)
    {
        const string Digits = "0123456789abcdef";
        json[0] = (byte)'\\';
        if (unit is '"' or '\\')
        {
            json[1] = (byte)unit;
            return 2;
        }

        json[1] = (byte)'u';
        for (int i = 0; i < 4; i++)
        {
            json[2 + i] = (byte)Digits[(unit >> (12 - (4 * i))) & 0xF];
        }

        return MaxEscape;
    }

    private static int PutScalar(int scalar, Span<byte> text)
    {
        if (scalar < 0x80)
        {
            text[0] = (byte)scalar;
            return 1;
        }

        if (scalar < 0x800)
        {
            text[0] = (byte)(0xC0 | (scalar >> 6));
            text[1] = (byte)(0x80 | (scalar & 0x3F));
            return 2;
        }

        if (scalar < 0x10000)
        {
            text[0] = (byte)(0xE0 | (scalar >> 12));
            text[1] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
            text[2] = (byte)(0x80 | (scalar & 0x3F));
            return 3;
        }

        text[0] = (byte)(0xF0 | (scalar >> 18));
        text[1] = (byte)(0x80 | ((scalar >> 12) & 0x3F));
        text[2] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
        text[3] = (byte)(0x80 | (scalar & 0x3F));
        return 4;
    }
}
