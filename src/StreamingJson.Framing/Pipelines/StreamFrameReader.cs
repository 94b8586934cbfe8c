using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Framing;

/// <summary>Frames from a <see cref="Stream"/>, such as the content of an HTTP response.</summary>
/// <remarks>
/// <see cref="AsyncFrameReader.DisposeAsync"/> disposes the stream, once, unless it was left open; nothing else here does.
/// </remarks>
public sealed class StreamFrameReader : AsyncFrameReader
{
    private readonly Stream _input;
    private readonly bool _leaveOpen;

    // Not from a pool: a read that is still pending when this object is disposed must never write into an array that somebody else has got.
    private readonly byte[] _chunk = new byte[16 * 1024];

    /// <summary>
    /// Makes a reader; <paramref name="input"/> is disposed by <see cref="AsyncFrameReader.DisposeAsync"/> unless
    /// <paramref name="leaveOpen"/>.
    /// </summary>
    /// <param name="input">The source. It is read from where it stands.</param>
    /// <param name="format">Any format but <see cref="FrameFormat.Message"/>.</param>
    /// <param name="options">Limits and choices; <see langword="null"/> for the defaults.</param>
    /// <param name="leaveOpen">Whether the caller disposes <paramref name="input"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="format"/> is <see cref="FrameFormat.Message"/>.</exception>
    public StreamFrameReader(Stream input, FrameFormat format, FrameReaderOptions? options = null, bool leaveOpen = false)
        : base(NotMessages(format), options)
    {
        _input = NotNull(input);
        _leaveOpen = leaveOpen;
    }

#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
#endif
    private protected override async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
#if NET
        int count = await _input.ReadAsync(_chunk.AsMemory(), cancellationToken).ConfigureAwait(false);
#else
        int count = await _input.ReadAsync(_chunk, 0, _chunk.Length, cancellationToken).ConfigureAwait(false);
#endif
        if (count == 0)
        {
            Reader.Complete();
        }
        else
        {
            Reader.Append(_chunk.AsSpan(0, count));
        }
    }

    private protected override ValueTask EndSourceAsync()
    {
        if (_leaveOpen)
        {
            return default;
        }

#if NET
        return _input.DisposeAsync();
#else
        _input.Dispose();
        return default;
#endif
    }
}
