using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson;

/// <summary>
/// Reads one JSON text while it is being written: bytes go in, an ever more complete value comes out.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Append(ReadOnlySpan{byte})"/> what arrives, in any pieces; look at <see cref="Snapshot"/> or <see cref="Events"/> as often
/// as you like; call <see cref="Complete"/> when nothing more will come. What you see never depends on how the bytes were cut (law 1), no
/// value is guessed (law 2), and after warm-up nothing is allocated (law 10).
/// </para>
/// <para>
/// A parser has one writer and is not thread-safe; the snapshots it gave may be read on any thread while it goes on, until
/// <see cref="Reset"/> or <see cref="Dispose"/> (law 8). A parser is made to be reused: <see cref="Reset"/> keeps its arrays. Dispose
/// gives them back to the shared pool, cleared.
/// </para>
/// </remarks>
public sealed partial class StreamingJsonParser : IBufferWriter<byte>, IJsonReceiver, IDisposable
{
    private const int DefaultBufferSize = 256;

    private readonly LiveDocument _document;

    // Where the error of a version of the document is, once it was looked for.
    private (int Version, (long Line, long Column) Position)? _errorPlace;

    /// <summary>A parser for RFC 8259 text within <see cref="JsonLimits.Default"/>.</summary>
    public StreamingJsonParser()
        : this(StreamingJsonOptions.Default)
    {
    }

    /// <summary>A parser with options of your own.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public StreamingJsonParser(StreamingJsonOptions options)
        : this(options, TapePools.Shared)
    {
    }

    internal StreamingJsonParser(StreamingJsonOptions options, TapePools pools)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        _document = new LiveDocument(options, pools);
    }

    /// <summary>What the parser accepts.</summary>
    public StreamingJsonOptions Options { get; }

    /// <summary>How far the text got (law 6).</summary>
    public JsonOutcome Outcome => _document.Outcome;

    /// <summary>The value so far. O(1), allocates nothing, and never changes afterwards (law 8).</summary>
    public JsonSnapshot Snapshot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_document);
    }

    /// <summary>
    /// What the last <c>Append</c> or <see cref="Complete"/> did. It may be enumerated until the next one.
    /// </summary>
    public JsonEvents Events => new(_document);

    internal TapeChanges Changes => new(_document, _document.Operation);

    /// <summary>What was accepted or read although it is not plain RFC 8259 text, so far.</summary>
    public JsonLeniencies Leniencies => _document.Leniencies;

    /// <summary>What the parser did so far, counted.</summary>
    public JsonMeters Meters => _document.Meters;

    /// <summary>Why the text is <see cref="JsonOutcome.Invalid"/> or <see cref="JsonOutcome.Truncated"/>; null otherwise.</summary>
    /// <remarks>
    /// The object is made anew each time, so that nobody pays for errors that nobody looks at. The first look goes over the text once, for
    /// the line and the column.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public StreamingJsonException? Error
    {
        get
        {
            _document.ThrowIfDisposed();
            if (_document.ErrorCode == JsonErrorCode.None)
            {
                return null;
            }

            if (_errorPlace is not { } place || place.Version != _document.Version)
            {
                place = (_document.Version, _document.Locate(_document.ErrorOffset));
                _errorPlace = place;
            }

            return new StreamingJsonException(_document.ErrorCode, _document.ErrorOffset, _document.CurrentPointer(), Options.Limits, place.Position);
        }
    }

    /// <summary>Takes more bytes of the text: UTF-8, cut anywhere, also inside an escape or a UTF-8 sequence. They are copied.</summary>
    /// <exception cref="StreamingJsonException">
    /// The bytes so far stopped being the beginning of any valid text (law 7), now or at an earlier call: the error stays.
    /// </exception>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> was called, or an earlier call ran out of memory.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> utf8Json)
    {
        if (!TryAppend(utf8Json))
        {
            ThrowError();
        }
    }

    /// <summary>As <see cref="Append(ReadOnlySpan{byte})"/>, but an invalid text is false and <see cref="Error"/>, not an exception.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> was called, or an earlier call ran out of memory.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public bool TryAppend(ReadOnlySpan<byte> utf8Json)
    {
        if (_observers is null)
        {
            return _document.TryAppend(utf8Json);
        }

        return TryAppendAndTell(utf8Json);
    }

    /// <summary>
    /// Declares that no more bytes will come. This closes a number at the root; the text is then <see cref="JsonOutcome.Complete"/> or
    /// <see cref="JsonOutcome.Truncated"/>. A text that is <see cref="JsonOutcome.Invalid"/> stays so.
    /// </summary>
    /// <returns>The outcome; it does not change any more. Calling again returns it again.</returns>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public JsonOutcome Complete()
    {
        JsonOutcome outcome = _document.Complete();
        if (_observers is { } observers)
        {
            TellOfOperation(observers);
        }

        return outcome;
    }

    /// <summary>As <see cref="Complete"/>, for callers that want an exception unless the text is complete.</summary>
    /// <exception cref="StreamingJsonException">The text is invalid or ended too early (<see cref="StreamingJsonException.IsEndOfInput"/>).</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public void EnsureComplete()
    {
        if (Complete() != JsonOutcome.Complete)
        {
            ThrowError();
        }
    }

    /// <summary>Forgets the text. The parser is then equal to a new one, but keeps its arrays; its snapshots are invalid.</summary>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public void Reset()
    {
        _document.ThrowIfDisposed();
        TellOfForgetting();
        _document.Reset();
    }

    /// <summary>Gives the arrays back, cleared. Snapshots of the parser are invalid afterwards. May be called twice.</summary>
    public void Dispose()
    {
        TellOfForgetting();
        _document.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAppendAndTell(ReadOnlySpan<byte> utf8Json)
    {
        bool isValid = _document.TryAppend(utf8Json);
        if (_observers is { } observers && _document.Changes(_countedRows) != _toldChanges)
        {
            TellOfOperation(observers);
        }

        return isValid;
    }

    private void ThrowError() => throw Error!;
}
