using System;

namespace StreamingJson.Framing;

/// <summary>
/// Finds the frames of one format in a <see cref="FrameBuffer"/>. It never throws because of the input: it fails, once and for good.
/// One virtual call a frame, none a byte.
/// </summary>
/// <remarks>
/// Invariant: what a scanner says is a function of the bytes alone. It never looks at where a chunk ended, except to stop there.
/// </remarks>
internal abstract class FrameScanner
{
    protected FrameScanner(FrameBuffer buffer, FrameReaderOptions options)
    {
        Buffer = buffer;
        Options = options;
    }

    /// <summary>The meter: how many bytes were looked at, a byte counted each time it is.</summary>
    public long Examined { get; protected set; }

    public FramingException? Error { get; private set; }

    protected FrameBuffer Buffer { get; }

    protected FrameReaderOptions Options { get; }

    /// <param name="isFinal">No byte follows those in the buffer.</param>
    /// <param name="frame">The next frame.</param>
    /// <returns><see langword="false"/>: more bytes are needed, or the input has ended, or it failed.</returns>
    public abstract bool TryRead(bool isFinal, out Frame frame);

    /// <summary>The bytes that were received from the next frame on, if a frame begins there and nothing of it was looked at yet; else none, so after an error.</summary>
    /// <param name="offset">Where they begin in the input.</param>
    public virtual ReadOnlySpan<byte> Peek(out long offset)
    {
        offset = 0;
        return default;
    }

    /// <summary>Takes the first bytes of <see cref="Peek"/>, which are those of a frame that was read before (<see cref="Frame.Wire"/>) but for its data.</summary>
    public virtual void Take(long offset, int length) => throw new NotSupportedException();

    public virtual void Reset()
    {
        Examined = 0;
        Error = null;
    }

    /// <summary>Sets the sticky error; returns <see langword="false"/> so that a scanner can say <c>return Fail(...)</c>.</summary>
    protected bool Fail(FramingErrorCode code, long offset)
    {
        Error = new FramingException(code, offset);
        return false;
    }
}
