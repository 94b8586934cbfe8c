using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Awaits;

/// <summary>Gives the parts of a value (items, text) as they come, to one who reads the tape at a pace of its own.</summary>
/// <remarks>
/// Nothing is queued: what has come stands on the tape. The one who writes only wakes the reader, and only when there is something to
/// read; it never waits for it, unless it resets or disposes the parser while the reader reads one part.
/// </remarks>
internal abstract class EnumeratedAwait<T>(ParserAwaits awaits, PathPattern path) : PathAwait(path)
{
    // Held while the tape is read; guards IsForgotten.
    private readonly object _reading = new();

    // Guards _parked. The reader's position is not changed while it is parked.
    private readonly object _parking = new();

    private TaskCompletionSource<bool>? _parked;
    private bool _isForgotten;

    protected enum Taken
    {
        Nothing,
        Part,
        End,
    }

    /// <summary>The parts from the first one on.</summary>
    public async IAsyncEnumerable<T> EnumerateAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        awaits.Add(this);
        using CancellationTokenRegistration registration = cancellationToken.Register(Wake);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Taken taken = TryTake(out T? part, out int version);
                if (taken == Taken.End)
                {
                    yield break;
                }

                if (taken == Taken.Part)
                {
                    yield return part!;
                }
                else
                {
                    await ParkAsync(version, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            awaits.Remove(this);
        }
    }

    public override bool OnPublished(LiveDocument document, in AwaitState state)
    {
        lock (_parking)
        {
            if (_parked is null || !(state.IsEnded || (Row == TapeView.NotFound ? MayBeFound(document) : HasNews(document))))
            {
                return false;
            }
        }

        Wake();
        return false;
    }

    public override void OnForgotten(in AwaitState last)
    {
        lock (_reading)
        {
            _isForgotten = true;
        }

        Wake();
    }

    /// <summary>Whether the value has more parts than were taken, or an end. For the one who writes, while the reader is parked.</summary>
    protected abstract bool HasNews(LiveDocument document);

    /// <summary>The value has begun: whether it is one that has such parts.</summary>
    protected abstract bool Fits(TapeKind kind);

    /// <summary>Takes the next part of the value.</summary>
    protected abstract Taken Take(in TapeView view, out T? part);

    private Taken TryTake(out T? part, out int version)
    {
        lock (_reading)
        {
            (AwaitState state, bool isForgotten) = awaits.Current;
            version = state.Version;
            part = default;
            if (_isForgotten || isForgotten)
            {
                throw Abandoned(state);
            }

            if (TryFind(state))
            {
                if (!Fits(state.View.Rows[Row].Kind))
                {
                    throw new JsonAwaitException(JsonAwaitFailure.Mismatch, Path, state.View.Rows[Row].Start);
                }

                Taken taken = Take(state.View, out part);
                if (taken != Taken.Nothing)
                {
                    return taken;
                }
            }

            return state.IsEnded ? throw Failure(state) : Taken.Nothing;
        }
    }

    private Task<bool> ParkAsync(int version, CancellationToken cancellationToken)
    {
        var parked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_parking)
        {
            _parked = parked;
        }

        // What was published, forgotten or cancelled in between did not wake anybody.
        (AwaitState state, bool isForgotten) = awaits.Current;
        if (state.Version != version || isForgotten || cancellationToken.IsCancellationRequested)
        {
            Wake();
        }

        return parked.Task;
    }

    private void Wake()
    {
        TaskCompletionSource<bool>? parked;
        lock (_parking)
        {
            parked = _parked;
            _parked = null;
        }

        parked?.TrySetResult(true);
    }
}
