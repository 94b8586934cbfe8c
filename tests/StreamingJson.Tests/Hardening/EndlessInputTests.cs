using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tests.Hardening;

/// <summary>What never ends is refused, or read on in constant memory: in a process that dies if it takes more than 64 MiB of heap.</summary>
public class EndlessInputTests
{
    private const string HeapLimit = "0x4000000";

    [Fact]
    public async Task EveryKind_IsRefusedOrReadOn_WithinTheHeapLimit()
    {
        (int exitCode, string output, string error) = await RunAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");
        Dictionary<string, string> verdicts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ")).ToDictionary(parts => parts[0], parts => parts[1].Trim());
        Assert.Equal(
            new Dictionary<string, string>
            {
                // What the parser with a tape says of 32 MiB (it keeps at most 2), and that without one of 64.
                ["string"] = "DocumentLimit StringLimit",
                ["escaped string"] = "DocumentLimit StringLimit",
                ["name"] = "NameLimit NameLimit",
                ["escaped name"] = "NameLimit NameLimit",
                ["number"] = "NumberLimit NumberLimit",
                ["exponent"] = "NumberLimit NumberLimit",
                ["arrays"] = "DepthLimit DepthLimit",
                ["objects"] = "DepthLimit DepthLimit",
                ["whitespace"] = "DocumentLimit None",
                ["comment"] = "DocumentLimit None",
                ["comments"] = "DocumentLimit None",
                ["items"] = "DocumentLimit None",
                ["empty items"] = "DocumentLimit None",
                ["members"] = "DocumentLimit None",
                ["strings"] = "DocumentLimit None",
                ["literals"] = "DocumentLimit None",
            },
            verdicts);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync()
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(EndlessInput).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
