using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>A source that brings so many bytes at each read (0: all), and then ends, or fails.</summary>
internal sealed class ChunkStream(byte[] content, int chunkSize = 0, Exception? fault = null) : MemoryStream(content)
{
    public bool IsDisposed { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public int Taken { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (fault is not null && Position == Length)
        {
            return ValueTask.FromException<int>(fault);
        }

        int count = Read(chunkSize == 0 ? buffer.Span : buffer.Span[..Math.Min(buffer.Length, chunkSize)]);
        Taken += count;
        return new(count);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
