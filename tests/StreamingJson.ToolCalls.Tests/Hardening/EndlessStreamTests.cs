using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What never ends has an outcome, and little memory: in a process that dies if it takes more than 64 MiB of heap.</summary>
public sealed class EndlessStreamTests
{
    private const string HeapLimit = "0x4000000";

    [Fact]
    public async Task EveryKind_HasAnOutcome_WithinTheHeapLimit()
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(EndlessStream).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> reading = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        string output = await reading;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}\n{output}\n{error}");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(19, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(", little", line, StringComparison.Ordinal));

        // None of these streams says that it is over.
        Assert.All(lines, line => Assert.DoesNotContain("Complete", line, StringComparison.Ordinal));
        Assert.Equal(lines.Length, lines.Select(line => line.Split(':')[0]).Distinct().Count());
    }
}
