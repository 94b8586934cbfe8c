using System;
using System.Buffers;
using System.Text;
using System.Threading;
using StreamingJson.Binding.Patches;
using StreamingJson.Binding.Support;
using StreamingJson.Buffers;
using StreamingJson.Documents;

namespace StreamingJson.Binding;

/// <summary>
/// Writes what brings a client from one snapshot of a text to the next, as JSON Patch (RFC 6902). What is new is read off the document:
/// nothing is compared, and a batch costs time in proportion to what came since the last one.
/// </summary>
/// <remarks>
/// <para>Two operations are enough, because structures only grow (law 4):</para>
/// <code>
/// {"op":"add","path":"/steps/2","value":{"title":"Bo"}}    a value that is new, closed (also "" for the root)
/// {"op":"append","path":"/steps/2/title","value":"il"}     an extension: the text at the path gets this at its end
/// </code>
/// <para>
/// With <see cref="JsonPatchOptions.StandardOnly"/> it is <c>replace</c> with the whole text instead of <c>append</c>. Applied in order
/// to any document, the operations of a text give its <see cref="JsonSnapshot.RootElement"/> after every batch. A repeated name is an
/// <c>add</c> of a member that is there already, which replaces it: the last wins. If there are several root values, each replaces the one before.
/// </para>
/// <para>
/// With <c>append</c> the bytes of all batches are linear in those of the text: values and texts are written once and never longer than
/// they were received; each operation adds its pointer and at most 40 bytes. An operation contains neither CR nor LF, so a batch
/// can be the data of a server-sent event. After warm-up nothing is allocated (law 10). Not thread-safe; the parser may go on on another
/// thread (law 8). Dispose gives the arrays back to the shared pool, cleared.
/// </para>
/// </remarks>
public sealed class JsonPatchWriter : IDisposable
{
    private readonly JsonPatchOptions _options;
    private readonly TapeCursor _cursor = new();
    private readonly OverriddenMembers _overridden = new();
    private Arena<byte> _batch;

    //   /a/2/title     the prefix, the innermost level's pointer and that of what is open in it; _pointerEnds: where that of each level ends
    private Arena<byte> _pointer;
    private Arena<int> _pointerEnds = new(ArrayPool<int>.Shared);
    private readonly int _prefixLength;
    private int _isDisposed;

    /// <summary>A writer that begins with the whole of the first snapshot.</summary>
    /// <param name="options">What is written; null for <see cref="JsonPatchOptions.Default"/>.</param>
    public JsonPatchWriter(JsonPatchOptions? options = null)
        : this(options, ArrayPool<byte>.Shared)
    {
    }

    internal JsonPatchWriter(JsonPatchOptions? options, ArrayPool<byte> pool)
    {
        _batch = new(pool);
        _pointer = new(pool);
        _options = options ?? JsonPatchOptions.Default;
        CompactJson.AppendText(ref _pointer, Encoding.UTF8.GetBytes(_options.PathPrefix));
        _prefixLength = _pointer.Count;
    }

    /// <summary>
    /// Writes the operations that lead from the snapshot of the last call to this one; from any document, at the first call and when the
    /// snapshot is of another text: of another parser, or after its reset.
    /// </summary>
    /// <param name="snapshot">What the client is to have; not older than the last one.</param>
    /// <param name="destination">Where the batch is written, in UTF-8. If it throws, the batch is lost: call <see cref="Reset"/> to begin again.</param>
    /// <returns>Whether there was anything to write; false if the text only went on inside a token or a blank.</returns>
    /// <exception cref="ArgumentException">The snapshot is older than the last one.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The snapshot's parser was reset or disposed.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public bool TryWrite(in JsonSnapshot snapshot, IBufferWriter<byte> destination)
    {
        Throw.IfNull(destination, nameof(destination));
        Throw.IfDisposed(_isDisposed != 0, nameof(JsonPatchWriter));
        if (!_cursor.TryMoveTo(snapshot.View))
        {
            Reset();
            _cursor.TryMoveTo(snapshot.View);
        }

        _batch.Count = 0;
        AppendGrowth();
        while (true)
        {
            LeaveEnded();
            if (!_cursor.HasNext)
            {
                break;
            }

            AppendAddition();
        }

        if (_batch.Count == 0)
        {
            return false;
        }

        if (!_options.OperationPerLine)
        {
            _batch.Append((byte)']');
        }

        destination.Write(_batch.Written);
        return true;
    }

    /// <summary>Begins again: the next batch leads from any document to the whole snapshot, for a client that joins late.</summary>
    public void Reset()
    {
        _cursor.Clear();
        _pointer.Count = _prefixLength;
        _pointerEnds.Count = 0;
    }

    /// <summary>Gives the arrays back, cleared, whoever calls and how often.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _cursor.Dispose();
            _overridden.Dispose();
            _batch.Release(clear: true);
            _pointer.Release(clear: true);
            _pointerEnds.Release(clear: false);
        }
    }

    private void AppendGrowth()
    {
        int row = _cursor.OpenString;
        if (row == TapeView.NotFound)
        {
            return;
        }

        ReadOnlySpan<byte> text = _cursor.TakeText(out _);
        if (!text.IsEmpty)
        {
            StartOperation(_options.StandardOnly ? "{\"op\":\"replace\",\"path\":\""u8 : "{\"op\":\"append\",\"path\":\""u8);
            _batch.Append((byte)'"');
            CompactJson.AppendText(ref _batch, _options.StandardOnly ? _cursor.TextOf(row) : text);
            _batch.Append((byte)'"');
            EndOperation();
        }
    }

    private void LeaveEnded()
    {
        while (_cursor.TryLeave(out _))
        {
            _pointerEnds.Count--;
        }
    }

    private void AppendAddition()
    {
        int parent = _cursor.Depth - 1;
        _pointer.Count = _prefixLength;
        if (parent >= 0)
        {
            _pointer.Count = _pointerEnds.Items[parent];
            AppendToken(parent, _cursor.ChildrenOf(parent), _cursor.NextRow + 1);
        }

        StartOperation("{\"op\":\"add\",\"path\":\""u8);
        GrowingJson.AppendClosedValue(_cursor, _overridden, ref _batch);
        EndOperation();
        FollowOpen(parent + 1);
    }

    // The pointer goes on to what is open of the value that was added.
    private void FollowOpen(int firstLevel)
    {
        for (int level = firstLevel; level < _cursor.Depth; level++)
        {
            _pointerEnds.Append(_pointer.Count);
            bool isInnermost = level == _cursor.Depth - 1;
            int openChild = isInnermost ? _cursor.OpenString : _cursor.RowOf(level + 1);
            if (openChild != TapeView.NotFound)
            {
                AppendToken(level, _cursor.ChildrenOf(level) - 1, openChild);
            }
        }
    }

    // Of an item by its index, of a property by the name before its value's row.
    private void AppendToken(int level, int index, int valueRow)
    {
        if (_cursor.IsObject(level))
        {
            CompactJson.AppendPointerToken(ref _pointer, _cursor.TextOf(valueRow - 1));
        }
        else
        {
            CompactJson.AppendPointerToken(ref _pointer, index);
        }
    }

    private void StartOperation(ReadOnlySpan<byte> start)
    {
        if (!_options.OperationPerLine)
        {
            _batch.Append(_batch.Count == 0 ? (byte)'[' : (byte)',');
        }

        _batch.Append(start);
        _batch.Append(_pointer.Written);
        _batch.Append("\",\"value\":"u8);
    }

    private void EndOperation()
    {
        _batch.Append((byte)'}');
        if (_options.OperationPerLine)
        {
            _batch.Append((byte)'\n');
        }
    }
}
