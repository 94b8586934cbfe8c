using System;
using System.Linq;
using StreamingJson.Benchmarks.Forwarding;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

public class SoakVerdictTests
{
    private static readonly SoakPlan Plan = new(Streams: 500, Minutes: 10, Speed: 10, Keep: false);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(0.1, true)]
    [InlineData(0.2, false)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    public void WhatIsKeptOfAnEvent_IsFound(double bytesAnEvent, bool isPassed)
    {
        SoakVerdict verdict = SoakVerdict.Of(Samples(tenth => 40_000_000 + (long)(bytesAnEvent * Events * tenth / 10)), Plan);
        Assert.Equal(bytesAnEvent, verdict.Growth / Events, 3);
        Assert.Equal(isPassed, verdict.IsPassed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void ASampleThatLiesOff_DoesNotTilt(int off)
    {
        Assert.True(SoakVerdict.Of(Samples(tenth => 40_000_000 + (tenth == off ? 20_000_000 : tenth % 2 * 100_000)), Plan).IsPassed);
        Assert.False(SoakVerdict.Of(Samples(tenth => tenth == off ? 30_000_000 : 40_000_000 + (tenth * 1_000_000)), Plan).IsPassed);
    }

    [Fact]
    public void ASample_HasNoSlope() => Assert.Throws<ArgumentException>(() => SoakVerdict.Of(Samples(_ => 1)[..1], Plan));

    private static double Events => (double)Plan.Bytes / ForwardProvider.EventBytes;

    private static ForwardStatistics[] Samples(Func<int, long> alive) =>
        [.. Enumerable.Range(1, 9).Select(tenth => new ForwardStatistics(Plan.Bytes / 10 * tenth, 0, alive(tenth), 0, 0, Plan.Streams))];
}
