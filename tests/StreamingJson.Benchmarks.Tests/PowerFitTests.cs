using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Scaling;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

public class PowerFitTests
{
    private static readonly double[] Lengths = [4096, 16384, 65536, 262144, 1048576];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    public void APower_IsFoundWhateverItsFactor(double power)
    {
        foreach (double factor in new[] { 1e-3, 1, 250 })
        {
            Assert.Equal(power, PowerFit.Exponent([.. Lengths.Select(x => (x, factor * Math.Pow(x, power)))])!.Value, 9);
        }
    }

    [Fact]
    public void NLogN_ReadsAsALittleMoreThanLinear() =>
        Assert.InRange(PowerFit.Exponent([.. Lengths.Select(x => (x, x * Math.Log(x)))])!.Value, 1.05, 1.15);

    [Fact]
    public void AnOutlierInTheMiddle_DoesNotTilt() =>
        Assert.Equal(1, PowerFit.Exponent([(1, 1), (10, 100), (100, 100)])!.Value, 9);

    [Fact]
    public void TwoPoints_AreEnough_OneOrTheSameTwiceIsNot()
    {
        Assert.Equal(2, PowerFit.Exponent([(10, 1), (100, 100)])!.Value, 9);
        Assert.Null(PowerFit.Exponent([(10, 1)]));
        Assert.Null(PowerFit.Exponent([(10, 1), (10, 2)]));
        Assert.Null(PowerFit.Exponent(new List<(double, double)>()));
    }
}
