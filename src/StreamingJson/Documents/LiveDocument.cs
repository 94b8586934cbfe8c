using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Threading;
using StreamingJson.Buffers;
using StreamingJson.Text;
using StreamingJson.Tokenization;

namespace StreamingJson.Documents;

/// <summary>
/// A document while it is being written: its bytes, the scanner over them, and the tape that the scanner writes.
/// </summary>
/// <remarks>
/// One writer. Reading through a <see cref="TapeView"/> that was taken earlier is safe on any thread while the writer goes on, until
/// <see cref="Reset"/> or <see cref="Dispose"/>.
/// </remarks>
internal sealed partial class LiveDocument : IUtf8Sink, IDisposable
{
    // Takes nothing, not even an empty chunk, without a look at the state.
    private const int TakesNothing = -1;

    // Stays when a call is left by an exception (an array could not be rented): the scanner is then in the middle of a step, or a part of a
    // chunk is lost.
    private const int Scanning = -2;

    private const int NoOperation = -1;
    private const int NoPlainText = -1;

    private readonly int _maxBytes;
    private int _limit;
    private int _plainStart;
    private Utf16Transcoder _utf16;
    private long _refusedBytes;
    private int _isDisposed;

    public LiveDocument(StreamingJsonOptions options, TapePools pools)
    {
        _maxBytes = (int)Math.Min(options.Limits.MaxDocumentBytes, JsonLimits.LargestRetainedBytes);
        Json = new Arena<byte>(pools.Bytes);
        PropertyNameSet? names = options.DuplicateNames == DuplicateNameHandling.Refuse ? new PropertyNameSet() : null;
        Tokenizer = new Tokenizer<Tape>(new TokenizerSettings(options), new Tape(pools, names));
    }

    /// <summary>The bytes of the text, as received.</summary>
    public Arena<byte> Json;

    public Tokenizer<Tape> Tokenizer;

    /// <summary>Changes when everything that was read from the document becomes invalid.</summary>
    public int Version { get; private set; }

    /// <summary>Changes with every operation that may bring something new.</summary>
    public int Operation { get; private set; }

    /// <summary>The operation by which the document became complete.</summary>
    public int CompletedBy { get; private set; } = NoOperation;

    public JsonOutcome Outcome { get; private set; }

    public JsonErrorCode ErrorCode { get; private set; }

    /// <summary>The offset at which the text ended or stopped being valid.</summary>
    public int ErrorOffset { get; private set; }

    /// <summary>How many values can be seen, as far as the mask has it, and how many became complete: another number after each operation that changed that.</summary>
    public int Changes(int rowsMask) => (Tokenizer.Handler.VisibleRows & rowsMask) + Tokenizer.Handler.Ended;

    /// <summary>All bytes that were appended, those after an error included.</summary>
    public long BytesReceived => Json.Count + _refusedBytes;

    /// <summary>How far the document was when the last operation began.</summary>
    public TapeMark LastMark => _plainStart == NoPlainText ? Tokenizer.Handler.LastMark : MarkBeforePlainText();

    /// <summary>How many containers, older than the last operation, it closed.</summary>
    public int ClosedOlderCount => _plainStart == NoPlainText ? Tokenizer.Handler.ClosedOlder.Count : 0;

    /// <summary>Begins an operation: what is taken from here on is what the last one did.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StartOperation()
    {
        Operation++;
        _plainStart = NoPlainText;
        Tokenizer.Handler.Mark(Json.Count);
    }

    /// <summary>An operation of its own: takes more bytes; false when they made the text invalid, or when it was already.</summary>
    /// <remarks>
    /// A few bytes of plain text are the commonest chunk of all, and any other way would be too long for them. No row and no state
    /// changes by them, so that where they begin is all that has to be noted of the operation.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryAppend(ReadOnlySpan<byte> utf8Json)
    {
        int start = Json.Count;
        int length = utf8Json.Length;
        if (!ShortText.IsOfLength(length) || start + length > _limit - ShortText.Slack)
        {
            return TryAppendLong(utf8Json);
        }

        ulong word = ShortText.Load(utf8Json, out ulong halves);
        BinaryPrimitives.WriteUInt64LittleEndian(Json.Items.AsSpan(start, sizeof(ulong)), word);
        if (Tokenizer.TryTakeShortText(word, halves, length, start + length))
        {
            Json.Count = start + length;
            Operation++;
            _plainStart = start;
            return true;
        }

        return TryAppendOther(word, length);
    }

    /// <summary>As the other overload, for UTF-16.</summary>
    public bool TryAppend(ReadOnlySpan<char> utf16Json)
    {
        StartOperation();
        return _utf16.TryTranscodeTo(this, utf16Json);
    }

    /// <summary>Takes more bytes; false when they made the text invalid, or when it was already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ReadOnlySpan<byte> utf8Json)
    {
        if (utf8Json.Length > _limit - Json.Count)
        {
            return TryTakeSlowly(utf8Json);
        }

        utf8Json.CopyTo(Json.Items.AsSpan(Json.Count));
        return TryScan(utf8Json.Length);
    }

    /// <summary>
    /// Free space behind the text; what is written there is taken by <see cref="TryTakeWritten"/>. No more of it is rented than
    /// <paramref name="beyondLimit"/> bytes beyond what the text may have.
    /// </summary>
    public Memory<byte> GetFree(int atLeast, int beyondLimit)
    {
        ThrowIfEnded();
        Json.EnsureFree((int)Math.Min(atLeast, (long)_maxBytes - Json.Count + beyondLimit));
        UpdateLimit();
        return Json.Items.AsMemory(Json.Count);
    }

    public bool TryTakeWritten(int count)
    {
        ThrowIfEnded();
        if (Outcome == JsonOutcome.Invalid)
        {
            _refusedBytes += count;
            return false;
        }

        int accepted = Math.Min(count, _maxBytes - Json.Count);
        bool isValid = TryScan(accepted);
        if (accepted == count)
        {
            return isValid;
        }

        _refusedBytes += count - accepted;
        return isValid && Refuse(JsonErrorCode.DocumentLimit, Json.Count);
    }

    /// <summary>No more bytes come.</summary>
    public JsonOutcome Complete()
    {
        ThrowIfDisposed();
        StartOperation();
        if (Outcome == JsonOutcome.Partial)
        {
            ThrowIfFaulted();
            _limit = Scanning;
            bool isWhole = Tokenizer.Complete(Json.Written);
            _limit = TakesNothing;
            if (isWhole)
            {
                Outcome = JsonOutcome.Complete;
                CompletedBy = Operation;
            }
            else
            {
                Outcome = JsonOutcome.Truncated;
                ErrorCode = JsonErrorCode.UnexpectedEnd;
                ErrorOffset = Json.Count;
            }
        }

        return Outcome;
    }

    public void Reset()
    {
        Version++;
        Json.Count = 0;
        Tokenizer.Handler.Clear();
        Tokenizer.Reset();
        _utf16 = default;
        _plainStart = NoPlainText;
        _found.AsSpan().Clear();
        Outcome = JsonOutcome.Partial;
        CompletedBy = NoOperation;
        ErrorCode = JsonErrorCode.None;
        ErrorOffset = 0;
        _refusedBytes = 0;
        UpdateLimit();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Version++;
            _limit = TakesNothing;
            Json.Release(clear: true);
            Tokenizer.Handler.Release();
            Tokenizer.Reset();
        }
    }

    /// <exception cref="ObjectDisposedException">The document was disposed.</exception>
    public void ThrowIfDisposed()
    {
        if (_isDisposed != 0)
        {
            throw new ObjectDisposedException(nameof(StreamingJsonParser));
        }
    }

    // The chunk stands behind the text already.
    private bool TryAppendOther(ulong word, int length)
    {
        if (Tokenizer.IsBetweenTokens)
        {
            return TryAppendWritten(length);
        }

        return Tokenizer.MayTakeShortUtf8(word) ? TryAppendUtf8(word, length)
            : Tokenizer.MayTakeShortEscapes ? TryAppendEscapes(word, length)
            : TryAppendWritten(length);
    }

    private bool TryAppendWritten(int count)
    {
        _utf16 = default;
        StartOperation();
        return TryScan(count);
    }

    // The chunk stands behind the text already; it is not ASCII, or what comes before it is cut inside a sequence.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAppendUtf8(ulong word, int length)
    {
        int start = Json.Count;
        _utf16 = default;
        if (Tokenizer.TryTakeShortUtf8(word, length, start + length))
        {
            Json.Count = start + length;
            Operation++;
            _plainStart = start;
            return true;
        }

        return TryAppendEscapedUtf8(word, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAppendEscapedUtf8(ulong word, int length)
    {
        StartOperation();
        if (Tokenizer.TryTakeShortEscapedUtf8(Json.Items, word, length, Json.Count + length))
        {
            Json.Count += length;
            return true;
        }

        return TryScan(length);
    }

    // The chunk stands behind the text already, and in text with an escape.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAppendEscapes(ulong word, int length)
    {
        _utf16 = default;
        StartOperation();
        if (Tokenizer.TryTakeShortEscapes(word, length, Json.Count + length))
        {
            Json.Count += length;
            return true;
        }

        return TryScan(length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAppendLong(ReadOnlySpan<byte> utf8Json)
    {
        if (!utf8Json.IsEmpty)
        {
            _utf16 = default;
        }

        StartOperation();
        return TryTake(utf8Json);
    }

    private TapeMark MarkBeforePlainText() => new()
    {
        RowCount = Tokenizer.Handler.Rows.Count,
        ByteCount = _plainStart,
        TextCount = Tokenizer.Handler.Text.Count - (Tokenizer.IsEscaped ? Json.Count - _plainStart : 0),
    };

    // The chunk is longer than the free space or the limit, or nothing is taken any more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeSlowly(ReadOnlySpan<byte> utf8Json)
    {
        ThrowIfEnded();
        if (Outcome != JsonOutcome.Invalid)
        {
            ReadOnlySpan<byte> accepted = utf8Json.Slice(0, Math.Min(utf8Json.Length, _maxBytes - Json.Count));
            _limit = Scanning;
            Json.EnsureFree(accepted.Length);
            UpdateLimit();
            accepted.CopyTo(Json.Items.AsSpan(Json.Count));
        }

        return TryTakeWritten(utf8Json.Length);
    }

    // The next bytes stand behind the others already.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryScan(int count)
    {
        int start = Json.Count;
        int limit = _limit;
        Json.Count = start + count;
        _limit = Scanning;
        int next = Tokenizer.IsInEscapedText ? Tokenizer.ScanEscapedText(Json.Items, start, Json.Count) : start;
        bool isValid = Tokenizer.Scan(Json.Written, next);
        _limit = limit;
        return isValid || Refuse(Tokenizer.ErrorCode, Tokenizer.ErrorIndex);
    }

    // The bytes from the offset on are not part of the text: whatever the chunks were, nothing of them is seen.
    private bool Refuse(JsonErrorCode code, int offset)
    {
        Outcome = JsonOutcome.Invalid;
        ErrorCode = code;
        ErrorOffset = offset;
        _refusedBytes += Json.Count - offset;
        Json.Count = offset;
        _limit = TakesNothing;
        return false;
    }

    private void UpdateLimit() => _limit = Outcome == JsonOutcome.Partial ? Math.Min(Json.Items.Length, _maxBytes) : TakesNothing;

    private void ThrowIfEnded()
    {
        ThrowIfDisposed();
        ThrowIfFaulted();
        if (Outcome is JsonOutcome.Complete or JsonOutcome.Truncated)
        {
            throw new InvalidOperationException("The text was declared to be complete. Reset the parser to read another.");
        }
    }

    private void ThrowIfFaulted()
    {
        if (_limit == Scanning)
        {
            throw new InvalidOperationException("An earlier call was left by an exception half-way, or is not over. Reset the parser to read on.");
        }
    }
}
