namespace StreamingJson.Framing;

/// <summary>
/// One message of the transport is one frame; the transport says where it ends. At most one ended message waits to be read.
/// </summary>
internal sealed class MessageScanner : FrameScanner
{
    private long _messageStart;

    public MessageScanner(FrameBuffer buffer, FrameReaderOptions options)
        : base(buffer, options)
    {
    }

    /// <summary>Whether a message has ended and was not read.</summary>
    public bool IsEnded { get; private set; }

    public void End() => IsEnded = true;

    public override bool TryRead(bool isFinal, out Frame frame)
    {
        frame = default;
        long limit = _messageStart + Options.MaxFrameBytes;
        long end = Buffer.EndOffset;
        if (end > limit)
        {
            return Fail(FramingErrorCode.FrameTooLong, limit);
        }

        bool isCut = !IsEnded && isFinal && end > _messageStart && Options.DeliverUnterminated;
        if (!IsEnded && !isCut)
        {
            return false;
        }

        frame = new Frame(Buffer.Slice(_messageStart, end), _messageStart, end, isCut ? FrameFlags.Unterminated : FrameFlags.None);
        IsEnded = false;
        _messageStart = end;
        Buffer.Consume(end);
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        IsEnded = false;
        _messageStart = 0;
    }
}
