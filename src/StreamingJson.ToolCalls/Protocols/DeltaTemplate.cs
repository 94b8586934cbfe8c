using System;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls.Protocols;

/// <summary>
/// The last payload, if all it did was to add to one text or to the arguments of one call: most payloads of a stream are that one again, with another piece in it. What is
/// the same, byte for byte, but for that piece and for what says nothing, means the same and need not be read again.
/// </summary>
/// <remarks>
/// <code>
///   wire  event: delta LF data: {"type":"delta","sequence_number":7,"index":0,"delta":"{\"ci","obfuscation":"aB3"} LF LF
///         |---- fixed --------------------------------------------|-|--- fixed -------|------|-- fixed ------|--|--fixed-|
///                                                                hole               hole: the piece         hole
///                             |-- payload -----------------------------------------------------------------------|
/// </code>
/// A hole of a string is the inside of a JSON string (RFC 8259, 7), one of a number a whole number. So what fits is the same JSON text with other values
/// in its holes, exactly as a JSON reader would find it. It is used only after the same payload was read
/// twice in full: what a payload may change without an event, it has changed then, and a third reading would change nothing more. The number is nearly always the one that follows: the template has it in place already, so that such a payload has a hole less.
/// Where the framing tells the bytes of a whole frame (<see cref="Frame.Wire"/>), the next frame is compared before it is read as one: neither its lines nor
/// its fields are looked for. A frame that was cut more than once is read, and its payload compared.
/// </remarks>
internal sealed class DeltaTemplate : IDisposable
{
    private const int MaxHoles = 3;

    // The frame, or where that is not at hand the payload alone; and where the payload stands in it.
    private readonly Utf8Buffer _text = new();
    private readonly Utf8Buffer _eventType = new();
    private readonly Hole[] _holes = new Hole[MaxHoles];
    private int _start;
    private int _end;
    private bool _isFrame;
    private int _count;

    // The hole of the number, or -1; whether the number that follows stands in it, and which one that is.
    private int _numberHole;
    private bool _isNumberExpected;
    private long _expectedNumber;
    private MessageItem? _item;

    private enum HoleKind
    {
        Piece,
        Padding,
        SequenceNumber,
    }

    /// <summary>Whether it is worth while to ask for a match.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Forgets the payload: something else was read.</summary>
    public void Clear()
    {
        _item = null;
        IsConfirmed = false;
    }

    /// <summary>Remembers a payload that did nothing but to add a string to an item.</summary>
    /// <param name="frame">The frame it came in.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="root">The payload, read.</param>
    /// <param name="protocol">Whose it is.</param>
    /// <param name="item">The item.</param>
    /// <param name="piece">Where the inside of that string stands in the payload.</param>
    public void Learn(in Frame frame, ReadOnlySpan<byte> payload, EnvelopeValue root, Protocol protocol, MessageItem item, (int Start, int Length) piece)
    {
        if (_item == item && TryMatch(frame, payload, out _))
        {
            IsConfirmed = true;
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
            if (JsonContent.LengthOfNumber(number.Raw, out _) != number.Raw.Length)
            {
                return;
            }

            Add(number.Start, number.Raw.Length, HoleKind.SequenceNumber);
        }

        _numberHole = Array.FindIndex(_holes, 0, _count, static hole => hole.Kind == HoleKind.SequenceNumber);
        _eventType.Set(frame.EventType);
        _start = 0;
        _isNumberExpected = false;
        Replace(frame, payload);
        _item = item;
    }

    /// <summary>Whether what was received begins with a frame that does what the one before did.</summary>
    /// <param name="unread">What was received, from the beginning of a frame on.</param>
    /// <param name="match">What the frame says.</param>
    /// <returns>The item it adds to; <see langword="null"/>: the frame must be read.</returns>
    public MessageItem? MatchFrame(ReadOnlySpan<byte> unread, out DeltaMatch match)
    {
        match = default;
        if (!IsConfirmed || !_isFrame || !TryMatch(unread, 0, _text.Length, out match))
        {
            return null;
        }

        if (!match.IsNumberExpected)
        {
            Replace(unread.Slice(0, match.Length), _start, match.Length - (_text.Length - _end), isFrame: true);
        }
        else if (_numberHole >= 0)
        {
            ExpectNext();
        }

        return _item;
    }

    /// <summary>Whether a payload does what the one before did.</summary>
    /// <param name="frame">The frame it came in.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="match">What it says.</param>
    /// <returns>The item it adds to; <see langword="null"/>: the payload must be read.</returns>
    public MessageItem? MatchPayload(in Frame frame, ReadOnlySpan<byte> payload, out DeltaMatch match)
    {
        match = default;
        return IsConfirmed && TryMatch(frame, payload, out match) ? _item : null;
    }

    public void Dispose()
    {
        Clear();
        _text.Dispose();
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

    private bool TryMatch(in Frame frame, ReadOnlySpan<byte> payload, out DeltaMatch match)
    {
        match = default;
        if (!frame.EventType.SequenceEqual(_eventType.Written) || !TryMatch(payload, _start, _end, out match) || match.Length != payload.Length)
        {
            return false;
        }

        // With its wire it would have been found before it was read: that is not known yet, or another.
        if (!match.IsNumberExpected || !frame.Wire.IsEmpty)
        {
            Replace(frame, payload);
        }
        else if (_numberHole >= 0)
        {
            ExpectNext();
        }

        return true;
    }

    // Whether a text begins as a part of the template does.
    private bool TryMatch(ReadOnlySpan<byte> text, int from, int to, out DeltaMatch match)
    {
        if (_isNumberExpected)
        {
            bool isMatch = TryMatch(text, from, to, _numberHole, out match);
            if (isMatch || match.IsCut)
            {
                return isMatch;
            }
        }

        return TryMatch(text, from, to, skipped: -1, out match);
    }

    // Of a hole that is skipped the template has the content.
    private bool TryMatch(ReadOnlySpan<byte> text, int from, int to, int skipped, out DeltaMatch match)
    {
        match = default;
        match.SequenceNumber = skipped >= 0 ? _expectedNumber : DeltaMatch.NoNumber;
        match.IsNumberExpected = skipped == _numberHole;
        ReadOnlySpan<byte> template = _text.Written;
        ReadOnlySpan<byte> rest = text;
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
                match.IsCut = same.StartsWith(rest);
                return false;
            }

            rest = rest.Slice(same.Length);
            int length;
            if (hole.Kind == HoleKind.SequenceNumber)
            {
                length = JsonContent.LengthOfNumber(rest, out match.SequenceNumber);
            }
            else
            {
                length = JsonContent.LengthOfString(rest, out bool isPlain);
                if (hole.Kind == HoleKind.Piece && length >= 0)
                {
                    // A text that is empty is as one that is not there, in whose place another may count.
                    if (length == 0 && _item is not ToolCall)
                    {
                        return false;
                    }

                    match.Piece = rest.Slice(0, length);
                    match.IsPlain = isPlain;
                }
            }

            if (length < 0)
            {
                match.IsCut = length == JsonContent.Unended || rest.IsEmpty;
                return false;
            }

            rest = rest.Slice(length);
            from = hole.End;
        }

        ReadOnlySpan<byte> last = template.Slice(from, to - from);
        match.Length = text.Length - rest.Length + last.Length;
        bool isAll = rest.StartsWith(last);
        match.IsCut = !isAll && last.StartsWith(rest);
        return isAll;
    }

    private void Replace(in Frame frame, ReadOnlySpan<byte> payload)
    {
        if (frame.Wire.Overlaps(payload, out int start))
        {
            Replace(frame.Wire, start, start + payload.Length, isFrame: true);
        }
        else
        {
            Replace(payload, 0, payload.Length, isFrame: false);
        }
    }

    // What fits takes the place of the template.
    private void Replace(ReadOnlySpan<byte> text, int start, int end, bool isFrame)
    {
        int from = _start;
        int at = start;
        for (int i = 0; i < _count; i++)
        {
            Hole hole = _holes[i];
            int holeStart = at + hole.Start - from;
            ReadOnlySpan<byte> rest = text.Slice(holeStart);
            bool isNumber = hole.Kind == HoleKind.SequenceNumber;
            at = holeStart + (isNumber ? JsonContent.LengthOfNumber(rest, out _expectedNumber) : JsonContent.LengthOfString(rest, out _));
            from = hole.End;
            _holes[i] = new Hole(holeStart, at, hole.Kind);
        }

        _text.Set(text);
        _start = start;
        _end = end;
        _isFrame = isFrame;
        if (_numberHole >= 0)
        {
            ExpectNext();
        }
    }

    // The number that follows takes the place of the one that stands in the hole. 99 has no successor of its length.
    private void ExpectNext()
    {
        Hole hole = _holes[_numberHole];
        Span<byte> digits = _text.Writable.Slice(hole.Start, hole.End - hole.Start);
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

    private readonly struct Hole(int start, int end, HoleKind kind)
    {
        public readonly int Start = start;
        public readonly int End = end;
        public readonly HoleKind Kind = kind;
    }
}
