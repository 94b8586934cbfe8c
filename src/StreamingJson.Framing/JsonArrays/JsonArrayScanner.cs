using System;

namespace StreamingJson.Framing;

/// <summary>
/// The elements of one top-level JSON array, raw, each as soon as it is closed; a top-level object counts as an array with that one
/// element.
/// </summary>
/// <remarks>
/// Inside an element only strings, their escapes and the number of open brackets are tracked: whether the element is valid JSON (and
/// whether a <c>{</c> was closed by a
/// <c>}</c>) is for the parser that reads it. A number or literal is closed by the byte behind it, which is not part of the frame.
/// <code>
///   state         [            { or [ or "        0-9 - letter   ,               ]
///   Root          FirstElement Container ({ only) error          error           error
///   FirstElement  element      element            Literal        error           End
///   Element       element      element            Literal        error           error
///   AfterElement  error        error              error          Element         End
///   End           error        error              error          error           error
/// </code>
/// White space may stand in each of them.
/// </remarks>
internal sealed class JsonArrayScanner : FrameScanner
{
    private State _state;
    private bool _isBareObject;
    private bool _isTailRead;
    private long _elementStart;
    private long _scanned;

    // Inside an element that is a container or a string.
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;

    public JsonArrayScanner(FrameBuffer buffer, FrameReaderOptions options)
        : base(buffer, options)
    {
    }

    private enum State
    {
        Root,
        FirstElement,
        Element,
        AfterElement,
        End,
        Container,
        Literal,
    }

    public override bool TryRead(bool isFinal, out Frame frame)
    {
        bool isClosed = _state switch
        {
            State.Container => TryCloseContainer(),
            State.Literal => TryCloseLiteral(),
            _ => TryFindElement() && (_state == State.Container ? TryCloseContainer() : TryCloseLiteral()),
        };

        frame = default;
        if (isClosed)
        {
            frame = new Frame(Buffer.Slice(_elementStart, _scanned), _elementStart, _scanned);
            _state = _isBareObject ? State.End : State.AfterElement;
        }
        else if (isFinal && Error is null && _state != State.End)
        {
            isClosed = TryReadTail(out frame);
        }

        Buffer.Consume(!isClosed && IsInElement ? _elementStart : _scanned);
        return isClosed;
    }

    public override void Reset()
    {
        base.Reset();
        _state = State.Root;
        _isTailRead = false;
        _scanned = 0;
        _depth = 0;
        _isInString = false;
        _isEscaped = false;
    }

    private bool IsInElement => _state is State.Container or State.Literal;

    /// <summary>Reads what stands between the elements.</summary>
    /// <returns>Whether an element has begun; its first byte was not consumed.</returns>
    private bool TryFindElement()
    {
        while (_scanned < Buffer.EndOffset)
        {
            byte value = Buffer[_scanned];
            if (value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                Pass();
            }
            else if (value == (byte)'[' && _state == State.Root)
            {
                Pass();
                _state = State.FirstElement;
            }
            else if (value == (byte)',' && _state == State.AfterElement)
            {
                Pass();
                _state = State.Element;
            }
            else if (value == (byte)']' && _state is State.FirstElement or State.AfterElement)
            {
                Pass();
                _state = State.End;
            }
            else
            {
                return TryBeginElement(value);
            }
        }

        return false;
    }

    private bool TryBeginElement(byte first)
    {
        bool isContainer = first is (byte)'{' or (byte)'[' or (byte)'"';
        bool isBareObject = _state == State.Root && first == (byte)'{';
        bool isExpected = isBareObject || (_state is State.FirstElement or State.Element && (isContainer || IsLiteral(first)));
        if (!isExpected)
        {
            return Fail(FramingErrorCode.UnexpectedByte, _scanned);
        }

        _isBareObject = isBareObject;
        _elementStart = _scanned;
        _state = isContainer ? State.Container : State.Literal;
        return true;
    }

    private bool TryCloseContainer()
    {
        long limit = _elementStart + Options.MaxFrameBytes;
        ReadOnlySpan<byte> bytes = Buffer.Slice(_scanned, Math.Min(Buffer.EndOffset, limit));
        int position = 0;
        bool isClosed = false;
        while (position < bytes.Length && !isClosed)
        {
            isClosed = _isInString ? TryCloseString(bytes, ref position) : IsClosedBy(bytes[position++]);
        }

        Examined += position;
        _scanned += position;
        return isClosed || (Buffer.EndOffset > limit && Fail(FramingErrorCode.FrameTooLong, limit));
    }

    /// <summary>Goes on in a string, to its end, behind its next escape or to the end of the bytes; returns whether that closes the element.</summary>
    private bool TryCloseString(ReadOnlySpan<byte> bytes, ref int position)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            position++;
            return false;
        }

        int index = bytes.Slice(position).IndexOfAny((byte)'"', (byte)'\\');
        if (index < 0)
        {
            position = bytes.Length;
            return false;
        }

        position += index + 1;
        _isEscaped = bytes[position - 1] == (byte)'\\';
        _isInString = _isEscaped;
        return !_isInString && _depth == 0;
    }

    /// <summary>Takes one byte that is not in a string; returns whether it closes the element.</summary>
    private bool IsClosedBy(byte value)
    {
        switch (value)
        {
            case (byte)'"':
                _isInString = true;
                return false;
            case (byte)'{' or (byte)'[':
                _depth++;
                return false;
            case (byte)'}' or (byte)']':
                return --_depth == 0;
            default:
                return false;
        }
    }

    private bool TryCloseLiteral()
    {
        while (_scanned < Buffer.EndOffset)
        {
            byte value = Buffer[_scanned];
            if (value is (byte)',' or (byte)']' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                return true;
            }

            if (!IsLiteral(value))
            {
                return Fail(FramingErrorCode.UnexpectedByte, _scanned);
            }

            if (_scanned - _elementStart == Options.MaxFrameBytes)
            {
                return Fail(FramingErrorCode.FrameTooLong, _scanned);
            }

            Pass();
        }

        return false;
    }

    private bool TryReadTail(out Frame frame)
    {
        frame = default;
        if (!_isTailRead && IsInElement && Options.DeliverUnterminated)
        {
            _isTailRead = true;
            frame = new Frame(Buffer.Slice(_elementStart, _scanned), _elementStart, _scanned, FrameFlags.Unterminated);
            return true;
        }

        return Fail(FramingErrorCode.UnexpectedEnd, Buffer.EndOffset);
    }

    private void Pass()
    {
        Examined++;
        _scanned++;
    }

    private static bool IsLiteral(byte value) =>
        value is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.'
            or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z');
}
