using System;

namespace StreamingJson.Framing;

/// <summary>One unit of the wire: an event, a line, an array element, a binary message.</summary>
/// <remarks>
/// All spans point into buffers of the <see cref="FrameReader"/> that delivered the frame. They are valid until the next call of any method
/// of that
/// reader (<c>Append</c>, <c>TryRead</c>, <c>Complete</c>, <c>Reset</c>, <c>Dispose</c>): copy what must live longer. Texts are UTF-8 as
/// received;
/// they are not validated. <c>default</c> is a frame without content.
/// </remarks>
public readonly ref struct Frame
{
    private readonly ReadOnlySpan<byte> _wire;

    internal Frame(
        ReadOnlySpan<byte> data,
        long startOffset,
        long endOffset,
        FrameFlags flags = FrameFlags.None,
        ReadOnlySpan<byte> eventType = default,
        ReadOnlySpan<byte> id = default,
        ReadOnlySpan<byte> wire = default,
        EventStreamHeaders headers = default)
    {
        Data = data;
        StartOffset = startOffset;
        EndOffset = endOffset;
        Flags = flags;
        EventType = eventType;
        Id = id;
        _wire = wire;
        Headers = headers;
    }

    /// <summary>The payload, in bytes; never includes a line terminator, a field name, headers or checksums.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>
    /// Server-sent events: the event type, <c>message</c> if the stream gave none. AWS: the value of <c>:event-type</c>,
    /// <c>:exception-type</c> or
    /// <c>:error-code</c>. Empty in the other formats.
    /// </summary>
    public ReadOnlySpan<byte> EventType { get; }

    /// <summary>
    /// Server-sent events: the last event id that was in force when the event ended; ids persist over events. Empty in the other formats.
    /// </summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>
    /// The whole line, without its terminator, of a frame flagged <see cref="FrameFlags.UnknownField"/>; empty otherwise.
    /// </summary>
    public ReadOnlySpan<byte> RawLine => IsUnknownField ? _wire : default;

    /// <summary>The headers of an AWS message; empty in the other formats.</summary>
    public EventStreamHeaders Headers { get; }

    /// <summary>What is special about this frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>Absolute 0-based offset, in bytes of the input, of the first byte that belongs to the frame.</summary>
    public long StartOffset { get; }

    /// <summary>
    /// Absolute 0-based offset, in bytes of the input, just behind the byte that ended the frame. It never depends on how the input was
    /// cut:
    /// an event that ends with CRLF ends behind the CR.
    /// </summary>
    public long EndOffset { get; }

    /// <summary>Whether the end of the input ended the frame, see <see cref="FrameFlags.Unterminated"/>.</summary>
    public bool IsUnterminated => (Flags & FrameFlags.Unterminated) != 0;

    /// <summary>Whether this is a line with an unknown field and no event, see <see cref="FrameFlags.UnknownField"/>.</summary>
    public bool IsUnknownField => (Flags & FrameFlags.UnknownField) != 0;

    /// <summary>
    /// Server-sent events: the bytes from <see cref="StartOffset"/> to <see cref="EndOffset"/>, of an event that gave nothing but a type
    /// and one line of data, if they are all at hand; empty otherwise. What <see cref="FrameReader.TryPeek"/> finds again is such an event.
    /// </summary>
    internal ReadOnlySpan<byte> Wire => IsUnknownField ? default : _wire;
}
