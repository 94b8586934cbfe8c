using System;
#if NET8_0_OR_GREATER
using System.Buffers;
using System.Text.Unicode;
#endif

namespace StreamingJson.Text;

/// <summary>
/// UTF-16 to UTF-8 where a surrogate pair may be split over two pieces.
/// </summary>
/// <remarks>
/// A high surrogate settles the first two of its four bytes and half of the third. The two are written at once, so that what they break
/// is found at once, and the text ends in a cut UTF-8 sequence like any other. A surrogate without its partner is written as bytes that
/// are no UTF-8: the parser finds them like any other.
/// <code>
///   high:  110110ww wwxxxxxx      UTF-8:  11110uuu  10uuxxxx  10xxyyyy  10zzzzzz      u = w + 1
///   low:   110111yy yyzzzzzz              |--- at once ---|
/// </code>
/// </remarks>
internal struct Utf16Transcoder
{
    // Chars are transcoded in pieces that fit on the stack, three bytes a char at most.
    private const int CharsAtOnce = 256;
    private const int MaxBytesPerChar = 3;
    private const byte NoUtf8 = 0xFF;

    private int _highSurrogate;

    /// <summary>Gives chars to a sink as UTF-8; returns what the sink said last.</summary>
    public bool TryTranscodeTo<TSink>(TSink sink, ReadOnlySpan<char> utf16)
        where TSink : class, IUtf8Sink
    {
        Span<byte> utf8 = stackalloc byte[CharsAtOnce * MaxBytesPerChar];
        bool isTaken = sink.TryTake([]);
        while (!utf16.IsEmpty)
        {
            ReadOnlySpan<char> piece = utf16.Slice(0, Math.Min(utf16.Length, CharsAtOnce));
            isTaken = sink.TryTake(utf8.Slice(0, Transcode(piece, utf8)));
            utf16 = utf16.Slice(piece.Length);
        }

        return isTaken;
    }

    private int Transcode(ReadOnlySpan<char> utf16, Span<byte> utf8)
    {
        int written = 0;
        while (!utf16.IsEmpty)
        {
            if (_highSurrogate == 0)
            {
                TranscodeWhole(utf16, utf8.Slice(written), out int read, out int bytes);
                written += bytes;
                utf16 = utf16.Slice(read);
                if (utf16.IsEmpty)
                {
                    break;
                }
            }

            written += TranscodeSurrogate(utf16[0], utf8.Slice(written));
            utf16 = utf16.Slice(1);
        }

        return written;
    }

    private int TranscodeSurrogate(char unit, Span<byte> utf8)
    {
        int high = _highSurrogate;
        _highSurrogate = 0;
        if (high == 0 && char.IsHighSurrogate(unit))
        {
            _highSurrogate = unit;
            int scalar = char.ConvertToUtf32(unit, '\uDC00');
            utf8[0] = (byte)(0xF0 | (scalar >> 18));
            utf8[1] = (byte)(0x80 | ((scalar >> 12) & 0x3F));
            return 2;
        }

        if (high != 0 && char.IsLowSurrogate(unit))
        {
            int scalar = char.ConvertToUtf32((char)high, unit);
            utf8[0] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
            utf8[1] = (byte)(0x80 | (scalar & 0x3F));
            return 2;
        }

        utf8[0] = NoUtf8;
        return 1;
    }

    // Up to the first surrogate that is not part of a pair within the span.
    private static void TranscodeWhole(ReadOnlySpan<char> utf16, Span<byte> utf8, out int read, out int written)
    {
#if NET8_0_OR_GREATER
        OperationStatus status = Utf8.FromUtf16(utf16, utf8, out read, out written, replaceInvalidSequences: false, isFinalBlock: false);
        System.Diagnostics.Debug.Assert(status != OperationStatus.DestinationTooSmall, "Three bytes a char are enough.");
#else
        read = 0;
        written = 0;
        while (read < utf16.Length)
        {
            char unit = utf16[read];
            if (!char.IsSurrogate(unit))
            {
                written += JsonBytes.EncodeScalar(unit, utf8.Slice(written));
                read++;
            }
            else if (char.IsHighSurrogate(unit) && read + 1 < utf16.Length && char.IsLowSurrogate(utf16[read + 1]))
            {
                written += JsonBytes.EncodeScalar(char.ConvertToUtf32(unit, utf16[read + 1]), utf8.Slice(written));
                read += 2;
            }
            else
            {
                break;
            }
        }
#endif
    }
}
