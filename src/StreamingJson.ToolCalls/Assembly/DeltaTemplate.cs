using System;
#if NET
using System.Buffers;
#endif
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Protocols;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>
/// The last payload, if all it did was to add to the arguments of one call: most payloads of a stream are that one again, with another piece in it. What is
/// the same, byte for byte, but for that piece and for what says nothing, means the same and need not be read again.
/// </summary>
/// <remarks>
/// <code>
///   payload  {"type":"delta","sequence_number":7,"index":0,"delta":"{\"ci","obfuscation":"aB3"}
///            |---- fixed -----------------------|-|--- fixed -------|------|-- fixed ------|--|-fixed|
///                                              hole               hole: the piece         hole
/// </code>
/// A hole of a string is the inside of a JSON string (RFC 8259, 7), one of a number a whole number. So what fits is the same JSON text with other values
/// in its holes, exactly as a JSON reader would find it. It is used only after the same payload had the same effect twice: what an effect changes silently, it
/// has changed then. The number is nearly always the one that follows: the template has it in place already, so that such a payload has a hole less.
/// </remarks>
internal sealed class DeltaTemplate : IDisposable
{
    private const int MaxHoles = 3;

    // No number that is compared or counted has more digits.
    private const int MaxDigits = 18;

    private readonly Utf8Buffer _payload = new();
    private readonly Utf8Buffer _eventType = new();
    private readonly Hole[] _holes = new Hole[MaxHoles];
    private int _count;

    // The hole of the number, or -1; whether the number that follows stands in it, and which one that is.
    private int _numberHole;
    private bool _isNumberExpected;
    private long _expectedNumber;
    private ToolCall? _call;
    private bool _isConfirmed;

    private enum HoleKind
    {
        Piece,
        Padding,
        SequenceNumber,
    }

    /// <summary>Forgets the payload: something else was read.</summary>
    public void Clear()
    {
        _call = null;
        _isConfirmed = false;
    }

    /// <summary>Remembers a payload that did nothing but to add a string to the arguments of a call.</summary>
    /// <param name="frame">The frame it came in.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="root">The payload, read.</param>
    /// <param name="protocol">Whose it is.</param>
    /// <param name="call">The call.</param>
    /// <param name="piece">Where the inside of that string stands in the payload.</param>
    public void Learn(in Frame frame, ReadOnlySpan<byte> payload, EnvelopeValue root, Protocol protocol, ToolCall call, (int Start, int Length) piece)
    {
        if (_call == call && TryMatch(frame, payload, out _, out _))
        {
            _isConfirmed = true;
            return;
        }

        Clear();
        _count = 0;
        Add(piece.Start, piece.Length, HoleKind.Piece);
        EnvelopeValue padding = root[protocol.PaddingName];
        if (padding.IsString)
        {
            Add(padding.Start, padding.Raw.Length, HoleKind.Padding);
        }

        EnvelopeValue number = root[protocol.SequenceNumberName];
        if (number.TryGetInt64(out _))
        {
            Add(number.Start, number.Raw.Length, HoleKind.SequenceNumber);
        }

        _payload.Set(payload);
        _eventType.Set(frame.EventType);
        _numberHole = Array.FindIndex(_holes, 0, _count, static hole => hole.Kind == HoleKind.SequenceNumber);
        _isNumberExpected = false;
        _call = call;
    }

    /// <summary>Whether a payload does what the one before did.</summary>
    /// <param name="frame">The frame it came in.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="piece">The inside of the string that is added, as it stands in the payload.</param>
    /// <param name="sequenceNumber">The number of the event; -1 if the protocol has none.</param>
    /// <returns>The call it is added to; <see langword="null"/>: the payload must be read.</returns>
    public ToolCall? Match(in Frame frame, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> piece, out long sequenceNumber)
    {
        piece = default;
        sequenceNumber = -1;
        return _isConfirmed && TryMatch(frame, payload, out piece, out sequenceNumber) ? _call : null;
    }

    public void Dispose()
    {
        Clear();
        _payload.Dispose();
        _eventType.Dispose();
    }

    // Holes stand in the order of the payload.
    private void Add(int start, int length, HoleKind kind)
    {
        int place = _count++;
        while (place > 0 && _holes[place - 1].Start > start)
        {
            _holes[place] = _holes[place - 1];
            place--;
        }

        _holes[place] = new Hole(start, start + length, kind);
    }

    private bool TryMatch(in Frame frame, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> piece, out long sequenceNumber)
    {
        sequenceNumber = -1;
        piece = default;
        if (!frame.EventType.SequenceEqual(_eventType.Written))
        {
            return false;
        }

        if (_isNumberExpected && TryMatchHoles(payload, _numberHole, out piece, out _))
        {
            sequenceNumber = _expectedNumber;
            ExpectNext();
            return true;
        }

        if (!TryMatchHoles(payload, skipped: -1, out piece, out sequenceNumber))
        {
            return false;
        }

        if (_numberHole >= 0)
        {
            TakeNumber(payload, sequenceNumber);
        }

        return true;
    }

    // Of a hole that is skipped the template has the content.
    private bool TryMatchHoles(ReadOnlySpan<byte> payload, int skipped, out ReadOnlySpan<byte> piece, out long sequenceNumber)
    {
        piece = default;
        sequenceNumber = -1;
        ReadOnlySpan<byte> template = _payload.Written;
        int from = 0;
        ReadOnlySpan<byte> rest = payload;
        for (int i = 0; i < _count; i++)
        {
            if (i == skipped)
            {
                continue;
            }

            Hole hole = _holes[i];
            ReadOnlySpan<byte> same = template.Slice(from, hole.Start - from);
            if (!rest.StartsWith(same))
            {
                return false;
            }

            rest = rest.Slice(same.Length);
            int length = hole.Kind == HoleKind.SequenceNumber ? LengthOfNumber(rest, out sequenceNumber) : LengthOfString(rest);
            if (length < 0)
            {
                return false;
            }

            piece = hole.Kind == HoleKind.Piece ? rest.Slice(0, length) : piece;
            rest = rest.Slice(length);
            from = hole.End;
        }

        return rest.SequenceEqual(template.Slice(from));
    }

    // The number was not the one that stands in the template, or has more digits than that: the payload takes its place.
    private void TakeNumber(ReadOnlySpan<byte> payload, long number)
    {
        int from = 0;
        int at = 0;
        for (int i = 0; i < _count; i++)
        {
            Hole hole = _holes[i];
            int start = at + hole.Start - from;
            ReadOnlySpan<byte> rest = payload.Slice(start);
            at = start + (hole.Kind == HoleKind.SequenceNumber ? LengthOfNumber(rest, out _) : LengthOfString(rest));
            from = hole.End;
            _holes[i] = new Hole(start, at, hole.Kind);
        }

        _payload.Set(payload);
        _expectedNumber = number;
        ExpectNext();
    }

    // 99 has no successor of its length.
    private void ExpectNext()
    {
        Hole hole = _holes[_numberHole];
        Span<byte> digits = _payload.Writable.Slice(hole.Start, hole.End - hole.Start);
        int last = digits.Length - 1;
        while (last >= 0 && digits[last] == '9')
        {
            digits[last--] = (byte)'0';
        }

        _isNumberExpected = last >= 0;
        if (_isNumberExpected)
        {
            digits[last]++;
            _expectedNumber++;
        }
    }

    // Up to the quote that ends the string; -1 if there is none, or what a JSON reader refuses stands before it.
    private static int LengthOfString(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (true)
        {
            int special = IndexOfSpecial(text.Slice(at));
            if (special < 0)
            {
                return -1;
            }

            at += special;
            if (text[at] == '"')
            {
                return at;
            }

            int escape = text[at] == '\\' ? LengthOfEscape(text.Slice(at)) : 0;
            if (escape == 0)
            {
                return -1;
            }

            at += escape;
        }
    }

    // A quote, a backslash, or a character that no JSON string has.
#if NET
    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8);

    private static int IndexOfSpecial(ReadOnlySpan<byte> text) => text.IndexOfAny(Special);
#else
    private static int IndexOfSpecial(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < (byte)' ' or (byte)'"' or (byte)'\\')
            {
                return i;
            }
        }

        return -1;
    }
#endif

    private static int LengthOfEscape(ReadOnlySpan<byte> text)
    {
        const int LengthOfUnit = 6;
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            return "\"\\/bfnrt"u8.IndexOf(text[1]) >= 0 ? 2 : 0;
        }

        for (int i = 2; i < LengthOfUnit; i++)
        {
            if (i >= text.Length || !IsHexDigit(text[i]))
            {
                return 0;
            }
        }

        return LengthOfUnit;
    }

    private static bool IsHexDigit(byte value) => value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F');

    private static int LengthOfNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        int length = 0;
        while (length < text.Length && length <= MaxDigits && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + (text[length++] - '0');
        }

        bool isNumber = length is > 0 and <= MaxDigits && (length == 1 || text[0] != '0');
        return isNumber ? length : -1;
    }

    private readonly struct Hole(int start, int end, HoleKind kind)
    {
        public readonly int Start = start;
        public readonly int End = end;
        public readonly HoleKind Kind = kind;
    }
}
