using System;
using System.Buffers;

namespace StreamingJson.Framing;

/// <summary>
/// The lines of an event stream (WHATWG HTML, 9.2.5 "Parsing an event stream"); what a line means is in the other half of this class.
/// </summary>
/// <remarks>
/// A CR ends its line at once, and a LF that follows it is swallowed when it comes: so an event is delivered with the byte that ends it,
/// and its end is the same
/// whether CRLF was cut or not.
/// </remarks>
internal sealed partial class ServerSentEventsScanner : FrameScanner, IDisposable
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private const byte Colon = (byte)':';
    private const long None = -1;

    // Before the first byte is decided, a byte order mark may still be coming.
    private bool _isAtStreamStart = true;

    // The line before ended with CR: a LF here belongs to that line end.
    private bool _isAfterCarriageReturn;

    // A comment with no event pending: its bytes are dropped as they come, so an endless one costs no memory and has no limit.
    private bool _isInFreeComment;

    private long _lineStart;

    // From _lineStart up to here there is no line end: no byte is searched twice.
    private long _scanned;

    public ServerSentEventsScanner(FrameBuffer buffer, FrameReaderOptions options, ArrayPool<byte> pool)
        : base(buffer, options)
    {
        _eventType = new PooledBytes(pool);
        _idBuffer = new PooledBytes(pool);
        _lastEventId = new PooledBytes(pool);
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public override bool TryRead(bool isFinal, out Frame frame)
    {
        frame = default;
        if (_isAtStreamStart && !TryPassByteOrderMark(isFinal))
        {
            return false;
        }

        bool hasFrame = false;
        while (!hasFrame && TryFindLineEnd(out long lineEnd))
        {
            long lineStart = _lineStart;
            _isAfterCarriageReturn = Buffer[lineEnd] == CarriageReturn;
            _lineStart = lineEnd + 1;
            _scanned = _lineStart;
            hasFrame = ReadLine(lineStart, lineEnd, lineEnd + 1, FrameFlags.None, ref frame);
        }

        if (!hasFrame && isFinal && Error is null && Options.DeliverUnterminated)
        {
            hasFrame = TryReadTail(ref frame);
        }

        Buffer.Consume(_hasData ? _dataStart : _isInFreeComment ? _scanned : _lineStart);
        return hasFrame;
    }

    public override ReadOnlySpan<byte> Peek(out long offset)
    {
        offset = _lineStart;
        if (_eventStart != None || _scanned != _lineStart || _isAtStreamStart)
        {
            return default;
        }

        if (_isAfterCarriageReturn && offset < Buffer.EndOffset && Buffer[offset] == LineFeed)
        {
            offset++;
        }

        return Buffer.Slice(offset, Math.Min(Buffer.EndOffset, offset + Options.MaxFrameBytes));
    }

    public override void Take(long offset, int length)
    {
        long end = offset + length;
        Examined += end - _lineStart;
        _isAfterCarriageReturn = Buffer[end - 1] == CarriageReturn;
        _lineStart = end;
        _scanned = end;
        Buffer.Consume(end);
    }

    public override void Reset()
    {
        base.Reset();
        _isAtStreamStart = true;
        _isAfterCarriageReturn = false;
        _isInFreeComment = false;
        _lineStart = 0;
        _scanned = 0;
        ResetFields();
    }

    public void Dispose()
    {
        _eventType.Dispose();
        _idBuffer.Dispose();
        _lastEventId.Dispose();
    }

    /// <summary>One leading BOM is not part of the stream. It may be cut, so up to two bytes have to wait for the rest.</summary>
    private bool TryPassByteOrderMark(bool isFinal)
    {
        ReadOnlySpan<byte> start = Buffer.Slice(0, Math.Min(Buffer.EndOffset, ByteOrderMark.Length));
        if (ByteOrderMark.StartsWith(start))
        {
            if (start.Length < ByteOrderMark.Length && !isFinal)
            {
                return false;
            }

            if (start.Length == ByteOrderMark.Length)
            {
                _lineStart = start.Length;
                _scanned = start.Length;
            }
        }

        Examined += start.Length;
        _isAtStreamStart = false;
        return true;
    }

    /// <summary>
    /// Finds the end of the line at <see cref="_lineStart"/>. The search stops at the byte that would be one too many for the event, or for
    /// the line where
    /// none is pending: past it there may be a line end or not, the verdict is the same.
    /// </summary>
    private bool TryFindLineEnd(out long lineEnd)
    {
        lineEnd = None;
        if (_lineStart == Buffer.EndOffset)
        {
            return false;
        }

        if (_isAfterCarriageReturn)
        {
            _isAfterCarriageReturn = false;
            Examined++;
            if (Buffer[_lineStart] == LineFeed)
            {
                _lineStart++;
                _scanned = _lineStart;
            }
        }

        if (_scanned == _lineStart && _eventStart == None && _lineStart < Buffer.EndOffset && Buffer[_lineStart] == Colon)
        {
            _isInFreeComment = true;
        }

        long limit = _isInFreeComment ? long.MaxValue : (_eventStart == None ? _lineStart : _eventStart) + Options.MaxFrameBytes;
        long windowEnd = Math.Min(Buffer.EndOffset, limit);
        if (_scanned < windowEnd)
        {
            // Every third line or so is blank: that needs no search.
            int index = Buffer[_scanned] == LineFeed ? 0 : Buffer.Slice(_scanned, windowEnd).IndexOfAny(CarriageReturn, LineFeed);
            if (index >= 0)
            {
                Examined += index + 1;
                lineEnd = _scanned + index;
                return true;
            }

            Examined += windowEnd - _scanned;
            _scanned = windowEnd;
        }

        return Buffer.EndOffset > limit && Fail(FramingErrorCode.FrameTooLong, limit);
    }

    /// <summary>The end of the input, taken for the end of the last line and then for a blank line. Called again, it finds neither.</summary>
    private bool TryReadTail(ref Frame frame)
    {
        long end = Buffer.EndOffset;
        long lineStart = _lineStart;
        _lineStart = end;
        _scanned = end;
        if (lineStart < end && ReadLine(lineStart, end, end, FrameFlags.Unterminated, ref frame))
        {
            return true;
        }

        return TryDispatch(end, FrameFlags.Unterminated, ref frame);
    }
}
