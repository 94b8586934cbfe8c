using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StreamingJson.Text;

/// <summary>
/// The text of a string, byte by byte: plain ASCII, and UTF-8 sequences that may be cut between any two bytes (RFC 3629, section 4).
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
/// An automaton without a branch: each byte has a word, in which six bits at each state's own number are the next state. What is no text,
/// a quote, a backslash or a control character, leads to the state <c>Stop</c> like what is no UTF-8, and nothing leads out of it.
/// <code>
///   next = words[byte] >> state       (the shift takes the lower six bits of the state, so that nothing has to be masked)
/// </code>
/// </remarks>
internal struct Utf8Sequence
{
    /// <summary>Of a word: what every byte that is not ASCII has.</summary>
    public const ulong HighBits = 0x8080808080808080;

    private const int BitsPerState = 6;
    private const int StateMask = (1 << BitsPerState) - 1;

    private const int Whole = 0 * BitsPerState;
    private const int Stop = 1 * BitsPerState;
    private const int OneMore = 2 * BitsPerState;
    private const int TwoMore = 3 * BitsPerState;
    private const int ThreeMore = 4 * BitsPerState;
    private const int AfterE0 = 5 * BitsPerState;
    private const int AfterED = 6 * BitsPerState;
    private const int AfterF0 = 7 * BitsPerState;
    private const int AfterF4 = 8 * BitsPerState;

    private static readonly ulong[] Words = CreateWords();

    private int _state;

    /// <summary>Whether no byte is still to come.</summary>
    public readonly bool IsWhole => _state == Whole;

    /// <summary>Begins a sequence; false when no sequence begins with <paramref name="lead"/>.</summary>
    public bool TryStart(byte lead)
    {
        _state = (int)Words[lead] & StateMask;
        return _state > Stop;
    }

    /// <summary>Takes the next byte; false when it cannot continue the sequence.</summary>
    public bool TryContinue(byte next)
    {
        int state = (int)(Words[next] >> _state) & StateMask;
        if (state == Stop)
        {
            return false;
        }

        _state = state;
        return true;
    }

    /// <summary>Takes the lowest <paramref name="length"/> bytes of a word; false, and nothing is taken, when there is a stop or an error in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ulong word, int length)
    {
        ulong[] words = Words;
        ulong state = words[(byte)word] >> _state;
        for (; length > 1; length--)
        {
            word >>= 8;
            state = words[(byte)word] >> (int)state;
        }

        int last = (int)state & StateMask;
        if (last == Stop)
        {
            return false;
        }

        _state = last;
        return true;
    }

    /// <summary>
    /// The index after all text from <paramref name="index"/> on that ends in a whole sequence: at a stop, an error or a cut sequence, or
    /// where the text is ASCII again, which others go through faster.
    /// </summary>
    public static int SkipWhole(ReadOnlySpan<byte> utf8, int index)
    {
#if NET8_0_OR_GREATER
        if (Utf8Blocks.MaySkip(utf8.Length, index))
        {
            index = Utf8Blocks.SkipWhole(utf8, index);
        }
#endif
        ulong[] words = Words;
        ulong state = Whole;
        while (utf8.Length - index >= sizeof(ulong))
        {
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(index));
            if (StringStops.HasStopButUtf8(bytes))
            {
                break;
            }

            ulong next = words[(byte)bytes] >> (int)state;
            next = words[(byte)(bytes >> 8)] >> (int)next;
            next = words[(byte)(bytes >> 16)] >> (int)next;
            next = words[(byte)(bytes >> 24)] >> (int)next;
            next = words[(byte)(bytes >> 32)] >> (int)next;
            next = words[(byte)(bytes >> 40)] >> (int)next;
            next = words[(byte)(bytes >> 48)] >> (int)next;
            next = words[bytes >> 56] >> (int)next;
            if ((next & StateMask) == Stop)
            {
                break;
            }

            state = next & StateMask;
            index += sizeof(ulong);
            if ((bytes & HighBits) == 0)
            {
                return index;
            }
        }

        while ((uint)index < (uint)utf8.Length)
        {
            ulong next = (words[utf8[index]] >> (int)state) & StateMask;
            if (next == Stop)
            {
                break;
            }

            state = next;
            index++;
        }

        return state == Whole ? index : StartOfCut(utf8, index);
    }

    /// <summary>The index of the lead byte of the sequence that is cut before <paramref name="end"/>.</summary>
    public static int StartOfCut(ReadOnlySpan<byte> utf8, int end)
    {
        do
        {
            end--;
        }
        while (utf8[end] < 0xC0);

        return end;
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
                int sequenceLength = value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
                return sequenceLength > length ? length : 0;
            }
        }

        return 0;
    }

    private static ulong[] CreateWords()
    {
        var words = new ulong[256];
        for (int value = 0; value < words.Length; value++)
        {
            for (int state = Whole; state <= AfterF4; state += BitsPerState)
            {
                words[value] |= (ulong)Next(state, value) << state;
            }
        }

        return words;
    }

    private static int Next(int state, int value) => state switch
    {
        Whole => AtStart(value),
        OneMore when value is >= 0x80 and <= 0xBF => Whole,
        TwoMore when value is >= 0x80 and <= 0xBF => OneMore,
        ThreeMore when value is >= 0x80 and <= 0xBF => TwoMore,
        AfterE0 when value is >= 0xA0 and <= 0xBF => OneMore,
        AfterED when value is >= 0x80 and <= 0x9F => OneMore,
        AfterF0 when value is >= 0x90 and <= 0xBF => TwoMore,
        AfterF4 when value is >= 0x80 and <= 0x8F => TwoMore,
        _ => Stop,
    };

    private static int AtStart(int value) => value switch
    {
        < 0x20 or '"' or '\\' => Stop,
        < 0x80 => Whole,
        >= 0xC2 and <= 0xDF => OneMore,
        0xE0 => AfterE0,
        0xED => AfterED,
        >= 0xE1 and <= 0xEF => TwoMore,
        0xF0 => AfterF0,
        >= 0xF1 and <= 0xF3 => ThreeMore,
        0xF4 => AfterF4,
        _ => Stop,
    };
}
