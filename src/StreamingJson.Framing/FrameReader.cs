using System;
using System.Buffers;

namespace StreamingJson.Framing;

/// <summary>
/// Cuts a byte stream into frames while it arrives. Push and synchronous: no I/O, no allocation per frame once the buffers have grown.
/// </summary>
/// <remarks>
/// <code>
/// reader.Append(chunk);                       // for each chunk that arrives
/// while (reader.TryRead(out Frame frame)) { ... }
/// ...
/// reader.Complete();                          // when no byte follows
/// while (reader.TryRead(out Frame frame)) { ... }
/// reader.ThrowIfFailed();                     // or look at reader.Error
/// </code>
/// Frames, their order, their offsets, and the code and offset of an error depend on the bytes alone, never on how they were cut into
/// chunks.
/// Frames that were whole before an error are delivered before it shows. An instance is for one thread at a time.
/// Memory: at most a small multiple of <see cref="FrameReaderOptions.MaxFrameBytes"/> plus the largest chunk, in arrays of the shared pool
/// that
/// <see cref="Dispose"/> clears and gives back.
/// </remarks>
public sealed class FrameReader : IDisposable
{
    private readonly FrameReaderOptions _options;
    private readonly FrameBuffer _buffer;
    private readonly FrameScanner _scanner;
    private long _waitedAt = -1;
    private bool _isCompleted;
    private bool _mayHaveFrames;
    private bool _isChunkLost;
    private bool _isReading;
    private bool _isDisposed;

    /// <summary>Makes a reader for one format.</summary>
    /// <param name="format">How the stream is divided.</param>
    /// <param name="options">Limits and choices; <see langword="null"/> for the defaults. Copied.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is not a format.</exception>
    public FrameReader(FrameFormat format, FrameReaderOptions? options = null)
        : this(format, options, ArrayPool<byte>.Shared)
    {
    }

    internal FrameReader(FrameFormat format, FrameReaderOptions? options, ArrayPool<byte> pool)
    {
        _options = options?.Copy() ?? new FrameReaderOptions();
        _buffer = new FrameBuffer(pool);
        Format = format;
        _scanner = CreateScanner(format, pool);
    }

    /// <summary>How the stream is divided.</summary>
    public FrameFormat Format { get; }

    /// <summary>
    /// The sticky error, or <see langword="null"/> as long as the input can be divided. Set by <see cref="TryRead"/>, behind the last whole
    /// frame.
    /// </summary>
    public FramingException? Error => _scanner.Error;

    /// <summary>Whether <see cref="Complete"/> was called.</summary>
    public bool IsCompleted => _isCompleted;

    /// <summary>The meter of the input, in bytes since the start or the last <see cref="Reset"/>.</summary>
    public long BytesReceived => _buffer.EndOffset;

    /// <summary>
    /// The meter of the work: how many bytes were looked at, a byte counted each time it is. At most three times
    /// <see cref="BytesReceived"/>, however small the chunks.
    /// </summary>
    public long BytesExamined => _scanner.Examined;

    /// <summary>
    /// Server-sent events: the last event id that an event stream hands on to the next connection (<c>Last-Event-ID</c>), as of the last
    /// blank line read; UTF-8, valid
    /// until the next call on this reader. Empty in the other formats.
    /// </summary>
    public ReadOnlySpan<byte> LastEventId => _scanner is ServerSentEventsScanner events ? events.LastEventId : default;

    /// <summary>
    /// Server-sent events: the last valid <c>retry</c> field (at most <see cref="int.MaxValue"/> milliseconds), or <see langword="null"/>.
    /// </summary>
    public TimeSpan? ReconnectionTime => (_scanner as ServerSentEventsScanner)?.ReconnectionTime;

    internal bool IsDisposed => _isDisposed;

    internal long BytesMoved => _buffer.Moved;

    internal long BytesCleared => _buffer.Cleared;

    /// <summary>Gives the reader the next bytes of the input. They are copied. An empty chunk has no effect.</summary>
    /// <param name="chunk">The bytes, cut anywhere.</param>
    /// <exception cref="FramingException">The input failed before; the same code and offset as <see cref="Error"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// After <see cref="Complete"/>; or more than <see cref="FrameReaderOptions.MaxFrameBytes"/> are waiting because <see cref="TryRead"/>
    /// was not called until it said
    /// <see langword="false"/>; or (format <see cref="FrameFormat.Message"/>) an ended message was not read; or an earlier call was left by an
    /// exception for want of memory.
    /// </exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Append(ReadOnlySpan<byte> chunk)
    {
        ThrowIfCannotAppend();
        AppendUnchecked(chunk);
    }

    /// <summary>
    /// Gives the reader the next bytes of the input, see <see cref="Append(ReadOnlySpan{byte})"/>. Empty segments are fine.
    /// </summary>
    /// <param name="chunk">The bytes, cut anywhere.</param>
    /// <exception cref="FramingException">The input failed before.</exception>
    /// <exception cref="InvalidOperationException">As for the other overload.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Append(ReadOnlySequence<byte> chunk)
    {
        ThrowIfCannotAppend();
        foreach (ReadOnlyMemory<byte> segment in chunk)
        {
            AppendUnchecked(segment.Span);
        }
    }

    /// <summary>Takes the next frame, if it is whole. Never throws because of the input.</summary>
    /// <param name="frame">The frame; its spans are valid until the next call on this reader.</param>
    /// <returns><see langword="false"/>: more bytes are needed, or the input has ended, or it failed (<see cref="Error"/>).</returns>
    /// <exception cref="InvalidOperationException">An earlier call was left by an exception for want of memory.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public bool TryRead(out Frame frame)
    {
        ThrowIfDisposed();
        ThrowIfReading();
        if (_scanner.Error is null)
        {
            _isReading = true; // stays, when memory runs out: the scanner is then in the middle of a step
            bool isThere = _scanner.TryRead(_isCompleted, out frame);
            _isReading = false;
            if (isThere)
            {
                return true;
            }
        }

        _mayHaveFrames = false;
        frame = default;
        return false;
    }

    /// <summary>
    /// Server-sent events: what was received from the next event on, if nothing of it was looked at yet. Who knows it from the wire of one
    /// before (<see cref="Frame.Wire"/>), need not have it read; the others are read as if nobody had looked.
    /// </summary>
    /// <param name="unread">The bytes, valid until the next call; at most as many as a frame may have.</param>
    /// <param name="offset">Where they begin in the input, for <see cref="Take"/>.</param>
    internal bool TryPeek(out ReadOnlySpan<byte> unread, out long offset)
    {
        unread = _scanner.Peek(out offset);
        return !unread.IsEmpty;
    }

    /// <summary>Takes the first bytes of <see cref="TryPeek"/>: an event that differs from one with a <see cref="Frame.Wire"/> in its data only.</summary>
    internal void Take(long offset, int length) => _scanner.Take(offset, length);

    /// <summary>
    /// Says that all of <see cref="TryPeek"/> may be the beginning of such an event, which is then peeked at again when more has come. Returns true once per
    /// event, and never when the buffer is full; so a frame is compared at most twice.
    /// </summary>
    /// <returns><see langword="false"/>: have it read.</returns>
    internal bool TryWait(long offset)
    {
        bool isFirst = offset != _waitedAt && _buffer.Length < _options.MaxFrameBytes && !_isCompleted;
        _waitedAt = offset;
        return isFirst;
    }

    /// <summary>
    /// Says that the message is whole (format <see cref="FrameFormat.Message"/> only). A message without bytes is a frame without bytes.
    /// </summary>
    /// <exception cref="FramingException">The input failed before.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another format; after <see cref="Complete"/>; the message before was not read.
    /// </exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void EndMessage()
    {
        ThrowIfCannotAppend();
        if (_scanner is not MessageScanner messages)
        {
            Throw.InvalidOperation("Only the format Message has messages to end.");
            return;
        }

        messages.End();
    }

    /// <summary>
    /// Says that no byte follows. Call <see cref="TryRead"/> until it says <see langword="false"/>: the end can complete a frame, or be an
    /// error. A second call has no effect.
    /// </summary>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Complete()
    {
        ThrowIfDisposed();
        ThrowIfReading();
        _isCompleted = true;
    }

    /// <summary>Throws if the input failed.</summary>
    /// <exception cref="FramingException">The same code and offset as <see cref="Error"/>.</exception>
    public void ThrowIfFailed()
    {
        if (_scanner.Error is { } error)
        {
            throw new FramingException(error.Code, error.Offset);
        }
    }

    /// <summary>
    /// Starts anew, for another stream of the same format: equal to a new reader, except that the buffers keep their size. Meters, ids and
    /// errors are forgotten.
    /// </summary>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Reset()
    {
        ThrowIfDisposed();
        _buffer.Reset();
        _scanner.Reset();
        _waitedAt = -1;
        _isCompleted = false;
        _isChunkLost = false;
        _isReading = false;
    }

    /// <summary>
    /// Clears the buffers and gives them back. Frames that were delivered are no longer valid. A second call has no effect.
    /// </summary>
    public void Dispose()
    {
        _isDisposed = true;
        _buffer.Dispose();
        (_scanner as IDisposable)?.Dispose();
    }

    /// <summary>What an asynchronous source asks before it takes bytes that could not be given back.</summary>
    /// <returns><see langword="false"/>: the input was completed. Throws where <see cref="Append(ReadOnlySpan{byte})"/> would.</returns>
    internal bool TryPrepareAppend()
    {
        ThrowIfDisposed();
        ThrowIfFailed();
        ThrowIfReading();
        if (_isChunkLost)
        {
            Throw.InvalidOperation("A chunk was lost for want of memory. Reset the reader to read another input.");
        }

        if (_isCompleted)
        {
            return false;
        }

        ThrowIfUnread();
        return true;
    }

    private FrameScanner CreateScanner(FrameFormat format, ArrayPool<byte> pool) => format switch
    {
        FrameFormat.ServerSentEvents => new ServerSentEventsScanner(_buffer, _options, pool),
        FrameFormat.NdJson => new NdJsonScanner(_buffer, _options),
        FrameFormat.JsonArray => new JsonArrayScanner(_buffer, _options),
        FrameFormat.AwsEventStream => new EventStreamScanner(_buffer, _options, pool),
        FrameFormat.Message => new MessageScanner(_buffer, _options),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private void AppendUnchecked(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length > 0)
        {
            _isChunkLost = true; // unless there is room for it
            _buffer.Append(chunk);
            _isChunkLost = false;
            _mayHaveFrames = true;
        }
    }

    private void ThrowIfCannotAppend()
    {
        if (!TryPrepareAppend())
        {
            Throw.InvalidOperation("The input was completed; Reset() starts another one.");
        }
    }

    private void ThrowIfUnread()
    {
        // A caller who never reads must not be able to fill the memory.
        if (_mayHaveFrames && _buffer.Length > _options.MaxFrameBytes)
        {
            Throw.InvalidOperation("Too much is waiting: call TryRead until it returns false before appending more.");
        }

        if (_scanner is MessageScanner { IsEnded: true })
        {
            Throw.InvalidOperation("The last message was not read: call TryRead before the next one.");
        }
    }

    private void ThrowIfReading()
    {
        if (_isReading)
        {
            Throw.InvalidOperation("An earlier call was left by an exception half-way, or is not over. Reset the reader to read another input.");
        }
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
        {
            Throw.Disposed(nameof(FrameReader));
        }
    }
}
