using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.ToolCalls.Pipelines;

namespace StreamingJson.ToolCalls;

/// <summary>A <see cref="ModelStreamReader"/> that is fed from a source: the outer loop awaits bytes, the inner one takes events without awaiting and without allocating.</summary>
/// <remarks>
/// <code>
/// await using ModelStream stream = await ModelStream.OpenAsync(response);
/// while (await stream.ReadAsync(cancellationToken))
/// {
///     while (stream.TryRead(out ModelEvent e)) { ... }
/// }
/// </code>
/// or, at the price of one step of the enumerator per event, <c>await foreach (ModelEvent e in stream)</c>. Because it is disposed asynchronously, too,
/// <c>ConfigureAwait</c> has to be told which is meant: <c>stream.WithCancellation(token).ConfigureAwait(false)</c> for the events.
/// <para>
/// If the source fails, or a read is cancelled, nothing that was received is lost: the events of what had arrived come first, then those of the
/// end (open calls end <see cref="ToolCallOutcome.Truncated"/>), and only then is the exception thrown, by <see cref="ReadAsync"/> or by the enumeration.
/// <see cref="Message"/> stays readable until <see cref="DisposeAsync"/>. Bad input is not an exception: see <see cref="ModelStreamReader"/>.
/// </para>
/// An instance is for one thread of control, and for one source.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A model's stream, as people call it.")]
public sealed partial class ModelStream : IAsyncEnumerable<ModelEvent>, IAsyncDisposable
{
    private readonly ModelSource _source;
    private ExceptionDispatchInfo? _fault;
    private bool _isDrained = true;
    private bool _isDisposed;

    private ModelStream(ModelSource source, ModelStreamReader reader)
    {
        _source = source;
        Reader = reader;
    }

    /// <summary>The reader that is fed, to look at: its recognition, its options. Do not append to it, complete, reset or dispose it.</summary>
    public ModelStreamReader Reader { get; }

    /// <summary>The message, as the events read so far have it; valid until <see cref="DisposeAsync"/>.</summary>
    public ModelMessage Message => Reader.Message;

    /// <summary>What was measured so far, if <see cref="ModelStreamOptions.Report"/> asks for it; otherwise <see langword="null"/>. It stays valid after <see cref="DisposeAsync"/>.</summary>
    public StreamReport? Report => Reader.Report;

    /// <summary>Awaits one read of the source. It does not end the source, whatever happens: that is for <see cref="DisposeAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the stream: after a cancelled read there is no other one.</param>
    /// <returns>
    /// <see langword="true"/>: call <see cref="TryRead"/> until it says <see langword="false"/>, whether or not there is an event.
    /// <see langword="false"/>: everything was read.
    /// </returns>
    /// <exception cref="InvalidOperationException">Events were left unread.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled in the read before, and all events of that were read.</exception>
    /// <exception cref="Exception">The source failed in the read before, and all events of that were read: its own exception.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="DisposeAsync"/>.</exception>
#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCannotRead();
        if (_isStopped)
        {
            await EndSourceAsync().ConfigureAwait(false);
        }

        if (Reader.IsEnded)
        {
            _fault?.Throw();
            return false;
        }

        _isDrained = false;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _source.ReadAsync(Reader, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is thrown again, when what was received has been read.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
            Reader.Abort();
        }

        return true;
    }

    /// <summary>Takes the next event; see <see cref="ModelStreamReader.TryRead"/>.</summary>
    /// <param name="modelEvent">The event.</param>
    /// <returns><see langword="false"/>: call <see cref="ReadAsync"/>.</returns>
    /// <exception cref="ObjectDisposedException">After <see cref="DisposeAsync"/>.</exception>
    public bool TryRead(out ModelEvent modelEvent)
    {
        bool isThere = Reader.TryRead(out modelEvent);
        _isDrained = !isThere;
        if (isThere && (_guards.Count > 0 || _textAwaits is not null))
        {
            Look(modelEvent);
        }

        return isThere;
    }

    /// <summary>All events from here on. Ending the enumeration, early or not, leaves this object and the source as they are: they can be read on, and are to be disposed.</summary>
    /// <param name="cancellationToken">As for <see cref="ReadAsync"/>.</param>
    public async IAsyncEnumerator<ModelEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        do
        {
            while (TryRead(out ModelEvent modelEvent))
            {
                yield return modelEvent;
            }
        }
        while (await ReadAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Gives the buffers back, and completes or disposes the source unless it was left open. Not while a <see cref="ReadAsync"/> is pending. Events and
    /// <see cref="Message"/> are no longer valid. A second call has no effect.
    /// </summary>
    /// <returns>A task that ends when the source has.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Reader.Dispose();
            _textAwaits?.TrySetException(new ObjectDisposedException(nameof(ModelStream)));
            await EndSourceAsync().ConfigureAwait(false);
        }
    }

    private void ThrowIfCannotRead()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(ModelStream));
        }

        if (!_isDrained)
        {
            throw new InvalidOperationException("Events were left unread: call TryRead until it returns false.");
        }
    }
}
