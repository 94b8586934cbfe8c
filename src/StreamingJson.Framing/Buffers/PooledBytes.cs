using System;
using System.Buffers;
using System.Threading;

namespace StreamingJson.Framing;

/// <summary>
/// A short text that outlives the buffer it came from: an event type, an event id. <see cref="Clear"/> leaves the bytes, so a slice of them
/// stays readable.
/// </summary>
internal sealed class PooledBytes : IDisposable
{
    private readonly ArrayPool<byte> _pool;
    private byte[] _array = Array.Empty<byte>();
    private int _length;
    private int _used;

    public PooledBytes(ArrayPool<byte> pool) => _pool = pool;

    public ReadOnlySpan<byte> Span => new(_array, 0, _length);

    public bool IsEmpty => _length == 0;

    public void Set(ReadOnlySpan<byte> value)
    {
        if (value.Length > _array.Length)
        {
            byte[] larger = _pool.Rent(value.Length);
            Return(Interlocked.Exchange(ref _array, larger));
        }

        value.CopyTo(_array);
        _length = value.Length;
        _used = Math.Max(_used, _length);
    }

    public void Clear() => _length = 0;

    public void Reset()
    {
        Array.Clear(_array, 0, _used);
        _used = 0;
        _length = 0;
    }

    public void Dispose()
    {
        _length = 0;
        Return(Interlocked.Exchange(ref _array, Array.Empty<byte>()));
    }

    private void Return(byte[] array)
    {
        if (array.Length > 0)
        {
            _pool.Return(array, clearArray: true);
        }
    }
}
