using System;
using System.Runtime.CompilerServices;

namespace StreamingJson.Text;

/// <summary>
/// A UTF-8 sequence of two to four bytes that may be cut between any two of them (RFC 3629, section 4).
/// </summary>
/// <remarks>
/// Overlong forms, surrogates and values above U+10FFFF are all visible in the second byte, whose range depends on the first:
/// <code>
///   lead      second    following
///   C2..DF    80..BF
///   E0        A0..BF    80..BF
///   E1..EC    80..BF    80..BF
///   ED        80..9F    80..BF
///   EE..EF    80..BF    80..BF
///   F0        90..BF    80..BF 80..BF
///   F1..F3    80..BF    80..BF 80..BF
///   F4        80..8F    80..BF 80..BF
/// </code>
/// </remarks>
internal struct Utf8Sequence
{
    private byte _lowest;
    private byte _highest;

    /// <summary>How many bytes are still to come.</summary>
    public int Remaining { get; private set; }

    /// <summary>Begins a sequence; false when no sequence begins with <paramref name="lead"/>.</summary>
    public bool TryStart(byte lead)
    {
        _lowest = 0x80;
        _highest = 0xBF;
        switch (lead)
        {
            case >= 0xC2 and <= 0xDF:
                Remaining = 1;
                return true;
            case >= 0xE0 and <= 0xEF:
                Remaining = 2;
                if (lead == 0xE0)
                {
                    _lowest = 0xA0;
                }
                else if (lead == 0xED)
                {
                    _highest = 0x9F;
                }

                return true;
            case >= 0xF0 and <= 0xF4:
                Remaining = 3;
                if (lead == 0xF0)
                {
                    _lowest = 0x90;
                }
                else if (lead == 0xF4)
                {
                    _highest = 0x8F;
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes the next byte; false when it cannot continue the sequence.</summary>
    public bool TryContinue(byte next)
    {
        if (next < _lowest || next > _highest)
        {
            return false;
        }

        _lowest = 0x80;
        _highest = 0xBF;
        Remaining--;
        return true;
    }

    /// <summary>
    /// The index after all whole sequences that follow one another from <paramref name="index"/> on. Stops also before a valid one that
    /// ends within three bytes of the end of the data: whoever reads byte by byte decides about that.
    /// </summary>
    public static int SkipWhole(ReadOnlySpan<byte> utf8, int index)
    {
        while (index <= utf8.Length - 4)
        {
            int first = utf8[index];
            int second = utf8[index + 1] ^ 0x80;
            int third = utf8[index + 2] ^ 0x80;
            int fourth = utf8[index + 3] ^ 0x80;
            if (first is >= 0xC2 and <= 0xDF && second < 0x40)
            {
                index += 2;
            }
            else if (first is >= 0xE0 and <= 0xEF && (second | third) < 0x40
                && (((first & 0xF) << 6) | second) is >= 0x20 and (< 0x360 or >= 0x380))
            {
                index += 3;
            }
            else if (first is >= 0xF0 and <= 0xF4 && (second | third | fourth) < 0x40 && (((first & 0x7) << 6) | second) is >= 0x10 and < 0x110)
            {
                index += 4;
            }
            else
            {
                break;
            }
        }

        return index;
    }

    /// <summary>How many bytes at the end of valid UTF-8 belong to a sequence that is cut by the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CutAtEnd(ReadOnlySpan<byte> utf8) => utf8.IsEmpty || utf8[utf8.Length - 1] < 0x80 ? 0 : CutAtEndOfSequences(utf8);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CutAtEndOfSequences(ReadOnlySpan<byte> utf8)
    {
        for (int length = 1; length <= Math.Min(3, utf8.Length); length++)
        {
            byte value = utf8[utf8.Length - length];
            if (value < 0x80)
            {
                return 0;
            }

            if (value >= 0xC0)
            {
                var sequence = default(Utf8Sequence);
                return sequence.TryStart(value) && sequence.Remaining >= length ? length : 0;
            }
        }

        return 0;
    }
}
