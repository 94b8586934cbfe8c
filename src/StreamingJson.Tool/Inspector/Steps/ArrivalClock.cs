using System;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>A clock that stands at the time at which a chunk arrived, be it now, an hour ago, or on the clock of a replay.</summary>
internal sealed class ArrivalClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
