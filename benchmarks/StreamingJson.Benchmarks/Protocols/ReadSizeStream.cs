using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>A body of which a read brings at most one chunk, as from a socket.</summary>
internal sealed class ReadSizeStream(byte[] body, ChunkSize size) : Stream
{
    private readonly int _size = size.For(body.Length);
    private int _position;

    /// <summary>How much of the body was taken.</summary>
    public int BytesRead => _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(Math.Min(_size, buffer.Length), body.Length - _position);
        body.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    // The base class would read in another thread.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
