using System;
using System.Buffers.Text;
using StreamingJson.Buffers;
using StreamingJson.Text;

namespace StreamingJson.Binding.Patches;

/// <summary>
/// The inside of JSON strings. Only what RFC 8259, section 7 wants escaped is, in the shortest way: a text never gets longer than it was
/// in the JSON that it came from, and no line break stands in what is written.
/// </summary>
internal static class CompactJson
{
    private const int LongestEscape = 6;
    private const int LongestInteger = 11;

    // By the control character: what stands after the backslash. 0 for \u00XX.
    private static ReadOnlySpan<byte> Letters => "\0\0\0\0\0\0\0\0btn\0fr\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8;

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    public static void AppendText(ref Arena<byte> json, ReadOnlySpan<byte> utf8Text)
    {
        while (!utf8Text.IsEmpty)
        {
            int plain = PlainLength(utf8Text);
            json.Append(utf8Text.Slice(0, plain));
            if (plain == utf8Text.Length)
            {
                return;
            }

            AppendEscape(ref json, utf8Text[plain]);
            utf8Text = utf8Text.Slice(plain + 1);
        }
    }

    /// <summary>The reference token of a property name (RFC 6901, section 3), and the slash before it.</summary>
    public static void AppendPointerToken(ref Arena<byte> pointer, ReadOnlySpan<byte> utf8Name)
    {
        pointer.Append((byte)'/');
        while (utf8Name.IndexOfAny((byte)'~', (byte)'/') is >= 0 and int special)
        {
            AppendText(ref pointer, utf8Name.Slice(0, special));
            pointer.Append(utf8Name[special] == '~' ? "~0"u8 : "~1"u8);
            utf8Name = utf8Name.Slice(special + 1);
        }

        AppendText(ref pointer, utf8Name);
    }

    /// <summary>The reference token of an item, and the slash before it.</summary>
    public static void AppendPointerToken(ref Arena<byte> pointer, int index)
    {
        pointer.Append((byte)'/');
        pointer.EnsureFree(LongestInteger);
        Utf8Formatter.TryFormat(index, pointer.Items.AsSpan(pointer.Count), out int written);
        pointer.Count += written;
    }

    private static int PlainLength(ReadOnlySpan<byte> utf8Text)
    {
        int index = StringStops.Next(utf8Text, 0);
        while (index < utf8Text.Length && utf8Text[index] >= 0x80)
        {
            do
            {
                index++;
            }
            while (index < utf8Text.Length && utf8Text[index] >= 0x80);

            index = StringStops.Next(utf8Text, index);
        }

        return index;
    }

    private static void AppendEscape(ref Arena<byte> json, byte value)
    {
        json.EnsureFree(LongestEscape);
        json.Append((byte)'\\');
        byte letter = value < Letters.Length ? Letters[value] : value;
        if (letter != 0)
        {
            json.Append(letter);
            return;
        }

        json.Append("u00"u8);
        json.Append(HexDigits[value >> 4]);
        json.Append(HexDigits[value & 0xF]);
    }
}
