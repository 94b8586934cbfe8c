using System;
using System.Buffers;

namespace StreamingJson.Buffers;

/// <summary>A buffer in a pooled array, for text that is needed for a moment. Cleared when it goes back.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>, IDisposable
{
    private Arena<byte> _arena = new(ArrayPool<byte>.Shared);

    /// <summary>What was written; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Written => _arena.Written;

    public void Advance(int count) => _arena.Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        _arena.EnsureFree(Math.Max(sizeHint, 1));
        return _arena.Items.AsMemory(_arena.Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => _arena.Release(clear: true);
}
