using System;
using System.Globalization;
using System.Text;

namespace StreamingJson.Text;

/// <summary>RFC 6901: writing and reading the reference tokens of a JSON pointer.</summary>
internal static class JsonPointerText
{
    public const char Separator = '/';

    /// <summary>Appends a reference token for a property name, escaped.</summary>
    public static void AppendName(StringBuilder pointer, ReadOnlySpan<byte> utf8Name)
    {
        pointer.Append(Separator);
        foreach (char unit in Utf8Text.ToString(utf8Name))
        {
            switch (unit)
            {
                case '~':
                    pointer.Append("~0");
                    break;
                case Separator:
                    pointer.Append("~1");
                    break;
                default:
                    pointer.Append(unit);
                    break;
            }
        }
    }

    public static void AppendIndex(StringBuilder pointer, int index) =>
        pointer.Append(Separator).Append(index.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Takes the next reference token off a pointer, unescaped. False at the end; the token is null where the syntax is broken.
    /// </summary>
    public static bool TryTakeToken(ref ReadOnlySpan<char> pointer, out string? token)
    {
        token = null;
        if (pointer.IsEmpty)
        {
            return false;
        }

        if (pointer[0] != Separator)
        {
            return true;
        }

        pointer = pointer.Slice(1);
        int end = pointer.IndexOf(Separator);
        ReadOnlySpan<char> raw = end < 0 ? pointer : pointer.Slice(0, end);
        pointer = end < 0 ? [] : pointer.Slice(end);
        token = Unescape(raw.ToString());
        return true;
    }

    /// <summary>What is said of a text that is no pointer. It is the caller's, and still not repeated.</summary>
    public static FormatException NotAPointer(string text) => new(
        text.Length > 0 && text[0] == '$' ? "Not a JSON pointer (RFC 6901), which is empty or begins with '/': '$...' is a path pattern."
        : text.Length > 0 && text[0] != Separator ? "Not a JSON pointer (RFC 6901), which is empty or begins with '/'."
        : "Not a JSON pointer (RFC 6901): '~' stands only in '~0' and '~1'.");

    /// <summary>An array index: digits without a leading zero.</summary>
    public static bool TryParseIndex(string token, out int index)
    {
        index = 0;
        foreach (char unit in token)
        {
            // int.TryParse takes NUL characters after the digits.
            if (unit is < '0' or > '9')
            {
                return false;
            }
        }

        return (token.Length == 1 || (token.Length > 1 && token[0] != '0'))
            && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private static string? Unescape(string token)
    {
        for (int tilde = token.IndexOf('~'); tilde >= 0; tilde = token.IndexOf('~', tilde + 1))
        {
            if (tilde + 1 == token.Length || token[tilde + 1] is not ('0' or '1'))
            {
                return null;
            }
        }

        return token.Replace("~1", "/").Replace("~0", "~");
    }
}
