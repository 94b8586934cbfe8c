using System.IO;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

/// <summary>What asks for something that there is not ends with 64 and says what there is.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("everything")]
    [InlineData("--frobnicate")]
    [InlineData("--gate A,Z")]
    [InlineData("--gate --json")]
    [InlineData("--gate --json a --json b")]
    [InlineData("--gate --history")]
    [InlineData("--gate-selftest A")]
    [InlineData("--meters Z")]
    [InlineData("--meters --history f")]
    [InlineData("--matrix nothing")]
    [InlineData("--matrix snapshot Z")]
    [InlineData("--matrix snapshot A four")]
    [InlineData("--matrix snapshot A 0")]
    [InlineData("--matrix snapshot A 4 5")]
    [InlineData("--matrix snapshot A 4 --out")]
    [InlineData("--matrix --json f")]
    [InlineData("--scaling nothing")]
    [InlineData("--scaling snapshot A")]
    [InlineData("--peers cobol")]
    [InlineData("--peers node Z")]
    [InlineData("--peers node A -4")]
    [InlineData("--results A")]
    [InlineData("--results --budget soon")]
    [InlineData("--readme A")]
    [InlineData("--ratios Z")]
    [InlineData("--ratios A four")]
    [InlineData("--ratios A 4 nothing")]
    [InlineData("--protocols nothing")]
    [InlineData("--protocols anthropic four")]
    [InlineData("--paths A")]
    [InlineData("--partials A")]
    [InlineData("--patches Z")]
    [InlineData("--patches A 4")]
    [InlineData("--forward soon")]
    [InlineData("--forward 1 2")]
    [InlineData("--forward soak many")]
    [InlineData("--forward soak 500 0")]
    [InlineData("--forward soak 500 10 10 drop")]
    [InlineData("--forward soak 500 10 10 keep 1")]
    [InlineData("--filter")]
    [InlineData("--filter *NoSuchBenchmark*")]
    [InlineData("--filter *Paths* *NoSuchBenchmark*")]
    public void WhatThereIsNot_IsAUsageError(string line)
    {
        using var errors = new StringWriter();
        Assert.Equal(UsageException.ExitCode, Commands.Run(line.Length == 0 ? [] : line.Split(' '), errors));

        // It says so on the console itself.
        if (!line.StartsWith("--ratios", System.StringComparison.Ordinal))
        {
            Assert.NotEmpty(errors.ToString());
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*Protocols*")]
    [InlineData("*Paths*")]
    [InlineData("*Partials*")]
    [InlineData("*Matrix*")]
    [InlineData("*Chunks*")]
    public void TheSuites_AreFoundByTheirNames(string pattern) => Suites.SuiteRunner.CheckFilters(["--filter", pattern]);

    [Fact]
    public void Lists_AreEverythingWhereTheyAreLeftOut()
    {
        var arguments = new Arguments(["*", "3,1", "--out", "folder"], 3, "--out");
        Assert.Equal([1, 2, 3], arguments.List(0, [1, 2, 3], int.Parse));
        Assert.Equal([3, 1], arguments.List(1, [1, 2, 3], int.Parse));
        Assert.Equal([1, 2, 3], arguments.List(2, [1, 2, 3], int.Parse));
        Assert.False(arguments.HasList(0));
        Assert.True(arguments.HasList(1));
        Assert.Equal("folder", arguments.Option("--out"));
        Assert.Null(arguments.Option("--json"));
    }

    [Fact]
    public void AnOption_MayStandBeforeTheLists()
    {
        var arguments = new Arguments(["--out", "folder", "1"], 1, "--out");
        Assert.Equal([1], arguments.List(0, [1, 2], int.Parse));
    }
}
