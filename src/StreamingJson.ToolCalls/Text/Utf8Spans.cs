using System;

namespace StreamingJson.ToolCalls.Text;

/// <summary>What netstandard2.0 has no span methods for.</summary>
internal static class Utf8Spans
{
    /// <summary>Without JSON's blanks at both ends.</summary>
    public static ReadOnlySpan<byte> TrimBlanks(this ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        int end = text.Length;
        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text.Slice(start, end - start);
    }

    /// <summary>The beginning, at most so many bytes, no sequence cut.</summary>
    public static ReadOnlySpan<byte> Prefix(this ReadOnlySpan<byte> text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        while (most > 0 && (text[most] & 0xC0) == 0x80)
        {
            most--;
        }

        return text.Slice(0, most);
    }

    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';
}
