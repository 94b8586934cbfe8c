using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Pacing;

/// <summary>
/// A source of states, read one state ahead of its consumer, and the signal by which it and the time wake the one who waits.
/// </summary>
/// <remarks>
/// A read that was begun and is not over is neither begun again nor left alone: the source is disposed only when it is over.
/// </remarks>
internal sealed class PacedSource<T> : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _states;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly ITimer? _timer;
    private readonly Signal _signal = new();
    private ValueTaskAwaiter<bool> _read;
    private bool _isReading;

    public PacedSource(IAsyncEnumerable<T> source, Pace pace, CancellationToken cancellationToken)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _states = source.GetAsyncEnumerator(_ending.Token);
        _cancellation = cancellationToken.Register(static signal => ((Signal)signal!).Set(), _signal);
        if (pace.Interval > TimeSpan.Zero)
        {
            _timer = pace.TimeProvider.CreateTimer(
                static signal => ((Signal)signal!).Set(), _signal, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The state that the last read brought.</summary>
    public T Current => _states.Current;

    /// <summary>Whether the read is over, which is begun if it was not: <see cref="EndRead"/> says what it brought.</summary>
    [SuppressMessage("Reliability", "CA2012", Justification = "Its awaiter is asked for the result once, by EndRead.")]
    public bool IsReady()
    {
        if (!_isReading)
        {
            _read = _states.MoveNextAsync().GetAwaiter();
            _isReading = true;
            if (!_read.IsCompleted)
            {
                _read.UnsafeOnCompleted(_signal.SetAction);
            }
        }

        return _read.IsCompleted;
    }

    /// <summary>Ends the read; false at the end of the source. Throws what the source threw.</summary>
    public bool EndRead()
    {
        _isReading = false;
        return _read.GetResult();
    }

    /// <summary>Waits for the read, for a cancellation, or for so long. May return early.</summary>
    public ValueTask WaitAsync(TimeSpan atMost)
    {
        if (atMost != Timeout.InfiniteTimeSpan)
        {
            _timer?.Change(atMost, Timeout.InfiniteTimeSpan);
        }

        return _signal.WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer?.Dispose();
        _cancellation.Dispose();
        if (_isReading)
        {
            await AbandonReadAsync().ConfigureAwait(false);
        }

        _ending.Dispose();
        await _states.DisposeAsync().ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits any more for what the read brings.")]
    private async ValueTask AbandonReadAsync()
    {
        try
        {
            Cancel();
        }
        catch (Exception)
        {
        }

        while (!_read.IsCompleted)
        {
            await _signal.WaitAsync().ConfigureAwait(false);
        }

        try
        {
            EndRead();
        }
        catch (Exception)
        {
        }
    }

    // CancelAsync is not there on every target.
    private void Cancel() => _ending.Cancel();
}
