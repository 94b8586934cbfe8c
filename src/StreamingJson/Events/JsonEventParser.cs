using System;
using System.Threading;
using StreamingJson.Buffers;
using StreamingJson.Events;
using StreamingJson.Text;
using StreamingJson.Tokenization;

namespace StreamingJson;

/// <summary>
/// Reads a JSON text while it is being written and tells a handler what became certain, retaining only the token that is cut and
/// the path to it: memory is O(depth + token), however long the text.
/// </summary>
/// <remarks>
/// The same grammar, limits, errors and offsets as <see cref="StreamingJsonParser"/>, without snapshots. One writer, not thread-safe.
/// Nothing is allocated after warm-up. Dispose gives the arrays back to the shared pool, cleared.
/// </remarks>
/// <typeparam name="THandler">The handler, a struct: its calls are not virtual.</typeparam>
public sealed partial class JsonEventParser<THandler> : IUtf8Sink, IJsonReceiver, IDisposable
    where THandler : struct, IJsonEventHandler
{
    // While a token is cut, at most so many bytes more are copied behind it before it is looked at again.
    private const int PieceBehindCut = 256;

    private Tokenizer<EventDispatcher<THandler>> _tokenizer;
    private Arena<byte> _cut;
    private Utf16Transcoder _utf16;
    private long _bytesTaken;
    private JsonErrorCode _errorCode;
    private long _errorOffset;
    private bool _isInCall;
    private int _isDisposed;

    /// <summary>A parser that calls <paramref name="handler"/>.</summary>
    /// <param name="handler">The handler; copied. Reach the parser's own copy by <see cref="Handler"/>.</param>
    /// <param name="options">What to accept; null is <see cref="StreamingJsonOptions.Default"/>.</param>
    public JsonEventParser(THandler handler, StreamingJsonOptions? options = null)
        : this(handler, options, EventPools.Shared)
    {
    }

    internal JsonEventParser(THandler handler, StreamingJsonOptions? options, EventPools pools)
    {
        Options = options ?? StreamingJsonOptions.Default;
        PropertyNameSet? names = Options.DuplicateNames == DuplicateNameHandling.Refuse ? new PropertyNameSet() : null;
        _tokenizer = new(new TokenizerSettings(Options), new EventDispatcher<THandler>(handler, names, pools));
        _cut = new Arena<byte>(pools.Bytes);
    }

    /// <summary>What the parser accepts.</summary>
    public StreamingJsonOptions Options { get; }

    /// <summary>The handler.</summary>
    public ref THandler Handler => ref _tokenizer.Handler.User;

    /// <summary>How far the text got (law 6).</summary>
    public JsonOutcome Outcome { get; private set; }

    /// <summary>Why the text is <see cref="JsonOutcome.Invalid"/> or <see cref="JsonOutcome.Truncated"/>; null otherwise. Its line and column are not known.</summary>
    public StreamingJsonException? Error =>
        _errorCode == JsonErrorCode.None ? null : new StreamingJsonException(_errorCode, _errorOffset, CurrentPointer(), Options.Limits, position: null);

    /// <summary>What was accepted or read although it is not plain RFC 8259 text, so far.</summary>
    public JsonLeniencies Leniencies => _tokenizer.Leniencies;

    /// <summary>What the parser did so far, counted.</summary>
    public JsonMeters Meters => new()
    {
        BytesReceived = _bytesTaken,
        BytesExamined = _tokenizer.BytesExamined,
        BytesRetained = _cut.Items.Length + _tokenizer.Handler.Path.Capacity,
        Tokens = _tokenizer.Handler.Tokens,
        ArenaGrowths = _cut.Growths + _tokenizer.Handler.Path.Growths,
    };

    /// <inheritdoc cref="StreamingJsonParser.Complete"/>
    public JsonOutcome Complete()
    {
        ThrowIfUnusable();
        if (Outcome == JsonOutcome.Partial)
        {
            _isInCall = true;
            bool isWhole = TryComplete(_cut.Written);
            _isInCall = false;
            if (isWhole)
            {
                Outcome = JsonOutcome.Complete;
            }
            else
            {
                Outcome = JsonOutcome.Truncated;
                _errorCode = JsonErrorCode.UnexpectedEnd;
                _errorOffset = _bytesTaken;
            }
        }

        return Outcome;
    }

    /// <inheritdoc cref="StreamingJsonParser.EnsureComplete"/>
    public void EnsureComplete()
    {
        if (Complete() != JsonOutcome.Complete)
        {
            throw Error!;
        }
    }

    /// <summary>Forgets the text, and what the handler threw. The parser is then equal to a new one with the handler as it is.</summary>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public void Reset()
    {
        _isInCall = false;
        ThrowIfUnusable();
        _tokenizer.Handler.Clear();
        _tokenizer.Reset();
        _cut.Count = 0;
        _utf16 = default;
        _bytesTaken = 0;
        _errorCode = JsonErrorCode.None;
        Outcome = JsonOutcome.Partial;
    }

    /// <summary>Gives the arrays back, cleared. May be called twice.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _cut.Release(clear: true);
            _tokenizer.Handler.Path.Dispose();
        }
    }

    bool IUtf8Sink.TryTake(ReadOnlySpan<byte> utf8) => TryTake(utf8);

    private bool TryTake(ReadOnlySpan<byte> utf8Json)
    {
        ThrowIfUnusable();
        if (Outcome is JsonOutcome.Complete or JsonOutcome.Truncated)
        {
            throw new InvalidOperationException("The text was declared to be complete. Reset the parser to read another.");
        }

        long room = Options.Limits.MaxDocumentBytes - _bytesTaken;
        ReadOnlySpan<byte> rest = utf8Json.Length <= room ? utf8Json : utf8Json.Slice(0, (int)Math.Max(room, 0));
        _bytesTaken += utf8Json.Length;
        _isInCall = true; // stays, when the handler throws or memory runs out: a step is then half done
        while (!rest.IsEmpty && Outcome == JsonOutcome.Partial)
        {
            rest = _cut.Count == 0 ? ScanHere(rest) : ScanBehindCut(rest);
        }

        _isInCall = false;
        if (utf8Json.Length > room && Outcome == JsonOutcome.Partial)
        {
            Refuse(JsonErrorCode.DocumentLimit, Options.Limits.MaxDocumentBytes);
        }

        return Outcome == JsonOutcome.Partial;
    }

    // Nothing is cut: the bytes are read where they are, and only what is cut at their end is copied.
    private ReadOnlySpan<byte> ScanHere(ReadOnlySpan<byte> data)
    {
        if (TryScan(data, 0))
        {
            int needed = Slide(data.Length);
            _cut.Append(data.Slice(needed));
        }

        return [];
    }

    private ReadOnlySpan<byte> ScanBehindCut(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> piece = rest.Slice(0, Math.Min(rest.Length, PieceBehindCut));
        int start = _cut.Count;
        _cut.Append(piece);
        if (TryScan(_cut.Written, start))
        {
            int needed = Slide(_cut.Count);
            _cut.Written.Slice(needed).CopyTo(_cut.Items);
            _cut.Count -= needed;
        }

        return rest.Slice(piece.Length);
    }

    private int Slide(int length)
    {
        int needed = _tokenizer.FirstNeeded(length);
        _tokenizer.Slide(needed);
        _tokenizer.Handler.BaseOffset += needed;
        return needed;
    }

    private bool TryScan(ReadOnlySpan<byte> data, int start)
    {
        bool isValid = _tokenizer.Scan(data, start);
        if (!isValid)
        {
            Refuse(_tokenizer.ErrorCode, _tokenizer.Handler.BaseOffset + _tokenizer.ErrorIndex);
        }

        return isValid;
    }

    private bool TryComplete(ReadOnlySpan<byte> data)
    {
        bool isWhole = _tokenizer.Complete(data);
        if (isWhole)
        {
            _tokenizer.Handler.User.OnDocumentCompleted();
        }

        return isWhole;
    }

    private void Refuse(JsonErrorCode code, long offset)
    {
        Outcome = JsonOutcome.Invalid;
        _errorCode = code;
        _errorOffset = offset;
    }

    private string CurrentPointer() => _tokenizer.Handler.Path.ToPointer(_tokenizer.AwaitsItem);

    private void ThrowIfUnusable()
    {
        if (_isDisposed != 0)
        {
            throw new ObjectDisposedException(nameof(JsonEventParser<THandler>));
        }

        if (_isInCall)
        {
            throw new InvalidOperationException("An earlier call was left by an exception half-way, or is not over. Reset the parser to read on.");
        }
    }
}
