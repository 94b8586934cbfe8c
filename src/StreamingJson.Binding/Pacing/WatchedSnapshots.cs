using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace StreamingJson.Binding.Pacing;

/// <summary>
/// The newest snapshot of a parser that somebody else feeds. He never waits: a snapshot that nobody took gives way to the next.
/// </summary>
internal sealed class WatchedSnapshots : ParserObserver
{
    private readonly object _lock = new();
    private readonly Signal _signal = new();
    private JsonSnapshot _newest;
    private bool _hasNewest;
    private bool _isEnded;
    private bool _isForgotten;
    private StreamingJsonException? _error;
    private int _isEnumerated;

    /// <summary>Detaches at the next operation, on the thread of him who feeds: the list of observers is his.</summary>
    private volatile bool _isAbandoned;

    public WatchedSnapshots(StreamingJsonParser parser)
    {
        parser.Attach(this);
        OnOperation(parser);
    }

    public override void OnOperation(StreamingJsonParser parser)
    {
        bool isEnded = parser.IsEnded;
        if (isEnded || _isAbandoned)
        {
            parser.Detach(this);
        }

        lock (_lock)
        {
            _newest = parser.Snapshot;
            _hasNewest = isEnded || _newest.ByteCount > 0;
            _isEnded = isEnded;
            _error = parser.Error;
        }

        _signal.Set();
    }

    public override void OnForgetting(StreamingJsonParser parser)
    {
        lock (_lock)
        {
            _isForgotten = _hasNewest || !_isEnded;
            _hasNewest = false;
            _newest = default;
        }

        _signal.Set();
    }

    /// <summary>The newest snapshot each time, to the end of the text.</summary>
    public async IAsyncEnumerable<JsonSnapshot> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isEnumerated, 1) != 0)
        {
            throw new InvalidOperationException("The snapshots of a watched parser are enumerated once.");
        }

        CancellationTokenRegistration cancellation =
            cancellationToken.Register(static signal => ((Signal)signal!).Set(), _signal);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryTake(out JsonSnapshot snapshot))
                {
                    yield return snapshot;
                }
                else if (ThrowOrIsEnded())
                {
                    yield break;
                }
                else
                {
                    await _signal.WaitAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _isAbandoned = true;
            cancellation.Dispose();
        }
    }

    private bool TryTake(out JsonSnapshot snapshot)
    {
        lock (_lock)
        {
            snapshot = _newest;
            bool hasNewest = _hasNewest;
            _hasNewest = false;
            return hasNewest;
        }
    }

    private bool ThrowOrIsEnded()
    {
        lock (_lock)
        {
            if (_isForgotten)
            {
                throw new InvalidOperationException("The parser was reset or disposed before its last snapshot was taken.");
            }

            return _isEnded && _error is { } error ? throw error : _isEnded;
        }
    }
}
