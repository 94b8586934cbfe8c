using System;
using System.Text;

namespace StreamingJson.Text;

/// <summary>UTF-8 to strings, on every target.</summary>
internal static class Utf8Text
{
    private const byte NoUtf8 = 0xFF;

    public static string ToString(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return utf8.IsEmpty ? string.Empty : Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }

    /// <summary>The UTF-8 of a text to compare with; where that is no UTF-16, bytes that equal no UTF-8.</summary>
    public static byte[] GetBytes(ReadOnlySpan<char> text)
    {
        if (!IsWellFormed(text))
        {
            return [NoUtf8];
        }

#if NETSTANDARD2_0
        return Encoding.UTF8.GetBytes(text.ToArray());
#else
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return utf8;
#endif
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[index]) || ++index == text.Length || !char.IsLowSurrogate(text[index]))
            {
                return false;
            }
        }

        return true;
    }
}
