using System;

namespace StreamingJson.Framing;

/// <summary>What the lines mean: fields are gathered into the pending event, a blank line dispatches it.</summary>
/// <remarks>
/// The data of an event is built in place. A second <c>data</c> line is moved down behind the first, with a LF between them; what lay
/// between was read already:
/// <code>
///  received   data: first CR LF event: x LF data: second LF
///  becomes    data: first LF second ...............      _dataStart: first byte of "first", _dataEnd: behind "second"
/// </code>
/// Invariant: _dataEnd is below the start of the line that is being read. Event type and ids are copied out, because they would be
/// overwritten.
/// </remarks>
internal sealed partial class ServerSentEventsScanner
{
    private readonly PooledBytes _eventType;

    // The standard's "last event ID buffer", and what a blank line makes of it, the "last event ID string of the event source".
    private readonly PooledBytes _idBuffer;
    private readonly PooledBytes _lastEventId;
    private bool _isIdPending;

    // The first byte of the first known field of the pending event, or None.
    private long _eventStart = None;

    // The pending event has nothing yet but a type and one line of data.
    private bool _isBare = true;
    private bool _hasData;
    private long _dataStart;
    private long _dataEnd;

    public ReadOnlySpan<byte> LastEventId => _lastEventId.Span;

    public TimeSpan? ReconnectionTime { get; private set; }

    private void ResetFields()
    {
        _eventType.Reset();
        _idBuffer.Reset();
        _lastEventId.Reset();
        _isIdPending = false;
        _eventStart = None;
        _isBare = true;
        _hasData = false;
        ReconnectionTime = null;
    }

    /// <summary>Reads one line, terminator excluded.</summary>
    /// <returns>Whether there is a frame: an event that the blank line dispatched, or an unknown field to report.</returns>
    private bool ReadLine(long lineStart, long lineEnd, long endOffset, FrameFlags flags, ref Frame frame)
    {
        if (_isInFreeComment)
        {
            _isInFreeComment = false;
            return false;
        }

        if (lineStart == lineEnd)
        {
            CommitId();
            return TryDispatch(endOffset, flags, ref frame);
        }

        ReadOnlySpan<byte> line = Buffer.Slice(lineStart, lineEnd);
        int colon = line.StartsWith("data:"u8) ? "data"u8.Length : line.StartsWith("event:"u8) ? "event"u8.Length : line.IndexOf(Colon);
        if (colon == 0)
        {
            Examined++;
            return false;
        }

        // "If value starts with a U+0020 SPACE character, remove it from value": one, and only one.
        ReadOnlySpan<byte> name = colon < 0 ? line : line.Slice(0, colon);
        int valueStart = colon < 0 ? line.Length : colon + 1;
        if (valueStart < line.Length && line[valueStart] == (byte)' ')
        {
            valueStart++;
        }

        Examined += valueStart;
        ReadOnlySpan<byte> value = line.Slice(valueStart);
        if (name.SequenceEqual("data"u8))
        {
            AppendData(lineStart + valueStart, value.Length);
        }
        else if (name.SequenceEqual("event"u8))
        {
            _eventType.Set(value);
        }
        else if (name.SequenceEqual("id"u8))
        {
            _isBare = false;
            SetId(value);
        }
        else if (name.SequenceEqual("retry"u8))
        {
            _isBare = false;
            SetReconnectionTime(value);
        }
        else if (Options.ReportUnknownFields)
        {
            _isBare = false;
            frame = new Frame(value, lineStart, endOffset, flags | FrameFlags.UnknownField, eventType: name, wire: line);
            return true;
        }
        else
        {
            return false;
        }

        if (_eventStart == None)
        {
            _eventStart = lineStart;
        }

        return false;
    }

    private void AppendData(long valueStart, int length)
    {
        if (!_hasData)
        {
            _hasData = true;
            _dataStart = valueStart;
            _dataEnd = valueStart + length;
            return;
        }

        _isBare = false;
        Examined += length;
        Buffer.Overwrite(_dataEnd, LineFeed);
        Buffer.MoveDown(valueStart, length, _dataEnd + 1);
        _dataEnd += 1 + length;
    }

    private void SetId(ReadOnlySpan<byte> value)
    {
        Examined += value.Length;
        if (value.IndexOf((byte)0) < 0)
        {
            _idBuffer.Set(value);
            _isIdPending = true;
        }
    }

    private void CommitId()
    {
        if (_isIdPending)
        {
            _lastEventId.Set(_idBuffer.Span);
            _isIdPending = false;
        }
    }

    /// <summary>"If the field value consists of only ASCII digits": otherwise, and where there are none, the field is ignored.</summary>
    private void SetReconnectionTime(ReadOnlySpan<byte> value)
    {
        Examined += value.Length;
        long milliseconds = 0;
        foreach (byte digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return;
            }

            milliseconds = Math.Min(int.MaxValue, (milliseconds * 10) + (digit - '0'));
        }

        if (value.Length > 0)
        {
            ReconnectionTime = TimeSpan.FromTicks(milliseconds * TimeSpan.TicksPerMillisecond);
        }
    }

    /// <summary>Ends the pending event. Without data it is none, but its type is forgotten all the same.</summary>
    private bool TryDispatch(long endOffset, FrameFlags flags, ref Frame frame)
    {
        bool hasEvent = _hasData;
        if (hasEvent)
        {
            ReadOnlySpan<byte> type = _eventType.IsEmpty ? "message"u8 : _eventType.Span;
            bool isAtHand = _isBare && flags == FrameFlags.None && _eventStart >= Buffer.StartOffset;
            ReadOnlySpan<byte> wire = isAtHand ? Buffer.Slice(_eventStart, endOffset) : default;
            frame = new Frame(Buffer.Slice(_dataStart, _dataEnd), _eventStart, endOffset, flags, type, _idBuffer.Span, wire);
        }

        _eventType.Clear();
        _isBare = true;
        _hasData = false;
        _eventStart = None;
        return hasEvent;
    }
}
