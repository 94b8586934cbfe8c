using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.ToolCalls.Pipelines;

/// <summary>Where a <see cref="ModelStream"/> gets its bytes from.</summary>
internal abstract class ModelSource
{
    /// <summary>Awaits one read and gives what it brought to the reader; completes the reader at the end of the source.</summary>
    public abstract ValueTask ReadAsync(ModelStreamReader reader, CancellationToken cancellationToken);

    /// <summary>Ends the source, unless it belongs to somebody else.</summary>
    public abstract ValueTask EndAsync();
}

/// <summary>Bytes of a <see cref="Stream"/>.</summary>
/// <param name="input">The stream.</param>
/// <param name="owner">What is disposed at the end: the stream, or the response it belongs to; <see langword="null"/> for nothing.</param>
internal sealed class StreamSource(Stream input, IDisposable? owner) : ModelSource
{
    // Not from a pool: a read that is still pending when this object is disposed must never write into an array that somebody else has got.
    private readonly byte[] _chunk = new byte[16 * 1024];

#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
#endif
    public override async ValueTask ReadAsync(ModelStreamReader reader, CancellationToken cancellationToken)
    {
#if NET
        int count = await input.ReadAsync(_chunk.AsMemory(), cancellationToken).ConfigureAwait(false);
#else
        int count = await input.ReadAsync(_chunk, 0, _chunk.Length, cancellationToken).ConfigureAwait(false);
#endif
        if (count == 0)
        {
            reader.Complete();
        }
        else
        {
            reader.Append(_chunk.AsSpan(0, count));
        }
    }

    public override ValueTask EndAsync()
    {
#if NET
        if (owner is Stream stream)
        {
            return stream.DisposeAsync();
        }
#endif
        owner?.Dispose();
        return default;
    }
}
