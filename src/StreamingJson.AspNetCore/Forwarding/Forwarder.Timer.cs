using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.AspNetCore.Forwarding;

/// <content>When something is sent: at once, at a pace, or because of silence. All of it, but for the timer's own call, under the gate.</content>
internal sealed partial class Forwarder
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time = options.TimeProvider;
    private readonly TimeSpan _interval = options.Pace?.Interval ?? Timeout.InfiniteTimeSpan;
    private ITimer? _timer;
    private ExceptionDispatchInfo? _timerFault;
    private int _isDue;
    private bool _hasGrown;
    private long _grownAt;
    private long _flushedAt;
    private long _flushedBytes;
    private long _firesAt = long.MaxValue;

    private void StartTimer()
    {
        _flushedAt = _time.GetTimestamp();
        if (options.Heartbeat != Timeout.InfiniteTimeSpan || _interval is { Ticks: > 0 })
        {
            _timer = _time.CreateTimer(static forwarder => ((Forwarder)forwarder!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    // Nothing is written any more by the timer when it has ended.
    private async ValueTask StopTimerAsync()
    {
        if (_timer is { } timer)
        {
            _timer = null;
            await timer.DisposeAsync().ConfigureAwait(false);
            await _gate.WaitAsync().ConfigureAwait(false);
            _gate.Release();
        }
    }

    private void OnTimer()
    {
        // Whoever holds the gate sees that the time has come when he leaves it.
        Volatile.Write(ref _isDue, 1);
        if (_timer is not null && _gate.Wait(0))
        {
            Volatile.Write(ref _isDue, 0);
            _ = TickAsync();
        }
    }

    private void LeaveGate()
    {
        _gate.Release();
        if (Interlocked.Exchange(ref _isDue, 0) != 0)
        {
            OnTimer();
        }
    }

    private async Task TickAsync()
    {
        try
        {
            if (_timer is not null)
            {
                _firesAt = long.MaxValue;
                FlushIfDue();
                if (_output!.Bytes == _flushedBytes && _time.GetElapsedTime(_flushedAt) >= options.Heartbeat && options.Heartbeat != Timeout.InfiniteTimeSpan)
                {
                    _output!.WriteComment("keep-alive"u8);
                }

                await FlushAsync().ConfigureAwait(false);
                ArmTimer();
            }
        }
#pragma warning disable CA1031 // It comes out of the loop that reads.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _timerFault = ExceptionDispatchInfo.Capture(exception);
            await _ending!.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            LeaveGate();
        }
    }

    private void FlushIfDue()
    {
        int pending = _answer!.PendingBytes;
        if (pending > 0 && (UntilDue() == TimeSpan.Zero || pending >= (options.Pace?.Bytes ?? int.MaxValue)))
        {
            _answer.Flush();
            _hasGrown = true;
            _grownAt = _time.GetTimestamp();
        }
    }

    private TimeSpan UntilDue()
    {
        if (_interval == Timeout.InfiniteTimeSpan)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan left = _hasGrown ? _interval - _time.GetElapsedTime(_grownAt) : TimeSpan.Zero;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < ShortestWait ? ShortestWait : left;
    }

    private async ValueTask FlushAsync()
    {
        if (_output!.Bytes == _flushedBytes)
        {
            return;
        }

        _flushedBytes = _output!.Bytes;
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        _flushedAt = _time.GetTimestamp();
        context.RequestAborted.ThrowIfCancellationRequested();
    }

    // A timer that fires too early looks at the clock and waits on: so it is not set anew with each event.
    private void ArmTimer()
    {
        if (_timer is not { } timer)
        {
            return;
        }

        TimeSpan wait = options.Heartbeat;
        TimeSpan untilDue = _answer!.PendingBytes > 0 ? UntilDue() : Timeout.InfiniteTimeSpan;
        if (untilDue != Timeout.InfiniteTimeSpan && (wait == Timeout.InfiniteTimeSpan || untilDue < wait))
        {
            wait = untilDue;
        }
        else if (wait != Timeout.InfiniteTimeSpan)
        {
            wait -= _time.GetElapsedTime(_flushedAt);
            wait = wait < ShortestWait ? ShortestWait : wait;
        }

        long now = _time.GetTimestamp();
        long firesAt = wait == Timeout.InfiniteTimeSpan ? long.MaxValue : now + (long)(wait.TotalSeconds * _time.TimestampFrequency);
        bool hasFired = _firesAt <= now;
        if (firesAt < _firesAt || hasFired)
        {
            _firesAt = firesAt;
            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
