using System;
using System.Text;

namespace StreamingJson.Framing.Tests;

/// <summary>Bytes as text and back, one char a byte (Latin-1): nothing is lost, whatever the bytes are.</summary>
internal static class Text
{
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
