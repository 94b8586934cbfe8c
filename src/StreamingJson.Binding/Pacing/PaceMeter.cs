using System;
using System.Threading;
using StreamingJson.Binding.Support;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Pacing;

/// <summary>Says of each state of a text whether a pace wants it delivered now, and when at the latest.</summary>
internal sealed class PaceMeter : IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Pace _pace;
    private readonly TimeProvider _time;
    private readonly TapeCursor? _completions;
    private bool _wasDelivered;
    private long _deliveredAt;
    private int _deliveredBytes;
    private int _bytes;

    public PaceMeter(Pace pace)
    {
        _pace = pace;
        _time = pace.TimeProvider;
        _completions = pace.OnCompletion ? new TapeCursor() : null;
    }

    /// <summary>Whether it has to see the snapshots.</summary>
    public static bool NeedsSnapshots(Pace pace) => pace.Bytes is not null || pace.OnCompletion;

    /// <summary>Takes note of a new state; whether it is to be delivered whatever the time is.</summary>
    public bool Take(in JsonSnapshot snapshot)
    {
        _bytes = snapshot.ByteCount;
        bool hasCompletion = _completions is not null && HasCompletion(_completions, snapshot);
        return hasCompletion || _bytes - (long)_deliveredBytes >= (_pace.Bytes ?? long.MaxValue);
    }

    /// <summary>How long the newest state may still be held back; zero: it is due. Infinite when the time does not matter.</summary>
    public TimeSpan UntilDue()
    {
        if (_pace.Interval == Timeout.InfiniteTimeSpan)
        {
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan passed = _wasDelivered ? _time.GetElapsedTime(_deliveredAt) : _pace.Interval;
        TimeSpan left = _pace.Interval - passed;

        // Timers count whole milliseconds.
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < ShortestWait ? ShortestWait : left;
    }

    /// <summary>
    /// Whether what is there at once was collected for long enough since <paramref name="start"/>: a source that always has more must not
    /// hold back everything.
    /// </summary>
    public bool HasCollectedLong(long start) =>
        _pace.Interval != Timeout.InfiniteTimeSpan
        && _time.GetElapsedTime(start) >= (_pace.Interval < ShortestWait ? ShortestWait : _pace.Interval);

    /// <summary>The newest state is delivered.</summary>
    public void Deliver()
    {
        _wasDelivered = true;
        _deliveredAt = _time.GetTimestamp();
        _deliveredBytes = _bytes;
    }

    public void Dispose() => _completions?.Dispose();

    // Also when it is found out early, all that is new is walked over.
    private static bool HasCompletion(TapeCursor cursor, in JsonSnapshot snapshot)
    {
        if (!cursor.TryMoveTo(snapshot.View))
        {
            cursor.Clear();
            cursor.TryMoveTo(snapshot.View);
        }

        bool isClosed = false;
        if (cursor.OpenString != TapeView.NotFound)
        {
            cursor.TakeText(out isClosed);
        }

        while (true)
        {
            while (cursor.TryLeave(out _))
            {
                isClosed = true;
            }

            if (!cursor.HasNext)
            {
                return isClosed;
            }

            int row = cursor.Enter();
            if (cursor.OpenString != TapeView.NotFound)
            {
                cursor.TakeText(out bool isWhole);
                isClosed |= isWhole;
            }
            else
            {
                isClosed |= !cursor.Rows[row].Kind.IsContainer();
            }
        }
    }
}
