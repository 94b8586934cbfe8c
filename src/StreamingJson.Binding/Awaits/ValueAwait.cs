using System;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Awaits;

/// <summary>Awaits the beginning of a value, or the whole of it, and makes something of it, once, on the thread that brings it.</summary>
/// <remarks>The task is completed outside of all locks, and its continuations run elsewhere.</remarks>
internal sealed class ValueAwait<T> : PathAwait
{
    private readonly object _lock = new();
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<PartialJsonElement, T> _read;
    private readonly bool _isWholeWanted;

    private ValueAwait(PathPattern path, bool isWholeWanted, Func<PartialJsonElement, T> read)
        : base(path)
    {
        _isWholeWanted = isWholeWanted;
        _read = read;
    }

    public static Task<T> StartAsync(
        ParserAwaits awaits, PathPattern path, bool isWholeWanted, Func<PartialJsonElement, T> read, CancellationToken cancellationToken)
    {
        var started = new ValueAwait<T>(path, isWholeWanted, read);
        awaits.Add(started);
        lock (started._lock)
        {
            // While the lock is held the document does not go: whoever makes it go has told everyone first.
            (AwaitState state, bool isForgotten) = awaits.Current;
            if (isForgotten)
            {
                started._source.TrySetException(started.Abandoned(state));
            }
            else
            {
                started.Advance(state);
            }
        }

        started.CancelBy(awaits, cancellationToken);
        return started._source.Task;
    }

    public override bool OnPublished(LiveDocument document, in AwaitState state)
    {
        lock (_lock)
        {
            bool hasNews = state.IsEnded
                || (Row == TapeView.NotFound ? MayBeFound(document) : document.Tokenizer.Handler.Rows.Items[Row].End != 0);
            if (hasNews)
            {
                Advance(state);
            }
        }

        return _source.Task.IsCompleted;
    }

    public override void OnForgotten(in AwaitState last)
    {
        lock (_lock)
        {
            _source.TrySetException(Abandoned(last));
        }
    }

    private void Advance(in AwaitState state)
    {
        if (_source.Task.IsCompleted)
        {
            return;
        }

        if (TryFind(state) && (!_isWholeWanted || state.View.IsClosed(state.View.Rows[Row])))
        {
            Read(new PartialJsonElement(state.View, Row));
        }
        else if (state.IsEnded)
        {
            _source.TrySetException(Failure(state));
        }
    }

    private void Read(PartialJsonElement value)
    {
        try
        {
            _source.TrySetResult(_read(value));
        }
#pragma warning disable CA1031 // Whatever a converter throws belongs to the one who awaits, and not to the one who writes.
        catch (Exception misfit)
#pragma warning restore CA1031
        {
            _source.TrySetException(new JsonAwaitException(JsonAwaitFailure.Mismatch, Path, value.ByteRange.Start, misfit));
        }
    }

    private void CancelBy(ParserAwaits awaits, CancellationToken cancellationToken)
    {
        if (_source.Task.IsCompleted)
        {
            awaits.Remove(this);
        }
        else if (cancellationToken.CanBeCanceled)
        {
            CancellationTokenRegistration registration = cancellationToken.Register(
                () =>
                {
                    _source.TrySetCanceled(cancellationToken);
                    awaits.Remove(this);
                });
            _ = _source.Task.ContinueWith(
                static (_, state) => ((CancellationTokenRegistration)state!).Dispose(),
                registration,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }
}
