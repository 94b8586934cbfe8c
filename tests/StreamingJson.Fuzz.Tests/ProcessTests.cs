using System;
using System.Globalization;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Processes;
using Xunit;

namespace StreamingJson.Fuzz.Tests;

/// <summary>The fuzzer as a program: exit codes, and whether it finds what there is to be found.</summary>
public sealed class ProcessTests
{
    // A bound against hangs: each run ends by itself, with its finding or after so many runs, on a busy machine later.
    private const int Seconds = 1800;

    [Fact]
    public void SelfTest_FindsThePlantedBugs_AndNothingElse()
    {
        var output = new StringWriter();
        Assert.True(new SelfTest(FuzzFolders.OfRepository, seed: 1, seconds: Seconds, output).Run(), output.ToString());
    }

    /// <summary>Asked all the time, also in the moment in which it is gone and its parent has not been told.</summary>
    [Fact]
    public void ProcessorTime_OfAChildThatEnds_IsATimeOrZero()
    {
        for (int i = 0; i < 10; i++)
        {
            using ChildProcess child = ChildProcess.Start(FuzzProgram.Path, ["no-such-command"], heapBytes: 64 << 20);
            TimeSpan most = TimeSpan.Zero;
            while (!child.HasExited)
            {
                TimeSpan time = child.ProcessorTime;
                most = time > most ? time : most;
            }

            Assert.True(most > TimeSpan.Zero);
            Assert.Equal(TimeSpan.Zero, child.ProcessorTime);
        }
    }

    [Theory]
    [InlineData("run", "no-such-target")]
    [InlineData("run", "sse", "--seconds", "x")]
    [InlineData("run", "sse", "--seconds", "-1")]
    [InlineData("run", "sse", "--jobs", "0")]
    [InlineData("replay", "/no/such/file")]
    [InlineData("replay")]
    [InlineData("minimize", "/no/such/file")]
    [InlineData("no-such-command")]
    [InlineData("weave")]
    public void BadUsage_Is64(params string[] arguments) => Assert.Equal(ExitCode.Usage, FuzzProgram.Run(arguments).ExitCode);

    [Fact]
    public void Replay_IsOneForAFinding_AndSaysWhatItIs()
    {
        using FuzzProgram.TemporaryFile bad = FuzzProgram.File("\0\0!"u8);
        using FuzzProgram.TemporaryFile good = FuzzProgram.File("\0\0?"u8);
        Assert.Equal(ExitCode.Clean, FuzzProgram.Run("replay", "--target", "selftest-throw", good.Path).ExitCode);
        (int exitCode, string output, _) = FuzzProgram.Run("replay", "--target", "selftest-throw", good.Path, bad.Path);
        Assert.Equal(ExitCode.Finding, exitCode);
        Assert.Contains(nameof(NotSupportedException), output, StringComparison.Ordinal);
        Assert.Contains("2 inputs, 1 findings", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selftest-throw")]
    [InlineData("selftest-exit")]
    [InlineData("selftest-stack")]
    public void Minimize_MakesAFindingSmaller_HoweverItEnds(string target)
    {
        using FuzzProgram.TemporaryFile file = FuzzProgram.File([0, 1, 5, .. "!text"u8]);
        using FuzzProgram.TemporaryFile smallest = FuzzProgram.File([]);
        Assert.Equal(ExitCode.Finding, FuzzProgram.Run("minimize", file.Path, "--target", target, "--out", smallest.Path, "--tries", "30").ExitCode);
        Assert.Equal("\0\0!"u8.ToArray(), File.ReadAllBytes(smallest.Path));
    }

    /// <summary>Up to the number of runs, which is a multiple of those for one parent.</summary>
    [Fact]
    public void OneSeed_GivesOneRun()
    {
        string[] arguments = ["run", "ndjson", "--fresh", "--runs", "3000", "--seed", "3", "--seconds", Seconds.ToString(CultureInfo.InvariantCulture)];
        string[] first = Numbers(FuzzProgram.Run(arguments).Output);
        Assert.Equal(first, Numbers(FuzzProgram.Run(arguments).Output));
        Assert.Contains("\"seed\":3", first);
        Assert.Contains("\"findings\":0", first);
    }

    private static string[] Numbers(string line) => [.. line.Trim().Trim('{', '}').Split(',').Where(pair => !pair.Contains("second", StringComparison.Ordinal))];
}
