using System;
using System.Globalization;
using System.Text;

namespace StreamingJson.Tests.TestKit;

/// <summary>The text of a string so far: whole characters only.</summary>
public static class GrowingText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Decodes the raw bytes between the quotes. While the string is open, a cut UTF-8 sequence, a cut escape, and a high surrogate escape
    /// whose partner may still come are held back; a surrogate without a partner reads as U+FFFD as soon as that is certain.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> raw, bool isClosed)
    {
        var text = new StringBuilder();
        while (!raw.IsEmpty)
        {
            int length = raw[0] == '\\' ? Escape(raw, isClosed, text) : Sequence(raw, text);
            if (length == 0)
            {
                break; // what is left is held back
            }

            raw = raw[length..];
        }

        return text.ToString();
    }

    private static int Sequence(ReadOnlySpan<byte> raw, StringBuilder text)
    {
        int length = raw[0] switch
        {
            < 0x80 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };
        if (raw.Length < length)
        {
            return 0;
        }

        text.Append(Encoding.UTF8.GetString(raw[..length]));
        return length;
    }

    private static int Escape(ReadOnlySpan<byte> raw, bool isClosed, StringBuilder text)
    {
        if (raw.Length < 2)
        {
            return 0;
        }

        if (raw[1] != 'u')
        {
            text.Append((char)raw[1] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                char itself => itself,
            });
            return 2;
        }

        if (raw.Length < 6)
        {
            return 0;
        }

        char unit = CodeUnit(raw);
        return char.IsHighSurrogate(unit) ? Pair(unit, raw, isClosed, text) : Single(unit, text);
    }

    private static int Single(char unit, StringBuilder text)
    {
        text.Append(char.IsLowSurrogate(unit) ? Replacement : unit);
        return 6;
    }

    private static int Pair(char high, ReadOnlySpan<byte> raw, bool isClosed, StringBuilder text)
    {
        ReadOnlySpan<byte> next = raw[6..];
        if (!MayBeginLowSurrogate(next) || (isClosed && next.Length < 6))
        {
            text.Append(Replacement);
            return 6;
        }

        if (next.Length < 6)
        {
            return 0;
        }

        text.Append(high).Append(CodeUnit(next));
        return 12;
    }

    /// <summary>Whether these bytes are, or may become, <c>\uDC00</c> to <c>\uDFFF</c>.</summary>
    private static bool MayBeginLowSurrogate(ReadOnlySpan<byte> next)
    {
        string escape = Encoding.ASCII.GetString(next[..Math.Min(next.Length, 4)]).ToUpperInvariant();
        return escape.Length switch
        {
            0 => true,
            1 => escape == "\\",
            2 => next[1] == 'u' && next[0] == '\\',
            3 => escape == "\\UD" && next[1] == 'u',
            _ => escape is "\\UDC" or "\\UDD" or "\\UDE" or "\\UDF" && next[1] == 'u',
        };
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        (char)int.Parse(Encoding.ASCII.GetString(escape[2..6]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
