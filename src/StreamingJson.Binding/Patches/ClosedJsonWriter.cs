using System;
using System.Buffers;
using System.Threading;
using StreamingJson.Binding.Patches;
using StreamingJson.Binding.Support;
using StreamingJson.Buffers;

namespace StreamingJson.Binding;

/// <summary>
/// Writes the value of a growing text as JSON text that is only ever appended to; at any moment <see cref="Closing"/> makes it valid
/// JSON: for clients that collect deltas of text and look at the value in between.
/// </summary>
/// <remarks>
/// <code>
///   received                       written so far                       closing
///   { "a" : [1, 2                  {"a":[1                              ]}
///   { "a" : [1, 23, "x\u00e        {"a":[1,23,"x                        "]}
///   { "a" : [1, 23, "x\u00e9"] }   {"a":[1,23,"xé"]}
/// </code>
/// <para>
/// What was written is never taken back: nothing is guessed (law 2), and it never ends inside an escape, a character, a number or a
/// name. It is compact JSON with the same value, repeated names included; numbers as they were received; strings with only the escapes
/// that RFC 8259, section 7 requires. Several root values are one per line. Written text and closing together are the
/// <see cref="JsonSnapshot"/>'s closed value; both are empty while it has none.
/// </para>
/// <para>
/// A call costs time in proportion to what came since the last one; after warm-up nothing is allocated (law 10). Not thread-safe; the parser may go on on
/// another thread (law 8). Dispose gives the arrays back to the shared pool, cleared.
/// </para>
/// </remarks>
public sealed class ClosedJsonWriter : IDisposable
{
    private readonly TapeCursor _cursor = new();
    private Arena<byte> _json;
    private Arena<byte> _closing;
    private int _isDisposed;

    /// <summary>A writer that begins with the whole of the first snapshot.</summary>
    public ClosedJsonWriter()
        : this(ArrayPool<byte>.Shared)
    {
    }

    internal ClosedJsonWriter(ArrayPool<byte> pool)
    {
        _json = new(pool);
        _closing = new(pool);
    }

    /// <summary>
    /// What makes the text that was written valid JSON: a quote, if a string is open, and the ends of the open containers; empty when
    /// none is. ASCII. Costs O(depth); valid until the next call on the writer.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public ReadOnlySpan<byte> Closing
    {
        get
        {
            Throw.IfDisposed(_isDisposed != 0, nameof(ClosedJsonWriter));
            _closing.Count = 0;
            GrowingJson.AppendClosing(_cursor, 0, ref _closing);
            return _closing.Written;
        }
    }

    /// <summary>Appends what is new in a snapshot.</summary>
    /// <param name="snapshot">A snapshot of the same text as before, not older than the last one.</param>
    /// <param name="destination">Where to append, in UTF-8. If it throws, what was new is lost: call <see cref="Reset"/> to begin again.</param>
    /// <returns>Whether anything was appended.</returns>
    /// <exception cref="ArgumentException">The snapshot is older than the last one, or of another text: that needs a <see cref="Reset"/> before.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The snapshot's parser was reset or disposed.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public bool TryWrite(in JsonSnapshot snapshot, IBufferWriter<byte> destination)
    {
        Throw.IfNull(destination, nameof(destination));
        Throw.IfDisposed(_isDisposed != 0, nameof(ClosedJsonWriter));
        if (!_cursor.TryMoveTo(snapshot.View))
        {
            throw new ArgumentException("The snapshot is of another text than the last one that was given.", nameof(snapshot));
        }

        _json.Count = 0;
        GrowingJson.AppendNew(_cursor, ref _json);
        if (_json.Count == 0)
        {
            return false;
        }

        destination.Write(_json.Written);
        return true;
    }

    /// <summary>Begins a new text.</summary>
    public void Reset() => _cursor.Clear();

    /// <summary>Gives the arrays back, cleared, whoever calls and how often.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _cursor.Dispose();
            _json.Release(clear: true);
            _closing.Release(clear: false);
        }
    }
}
