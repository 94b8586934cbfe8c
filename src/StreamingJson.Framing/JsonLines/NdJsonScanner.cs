using System;

namespace StreamingJson.Framing;

/// <summary>
/// JSON Lines: a line ends with LF; a CR before it is not part of it. Blanks before a line (and so blank lines) are dropped as they come:
/// they are insignificant to JSON, cost
/// no memory and have no limit.
/// </summary>
internal sealed class NdJsonScanner : FrameScanner
{
    private bool _isInLine;
    private long _lineStart;

    // From _lineStart up to here there is no LF: no byte is searched twice.
    private long _scanned;

    public NdJsonScanner(FrameBuffer buffer, FrameReaderOptions options)
        : base(buffer, options)
    {
    }

    public override bool TryRead(bool isFinal, out Frame frame)
    {
        frame = default;
        bool hasFrame = TryFindLineStart() && TryReadLine(isFinal, out frame);
        Buffer.Consume(_isInLine ? _lineStart : _scanned);
        return hasFrame;
    }

    public override void Reset()
    {
        base.Reset();
        _isInLine = false;
        _scanned = 0;
    }

    private bool TryFindLineStart()
    {
        if (!_isInLine)
        {
            ReadOnlySpan<byte> rest = Buffer.Slice(_scanned, Buffer.EndOffset);
            int blanks = 0;
            while (blanks < rest.Length && rest[blanks] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                blanks++;
            }

            Examined += blanks;
            _scanned += blanks;
            _lineStart = _scanned;
            _isInLine = blanks < rest.Length;
        }

        return _isInLine;
    }

    private bool TryReadLine(bool isFinal, out Frame frame)
    {
        frame = default;
        long limit = _lineStart + Options.MaxFrameBytes;
        long windowEnd = Math.Min(Buffer.EndOffset, limit);
        int index = Buffer.Slice(_scanned, windowEnd).IndexOf((byte)'\n');
        long lineEnd = index < 0 ? windowEnd : _scanned + index;
        Examined += lineEnd - _scanned;
        _scanned = lineEnd;
        if (index >= 0)
        {
            Examined++;
            _scanned++;
            frame = EndLine(lineEnd, FrameFlags.None);
            return true;
        }

        if (Buffer.EndOffset > limit)
        {
            return Fail(FramingErrorCode.FrameTooLong, limit);
        }

        if (isFinal)
        {
            frame = EndLine(lineEnd, FrameFlags.Unterminated);
        }

        return isFinal;
    }

    private Frame EndLine(long lineEnd, FrameFlags flags)
    {
        _isInLine = false;
        long dataEnd = Buffer[lineEnd - 1] == (byte)'\r' ? lineEnd - 1 : lineEnd;
        return new Frame(Buffer.Slice(_lineStart, dataEnd), _lineStart, _scanned, flags);
    }
}
