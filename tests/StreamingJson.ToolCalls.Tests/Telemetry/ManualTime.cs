using System;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>A clock that goes only when it is told to, and counts who asks.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Begin = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long _ticks;

    public int Readings { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Readings++;
        return _ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        Readings++;
        return Begin.AddTicks(_ticks);
    }

    public void Advance(double milliseconds) => _ticks += (long)(milliseconds * TimeSpan.TicksPerMillisecond);
}
