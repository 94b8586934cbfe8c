using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using StreamingJson.Binding.Paths;
using StreamingJson.Binding.Support;
using StreamingJson.Buffers;

namespace StreamingJson.Binding;

/// <summary>
/// Passes JSON text on while it is being written, with the values that patterns select replaced: no byte of them leaves.
/// </summary>
/// <remarks>
/// <para>
/// All other bytes are passed on as they came, in the call that brought them, except what must be held back: what comes after a name
/// (or in an array) whose value is selected, until that value has begun. What is written is, at any time, the beginning of a valid text,
/// and it does not depend on the chunks. Only what is held back is retained.
/// </para>
/// <para>
/// Names are passed on; values are found by path, not by what they say. A text that stops being JSON is refused at the byte where it
/// does, and nothing from that byte on is passed on. After warm-up nothing is allocated. Not thread-safe.
/// </para>
/// </remarks>
public sealed class JsonRedactor : IDisposable
{
    private readonly JsonEventParser<ValueSpans<Sink>> _parser;
    private int _isDisposed;

    /// <summary>Creates a redactor.</summary>
    /// <param name="output">Where the text goes; it stays the caller's.</param>
    /// <param name="paths">What is replaced.</param>
    /// <param name="replacement">A JSON text that replaces each of them; null is <c>"[redacted]"</c>, a string.</param>
    /// <param name="options">What the text may be; null is <see cref="StreamingJsonOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> or <paramref name="paths"/> is null.</exception>
    /// <exception cref="PathPatternException">A path is not a pattern.</exception>
    /// <exception cref="JsonException">The replacement is not one JSON text.</exception>
    public JsonRedactor(IBufferWriter<byte> output, IReadOnlyList<string> paths, string? replacement = null, StreamingJsonOptions? options = null)
        : this(output, paths, replacement, options, ArrayPool<byte>.Shared)
    {
    }

    internal JsonRedactor(IBufferWriter<byte> output, IReadOnlyList<string> paths, string? replacement, StreamingJsonOptions? options, ArrayPool<byte> pool)
    {
        _ = output ?? throw new ArgumentNullException(nameof(output));
        var patterns = new List<PathPattern>();
        foreach (string path in paths ?? throw new ArgumentNullException(nameof(paths)))
        {
            patterns.Add(PathPattern.Parse(path));
        }

        replacement ??= "\"[redacted]\"";
        JsonDocument.Parse(replacement).Dispose();
        _parser = new(new ValueSpans<Sink>(patterns, new Sink(output, Encoding.UTF8.GetBytes(replacement), pool)), options);
        Begin();
    }

    /// <summary>How far the text got (law 6).</summary>
    public JsonOutcome Outcome => _parser.Outcome;

    /// <summary>How many values were replaced so far.</summary>
    public int RedactedCount => Spans.Sink.Redacted;

    /// <summary>How many bytes changed their place to make room: law 9, counted.</summary>
    internal long BytesMoved => Spans.Sink.Moved;

    private ref ValueSpans<Sink> Spans => ref _parser.Handler;

    /// <summary>Takes more of the text and writes what may leave.</summary>
    /// <param name="utf8Json">UTF-8, cut anywhere.</param>
    /// <exception cref="StreamingJsonException">The text is invalid; what comes before the offset of the error was passed on.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> was called; or the output threw earlier.</exception>
    /// <exception cref="ObjectDisposedException">The redactor was disposed.</exception>
    public void Append(ReadOnlySpan<byte> utf8Json)
    {
        Throw.IfDisposed(_isDisposed != 0, nameof(JsonRedactor));
        bool wasPartial = _parser.Outcome == JsonOutcome.Partial;
        ref Sink sink = ref Spans.Sink;
        bool isValid = false;
        try
        {
            if (wasPartial)
            {
                sink.Take(utf8Json);
            }

            isValid = _parser.TryAppend(utf8Json);
            if (wasPartial)
            {
                sink.PassOn(isValid ? long.MaxValue : _parser.Error!.ByteOffset);
            }
        }
        finally
        {
            if (!isValid)
            {
                sink.Drop();
            }
        }

        if (!isValid)
        {
            throw _parser.Error!;
        }
    }

    /// <summary>No more bytes come. What is still held back is replaced if it is a value, and dropped if it is the beginning of one.</summary>
    /// <returns>The outcome. If the text is cut inside a value that is replaced, the whole replacement was written.</returns>
    /// <exception cref="ObjectDisposedException">The redactor was disposed.</exception>
    public JsonOutcome Complete()
    {
        JsonOutcome outcome = _parser.Complete();
        Spans.Sink.PassOn(outcome == JsonOutcome.Complete ? long.MaxValue : 0);
        Spans.Sink.Drop();
        return outcome;
    }

    /// <summary>Begins another text, to the same output.</summary>
    /// <exception cref="ObjectDisposedException">The redactor was disposed.</exception>
    public void Reset()
    {
        _parser.Reset();
        Spans.Clear();
        Spans.Sink.Clear();
        Begin();
    }

    /// <summary>Gives the arrays back, cleared, whoever calls and how often. The output stays the caller's.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Spans.Sink.Release();
            _parser.Dispose();
        }
    }

    private void Begin() => Spans.Sink.OnDue(Spans.IsSelectedDue, 0);

    /// <remarks>
    /// <code>
    ///   text  [ passed on or replaced ......... _passed ......... | taken ]
    ///                                                  _heldFrom: from here on a selected value may stand
    ///   _held  [ gone ....... | from _start to the end of what was taken ]
    /// </code>
    /// What is gone is closed up once a call, not with each value.
    /// </remarks>
    private struct Sink(IBufferWriter<byte> output, byte[] replacement, ArrayPool<byte> pool) : IValueSpanSink
    {
        private Arena<byte> _held = new(pool);
        private int _start;
        private long _passed;
        private long _heldFrom = long.MaxValue;
        private bool _isInside;

        public int Redacted { get; private set; }

        public long Moved { get; private set; }

        /// <summary>Keeps the bytes until it is known what they are: at most for this call, but for those that are held back.</summary>
        public void Take(ReadOnlySpan<byte> bytes) => _held.Append(bytes);

        public void OnDue(bool isSelected, long from) => _heldFrom = isSelected ? from : long.MaxValue;

        public void OnStart(JsonValueKind kind, long start)
        {
            Write(start);
            Redacted++;
            output.Write(replacement);
            _isInside = true;
        }

        public void OnEnd(long start, long end)
        {
            _isInside = false;
            Skip(end);
        }

        /// <summary>Writes what may leave, up to an offset, and drops it.</summary>
        public void PassOn(long end)
        {
            if (_isInside)
            {
                Skip(end);
            }
            else
            {
                Write(Math.Min(end, _heldFrom));
            }

            CloseUp();
        }

        /// <summary>Drops what is held back.</summary>
        public void Drop() => _held.Count = _start = 0;

        public void Clear()
        {
            Drop();
            _passed = 0;
            _heldFrom = long.MaxValue;
            _isInside = false;
            Redacted = 0;
        }

        public void Release() => _held.Release(clear: true);

        private void Write(long end)
        {
            int count = CountTo(end);
            if (count > 0)
            {
                output.Write(_held.Written.Slice(_start, count));
                Skip(end);
            }
        }

        private void Skip(long end)
        {
            int count = CountTo(end);
            _start += count;
            _passed += count;
        }

        private void CloseUp()
        {
            if (_start > 0)
            {
                ReadOnlySpan<byte> left = _held.Written.Slice(_start);
                left.CopyTo(_held.Items);
                Moved += left.Length;
                _held.Count = left.Length;
                _start = 0;
            }
        }

        private readonly int CountTo(long end) => (int)Math.Max(0, Math.Min(end - _passed, _held.Count - _start));
    }
}
