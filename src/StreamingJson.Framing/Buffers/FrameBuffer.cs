using System;
using System.Buffers;
using System.Threading;

namespace StreamingJson.Framing;

/// <summary>
/// The bytes that were received and not yet given away, contiguous in one rented array. Places are absolute offsets in the input, so a
/// scanner does not notice
/// when the bytes move.
/// </summary>
/// <remarks>
/// <code>
///  array   |  free again  |  kept                 |  room          |
///          0              _start                  _end             Length
///  offset  _origin        StartOffset             EndOffset
/// </code>
/// Invariant: 0 &lt;= _start &lt;= _end &lt;= _used &lt;= array length, no byte of the input stands at or behind _used, and array[i] holds the input byte at offset _origin + i (unless a scanner
/// overwrote it).
/// Bytes are moved only in <see cref="Append"/>: a slice stays valid until then. A move costs at most two bytes per byte that was freed, a
/// growth doubles,
/// so all moving together is linear in what was received.
/// </remarks>
internal sealed class FrameBuffer : IDisposable
{
#if DEBUG
    /// <summary>Tiny, so that every test grows and moves the buffer.</summary>
    internal const int InitialSize = 16;
#else
    internal const int InitialSize = 4096;
#endif

    private const int LargestArray = 0x7FFFFFC7;

    private readonly ArrayPool<byte> _pool;
    private byte[] _array = Array.Empty<byte>();
    private int _start;
    private int _end;
    private int _used;
    private long _origin;

    public FrameBuffer(ArrayPool<byte> pool) => _pool = pool;

    public long StartOffset => _origin + _start;

    public long EndOffset => _origin + _end;

    public int Length => _end - _start;

    /// <summary>The meter of the moves: bytes copied from one place of a buffer to another, growth included, in all its life.</summary>
    public long Moved { get; private set; }

    /// <summary>The meter of <see cref="Reset"/>: bytes cleared, in all its life.</summary>
    public long Cleared { get; private set; }

    public byte this[long offset] => _array[Index(offset)];

    public ReadOnlySpan<byte> Slice(long from, long to) => new(_array, Index(from), (int)(to - from));

    public void Append(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length > _array.Length - _end)
        {
            MakeRoom(chunk.Length);
        }

        chunk.CopyTo(_array.AsSpan(_end));
        _end += chunk.Length;
        _used = Math.Max(_used, _end);
    }

    /// <summary>
    /// Everything before <paramref name="offset"/> is no longer needed. The bytes stay where they are until the next <see cref="Append"/>.
    /// </summary>
    public void Consume(long offset)
    {
        _start = Index(offset);
        if (_start == _end)
        {
            _origin += _end;
            _start = 0;
            _end = 0;
        }
    }

    public void Overwrite(long offset, byte value) => _array[Index(offset)] = value;

    /// <summary>Copies kept bytes to a place before them; the two ranges may overlap.</summary>
    public void MoveDown(long from, int length, long to) => _array.AsSpan(Index(from), length).CopyTo(_array.AsSpan(Index(to), length));

    public void Reset()
    {
        // The next user of this reader must not find the texts of the last one; but one large stream must not make every later reset dear.
        Array.Clear(_array, 0, _used);
        Cleared += _used;
        _used = 0;
        _start = 0;
        _end = 0;
        _origin = 0;
    }

    public void Dispose() => Return(Interlocked.Exchange(ref _array, Array.Empty<byte>()));

    private int Index(long offset) => (int)(offset - _origin);

    private void MakeRoom(int extra)
    {
        int length = Length;
        long needed = (long)length + extra;
        Moved += length;
        if (needed <= _array.Length && _start >= length / 2)
        {
            _array.AsSpan(_start, length).CopyTo(_array);
        }
        else
        {
            if (needed > LargestArray)
            {
                Throw.InvalidOperation("The chunk and what is kept do not fit into one array.");
            }

            long wanted = Math.Max(needed, Math.Min(LargestArray, Math.Max(InitialSize, 2L * _array.Length)));
            byte[] larger = _pool.Rent((int)wanted);
            _array.AsSpan(_start, length).CopyTo(larger);
            Return(Interlocked.Exchange(ref _array, larger));
            _used = length;
        }

        _origin += _start;
        _start = 0;
        _end = length;
    }

    private void Return(byte[] array)
    {
        if (array.Length > 0)
        {
            _pool.Return(array, clearArray: true);
        }
    }
}
