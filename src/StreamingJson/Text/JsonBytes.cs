using System;

namespace StreamingJson.Text;

/// <summary>The bytes of the JSON grammar (RFC 8259) by class.</summary>
internal static class JsonBytes
{
    public const int ByteOrderMarkLength = 3;

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>U+FFFD, what an unpaired surrogate escape reads as.</summary>
    public static ReadOnlySpan<byte> ReplacementCharacter => [0xEF, 0xBF, 0xBD];

    public static bool IsWhitespace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>What stands for <c>\</c> and <paramref name="letter"/>, or 0 when that is no escape of one letter.</summary>
    public static byte UnescapeLetter(byte letter) => letter < 0x80 ? Unescaped[letter] : (byte)0;

    private static ReadOnlySpan<byte> Unescaped =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, (byte)'"', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'/',
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'\\', 0, 0, 0,
        0, 0, (byte)'\b', 0, 0, 0, (byte)'\f', 0, 0, 0, 0, 0, 0, 0, (byte)'\n', 0,
        0, 0, (byte)'\r', 0, (byte)'\t', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Encodes a Unicode scalar value as UTF-8; returns how many of the four bytes it took.</summary>
    public static int EncodeScalar(int scalar, Span<byte> utf8)
    {
        if (scalar < 0x80)
        {
            utf8[0] = (byte)scalar;
            return 1;
        }

        if (scalar < 0x800)
        {
            utf8[0] = (byte)(0xC0 | (scalar >> 6));
            utf8[1] = (byte)(0x80 | (scalar & 0x3F));
            return 2;
        }

        if (scalar < 0x10000)
        {
            utf8[0] = (byte)(0xE0 | (scalar >> 12));
            utf8[1] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
            utf8[2] = (byte)(0x80 | (scalar & 0x3F));
            return 3;
        }

        utf8[0] = (byte)(0xF0 | (scalar >> 18));
        utf8[1] = (byte)(0x80 | ((scalar >> 12) & 0x3F));
        utf8[2] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
        utf8[3] = (byte)(0x80 | (scalar & 0x3F));
        return 4;
    }
}
