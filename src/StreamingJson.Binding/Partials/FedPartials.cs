using System;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// Partials of a parser that somebody else feeds. The feeder leaves a snapshot, which costs nothing; who enumerates makes a partial of it.
/// </summary>
/// <remarks>
/// Two locks, taken in this order: one is held while a partial is made, and makes a reset or disposal of the parser wait for that; the
/// other for moments only, so that an append waits for nothing.
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

    public FedPartials(PartialReader<T> partials) => _partials = partials;

    public void Start()
    {
        _partials.Parser.Attach(this);
        if (_partials.Parser.Snapshot.HasValue || _partials.Parser.Outcome != JsonOutcome.Partial)
        {
            OnOperation(_partials.Parser);
        }
    }

    public void Stop() => _partials.Parser.Detach(this);

    public override void OnOperation(StreamingJsonParser parser)
    {
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
            if (TryTake(out JsonSnapshot newest))
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

    /// <summary>The newest partial, awaited if there is none yet; null after the last.</summary>
    public async ValueTask<Partial<T>?> NextAsync(CancellationToken cancellationToken)
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
