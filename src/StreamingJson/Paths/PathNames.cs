using System;
using System.Globalization;
using System.Text;

namespace StreamingJson.Paths;

/// <summary>Property names within patterns (RFC 9535, sections 2.3.1, 2.5.1 and, for the canonical form, 2.7).</summary>
internal static class PathNames
{
    /// <summary>Whether the shorthand <c>.name</c> may begin with the UTF-16 code unit. Surrogates may: the text is well-formed.</summary>
    public static bool IsFirst(char unit) => unit is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or >= '\u0080';

    public static bool IsNext(char unit) => IsFirst(unit) || unit is >= '0' and <= '9';

    public static bool IsShorthand(string name)
    {
        for (int index = 0; index < name.Length; index++)
        {
            if (!(index == 0 ? IsFirst(name[0]) : IsNext(name[index])))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    public static void AppendQuoted(StringBuilder text, string name)
    {
        text.Append('\'');
        foreach (char unit in name)
        {
            _ = unit switch
            {
                '\'' or '\\' => text.Append('\\').Append(unit),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(unit),
            };
        }

        text.Append('\'');
    }

    /// <summary>The index of the first surrogate without its partner, or -1.</summary>
    public static int IndexOfUnpairedSurrogate(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }
}
