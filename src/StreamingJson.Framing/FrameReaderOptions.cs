using System;

namespace StreamingJson.Framing;

/// <summary>
/// Limits and choices of a <see cref="FrameReader"/>. The reader copies them when it is made; later changes do not reach it.
/// </summary>
public sealed class FrameReaderOptions
{
    /// <summary>The largest value that <see cref="MaxFrameBytes"/> accepts: 1 GiB.</summary>
    public const int LargestMaxFrameBytes = 1 << 30;

    private int _maxFrameBytes = 8 * 1024 * 1024;
    private int _maxHeaderBytes = 128 * 1024;

    /// <summary>
    /// The largest frame in bytes of the wire: from <see cref="Frame.StartOffset"/> to <see cref="Frame.EndOffset"/>, field names,
    /// terminators and checksums included.
    /// Default 8 MiB. A larger frame is <see cref="FramingErrorCode.FrameTooLong"/>, known at its first byte too many, or from its length
    /// prefix.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above <see cref="LargestMaxFrameBytes"/>.</exception>
    public int MaxFrameBytes
    {
        get => _maxFrameBytes;
        set
        {
            if (value is < 1 or > LargestMaxFrameBytes)
            {
                Throw.ArgumentOutOfRange(nameof(value));
            }

            _maxFrameBytes = value;
        }
    }

    /// <summary>
    /// The largest header block of one AWS message, in bytes. Default 128 KiB, the limit of the format itself. More is
    /// <see cref="FramingErrorCode.HeadersTooLong"/>. (The number of headers of a message is limited to
    /// <see cref="EventStreamHeaders.MaxCount"/>.)
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int MaxHeaderBytes
    {
        get => _maxHeaderBytes;
        set
        {
            if (value < 0)
            {
                Throw.ArgumentOutOfRange(nameof(value));
            }

            _maxHeaderBytes = value;
        }
    }

    /// <summary>
    /// Whether a frame that the end of the input cuts off is delivered, flagged <see cref="FrameFlags.Unterminated"/>. Default
    /// <see langword="false"/>: the
    /// standard discards such a server-sent event. A cut AWS message is never delivered, because its checksum cannot be verified. A last
    /// line of
    /// JSON Lines needs no newline and is always delivered.
    /// </summary>
    public bool DeliverUnterminated { get; set; }

    /// <summary>
    /// Whether lines with an unknown field in a server-sent event stream are delivered as frames flagged
    /// <see cref="FrameFlags.UnknownField"/>, when their line ends
    /// (so before the event they stand in). Default <see langword="false"/>: the standard ignores them. Some servers report failures this
    /// way
    /// (<c>error: {...}</c>, or a bare JSON text behind the events).
    /// </summary>
    public bool ReportUnknownFields { get; set; }

    internal FrameReaderOptions Copy() => (FrameReaderOptions)MemberwiseClone();
}
