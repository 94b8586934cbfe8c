using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// Partials of a parser that somebody else feeds. The feeder leaves a snapshot, which costs nothing; who enumerates makes a partial of it.
/// </summary>
/// <remarks>
/// Two locks, taken in this order: one is held while a partial is made, and makes a reset or disposal of the parser wait for that; the
/// other for moments only, so that an append waits for nothing. The list of observers is the feeder's: it is attached by him, and detaches
/// itself at his next operation when nobody enumerates any more.
/// </remarks>
internal sealed class FedPartials<T> : ParserObserver
{
    private readonly PartialReader<T> _partials;
    private readonly object _making = new();
    private readonly object _state = new();
    private JsonSnapshot _newest;
    private bool _hasNewest;
    private bool _isEnded;
    private Partial<T>? _last; // made in a hurry, before the text was forgotten
    private Exception? _error;
    private TaskCompletionSource<bool>? _waiting;
    private int _isEnumerated;
    private volatile bool _isAbandoned;

    public FedPartials(PartialReader<T> partials)
    {
        _partials = partials;
        partials.Parser.Attach(this);
        if (partials.Parser.Snapshot.HasValue || partials.Parser.Outcome != JsonOutcome.Partial)
        {
            OnOperation(partials.Parser);
        }
    }

    /// <summary>The newest partial each time, to the end of the text.</summary>
    public async IAsyncEnumerable<Partial<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isEnumerated, 1) != 0)
        {
            throw new InvalidOperationException("The partials of a parser that somebody else feeds are enumerated once.");
        }

        try
        {
            while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } next)
            {
                yield return next;
            }
        }
        finally
        {
            _isAbandoned = true;
        }
    }

    public override void OnOperation(StreamingJsonParser parser)
    {
        if (_isAbandoned)
        {
            parser.Detach(this);
            return;
        }

        JsonSnapshot snapshot = parser.Snapshot;
        bool isEnded = snapshot.Outcome != JsonOutcome.Partial;
        Exception? error = isEnded ? parser.Error : null;
        lock (_state)
        {
            if (!_isEnded)
            {
                _newest = snapshot;
                _hasNewest = true;
                _isEnded = isEnded;
                _error = error;
            }
        }

        Wake();
    }

    public override void OnForgetting(StreamingJsonParser parser)
    {
        lock (_making)
        {
            if (TryTake(out JsonSnapshot newest) && !_isAbandoned)
            {
                _last = _partials.Read(newest);
            }

            lock (_state)
            {
                _error = _isEnded ? _error : new InvalidOperationException("The parser was reset or disposed before the text had ended.");
                _isEnded = true;
            }
        }

        Wake();
    }

    // The newest partial, awaited if there is none yet; null after the last.
    private async ValueTask<Partial<T>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Make() is { } partial)
            {
                return partial;
            }

            Task news;
            lock (_state)
            {
                if (_hasNewest || _last is not null)
                {
                    continue;
                }

                if (_isEnded)
                {
                    return _error is null ? null : throw _error;
                }

                _waiting ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                news = _waiting.Task;
            }

            using (cancellationToken.Register(static fed => ((FedPartials<T>)fed!).Wake(), this))
            {
                await news.ConfigureAwait(false);
            }
        }
    }

    private Partial<T>? Make()
    {
        lock (_making)
        {
            if (_last is { } last)
            {
                _last = null;
                return last;
            }

            return TryTake(out JsonSnapshot newest) ? _partials.Read(newest) : null;
        }
    }

    private bool TryTake(out JsonSnapshot newest)
    {
        lock (_state)
        {
            newest = _newest;
            bool hasNewest = _hasNewest;
            _hasNewest = false;
            return hasNewest;
        }
    }

    private void Wake()
    {
        TaskCompletionSource<bool>? waiting;
        lock (_state)
        {
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.TrySetResult(true);
    }
}
