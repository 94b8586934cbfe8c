using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Assembly;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Protocols;
using StreamingJson.ToolCalls.Telemetry;
using StreamingJson.ToolCalls.Text;

namespace StreamingJson.ToolCalls;

/// <summary>Reads a model's stream from any provider: bytes in; text, reasoning and tool calls with growing arguments out. Synchronous, no I/O.</summary>
/// <remarks>
/// <code>
/// reader.Append(chunk);                              // for each chunk that arrives
/// while (reader.TryRead(out ModelEvent e)) { ... }
/// ...
/// reader.Complete();                                 // when no byte follows
/// while (reader.TryRead(out ModelEvent e)) { ... }   // up to StreamEnded
/// </code>
/// Events, their order and their content are functions of the bytes alone, however they were cut. Bad input is never an exception: it is an
/// <see cref="Anomaly"/>, an error, or the outcome of a call. <see cref="Message"/> is the whole message so far, at any time. After warm-up nothing is allocated per event.
/// An instance is for one thread at a time, and for many streams: <see cref="Reset"/> keeps its arrays and parsers.
/// </remarks>
public sealed partial class ModelStreamReader : IDisposable
{
    private readonly MessageAssembler _assembler;
    private readonly ProtocolTable _protocols = new();
    private readonly Envelope _envelope = new();
    private readonly Utf8Buffer _start = new();
    private bool _isCompleted;
    private bool _isEnded;
    private bool _isInCall;
    private int _isDisposed;

    /// <summary>Creates a reader.</summary>
    /// <param name="options">What to expect; <see langword="null"/> for <see cref="ModelStreamOptions.Default"/>.</param>
    /// <exception cref="NotSupportedException">This version does not read the protocol of the options.</exception>
    public ModelStreamReader(ModelStreamOptions? options = null)
    {
        Options = options ?? ModelStreamOptions.Default;
        _assembler = new MessageAssembler(Options);
        ResetRecognition();
        _assembler.Recorder = StreamRecorder.Start(Options, isFirst: true);
    }

    /// <summary>What the reader expects.</summary>
    public ModelStreamOptions Options { get; }

    /// <summary>The message, as the events read so far have it.</summary>
    public ModelMessage Message => _assembler.Message;

    /// <summary>What was measured of the stream so far, if <see cref="ModelStreamOptions.Report"/> asks for it; otherwise <see langword="null"/>. Another object after <see cref="Reset"/>.</summary>
    public StreamReport? Report => Options.Report ? _assembler.Recorder!.Report : null;

    /// <summary>Whether the end was found; its events may not have been read yet.</summary>
    internal bool IsEnded => _isEnded;

    /// <summary>Gives the reader the next bytes of the stream. They are copied. Bytes after a place at which the stream cannot be divided into frames are ignored.</summary>
    /// <param name="chunk">The bytes, cut anywhere.</param>
    /// <exception cref="InvalidOperationException">
    /// After <see cref="Complete"/>; or too much is waiting because <see cref="TryRead"/> was not called until it said <see langword="false"/>; or an earlier
    /// call ran out of memory.
    /// </exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Append(ReadOnlySpan<byte> chunk)
    {
        ThrowIfCannotAppend();
        _assembler.Recorder?.TakeChunk(chunk.Length);
        if (!_isEnded)
        {
            AppendToFrames(chunk);
        }
    }

    /// <inheritdoc cref="Append(ReadOnlySpan{byte})"/>
    public void Append(in ReadOnlySequence<byte> chunk)
    {
        ThrowIfCannotAppend();
        _assembler.Recorder?.TakeChunk(chunk.Length);
        if (!_isEnded)
        {
            AppendToFrames(chunk);
        }
    }

    /// <summary>Says that a message of the transport is complete (framing <see cref="FrameFormat.Message"/> only: a WebSocket).</summary>
    /// <exception cref="InvalidOperationException">Another framing; after <see cref="Complete"/>; the message before was not read.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void EndMessage()
    {
        ThrowIfCannotAppend();
        if (_frames is null)
        {
            throw new InvalidOperationException("Only the framing Message has messages to end.");
        }

        if (!_isEnded)
        {
            _frames.EndMessage();
        }
    }

    /// <summary>Says that no byte follows. Call <see cref="TryRead"/> until it says <see langword="false"/>. A second call has no effect.</summary>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Complete()
    {
        ThrowIfDisposed();
        if (!_isCompleted)
        {
            _assembler.Recorder?.TakeEnd();
        }

        _isCompleted = true;
    }

    /// <summary>
    /// Says that the stream was broken off (cancelled, or the connection failed). What was received stays readable; open calls end
    /// <see cref="ToolCallOutcome.Truncated"/>. Call <see cref="TryRead"/> until it says <see langword="false"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Abort()
    {
        _isAborted = true;
        Complete();
    }

    /// <summary>Takes the next event. Never throws because of the input.</summary>
    /// <param name="modelEvent">The event.</param>
    /// <returns><see langword="false"/>: more bytes are needed, or everything was read.</returns>
    /// <exception cref="InvalidOperationException">An earlier call ran out of memory.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // otherwise the JIT's inlining budget of the caller is used up and struct copies become calls
    public bool TryRead(out ModelEvent modelEvent)
    {
        ThrowIfDisposed();
        ThrowIfInCall();
        _isInCall = true; // stays, when memory runs out: something is then half done
        modelEvent = default;
        bool isThere = !_assembler.IsEmpty && _assembler.TryRead(out modelEvent);
        while (!isThere && !_isEnded && TryReadPayload(ref modelEvent, ref isThere))
        {
            isThere = isThere || _assembler.TryRead(out modelEvent);
        }

        if (isThere)
        {
            _assembler.Recorder?.Take(modelEvent, RecognizedProtocol, Message);
        }

        _isInCall = false;
        return isThere;
    }

    /// <summary>Starts over, for another stream: equal to a new reader, except that arrays and parsers are kept. Items, events and snapshots are invalid.</summary>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public void Reset()
    {
        ThrowIfDisposed();
        _assembler.Recorder?.Abandon(RecognizedProtocol, Message);
        _assembler.Reset();
        _protocols.Reset();
        _start.Clear();
        _isCompleted = _isEnded = _isInCall = false;
        ResetRecognition();
        _assembler.Recorder = StreamRecorder.Start(Options, isFirst: false);
    }

    /// <summary>Gives the arrays back, cleared. Items, events and snapshots are invalid. A second call has no effect.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _assembler.Recorder?.Abandon(RecognizedProtocol, Message);
            _assembler.Dispose();
            _protocols.Dispose();
            _envelope.Dispose();
            _start.Dispose();
            _payload?.Release();
            ReleaseFrames();
        }
    }

    private void ThrowIfCannotAppend()
    {
        ThrowIfDisposed();
        ThrowIfInCall();
        if (_isCompleted)
        {
            throw new InvalidOperationException("The stream was completed; Reset() starts another one.");
        }
    }

    private void ThrowIfInCall()
    {
        if (_isInCall)
        {
            throw new InvalidOperationException("An earlier call was left by an exception half-way, or is not over. Reset the reader to read another stream.");
        }
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed != 0)
        {
            throw new ObjectDisposedException(nameof(ModelStreamReader));
        }
    }
}
