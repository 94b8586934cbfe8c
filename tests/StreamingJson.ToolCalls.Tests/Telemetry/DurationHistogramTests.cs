using System;
using System.Linq;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls.Telemetry;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.ToolCalls.Tests;

public sealed class DurationHistogramTests(ITestOutputHelper output)
{
    /// <summary>Against all durations, sorted.</summary>
    [Fact]
    public void APercentile_IsWithinOneSixtyFourth()
    {
        var durations =
            from bits in Gen.Choose(0, 42)
            from part in Gen.Choose(0, int.MaxValue)
            select (long)((1L << bits) * (1 + (part / (double)int.MaxValue)));
        Seed.Check(output, 500, durations.ListOf(), drawn =>
        {
            long[] sorted = [.. drawn.Order()];
            var histogram = new DurationHistogram();
            foreach (long ticks in drawn)
            {
                histogram.Add(new TimeSpan(ticks));
            }

            foreach (int percent in new[] { 1, 50, 95, 100 })
            {
                long exact = sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(sorted.Length * percent / 100.0) - 1];
                long actual = histogram.Percentile(percent).Ticks;
                Assert.True(Math.Abs(actual - exact) <= exact / 64.0, $"{percent}%: {actual}, not {exact}");
            }
        });
    }

    [Fact]
    public void WhatIsTooLong_CountsAsTheLongest()
    {
        var histogram = new DurationHistogram();
        histogram.Add(TimeSpan.MaxValue);
        histogram.Add(TimeSpan.FromTicks(-1));
        Assert.Equal(TimeSpan.Zero, histogram.Percentile(50));
        Assert.InRange(histogram.Percentile(100), TimeSpan.FromDays(9), TimeSpan.MaxValue);
    }
}
