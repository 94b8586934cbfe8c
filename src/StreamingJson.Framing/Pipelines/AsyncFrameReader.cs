using System;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Framing;

/// <summary>
/// A <see cref="FrameReader"/> that is fed from a source: the outer loop awaits bytes, the inner one takes frames without awaiting and
/// without allocating.
/// </summary>
/// <remarks>
/// <code>
/// while (await reader.ReadAsync(cancellationToken))
/// {
///     while (reader.TryRead(out Frame frame)) { ... }
/// }
/// </code>
/// One <see cref="ReadAsync"/> at a time; an instance is for one thread of control. What had arrived before a fault of the source, or
/// before a cancellation, stays
/// readable with <see cref="TryRead"/>. A cancelled read can be tried again if the source allows that.
/// </remarks>
public abstract class AsyncFrameReader : IAsyncDisposable
{
    private protected AsyncFrameReader(FrameFormat format, FrameReaderOptions? options) => Reader = new FrameReader(format, options);

    /// <summary>The reader that is fed: for its meters, its error, the last event id. Do not append to it.</summary>
    public FrameReader Reader { get; }

    /// <summary>Awaits one read of the source and gives it to <see cref="Reader"/>.</summary>
    /// <param name="cancellationToken">Ends the wait, not the source.</param>
    /// <returns>
    /// <see langword="true"/>: call <see cref="TryRead"/> until it says <see langword="false"/>, be there a whole frame or not.
    /// <see langword="false"/>: the source had
    /// ended before, and nothing is left.
    /// </returns>
    /// <exception cref="FramingException">The input failed; all frames before that were delivered.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="InvalidOperationException">
    /// Frames were left unread: see <see cref="FrameReader.Append(ReadOnlySpan{byte})"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">After <see cref="DisposeAsync"/>.</exception>
#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        // Before bytes are taken that could not be given back.
        if (!Reader.TryPrepareAppend())
        {
            return false;
        }

        await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes the next frame, if it is whole; see <see cref="FrameReader.TryRead"/>.</summary>
    /// <param name="frame">The frame; its spans are valid until the next call on this object.</param>
    /// <returns><see langword="false"/>: call <see cref="ReadAsync"/>.</returns>
    /// <exception cref="ObjectDisposedException">After <see cref="DisposeAsync"/>.</exception>
    public bool TryRead(out Frame frame) => Reader.TryRead(out frame);

    /// <summary>
    /// Gives the buffers back, and ends the source unless it was left open. Not while a <see cref="ReadAsync"/> is pending. A second call
    /// has no effect.
    /// </summary>
    /// <returns>A task that ends when the source has.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!Reader.IsDisposed)
        {
            Reader.Dispose();
            await EndSourceAsync().ConfigureAwait(false);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Awaits one read of the source and gives what it brought to <see cref="Reader"/>, or completes it.</summary>
    private protected abstract ValueTask ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Ends the source, unless it was left open.</summary>
    private protected abstract ValueTask EndSourceAsync();

    private protected static T NotNull<T>(T input)
        where T : class
    {
        if (input is null)
        {
            Throw.ArgumentNull(nameof(input));
        }

        return input;
    }

    private protected static FrameFormat NotMessages(FrameFormat format)
    {
        if (format == FrameFormat.Message)
        {
            Throw.Argument("This source has no messages of its own.", nameof(format));
        }

        return format;
    }
}
