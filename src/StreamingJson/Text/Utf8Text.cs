using System;
using System.Text;

namespace StreamingJson.Text;

/// <summary>UTF-8 to strings, on every target.</summary>
internal static class Utf8Text
{
    public static string ToString(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return utf8.IsEmpty ? string.Empty : Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }

    public static byte[] GetBytes(ReadOnlySpan<char> text)
    {
#if NETSTANDARD2_0
        return Encoding.UTF8.GetBytes(text.ToArray());
#else
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return utf8;
#endif
    }
}
