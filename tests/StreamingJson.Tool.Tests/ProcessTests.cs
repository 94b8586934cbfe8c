using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tool.Tests;

/// <summary>The tool as a process of its own.</summary>
public class ProcessTests
{
    [Fact]
    public async Task StandardStreamsAndExitCode()
    {
        using Process process = Start("snapshots", "--chunk", "4", "-");
        await process.StandardInput.WriteAsync("""{"a":"é€""");
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal("""{"file":"-","bytes":11,"outcome":"truncated","value":{"a":"é€"}}""", lines[^1]);
        Assert.StartsWith("-: The JSON text ends", error, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReaderThatGoesAway_EndsTheRunQuietly()
    {
        using Process process = Start("events", "-");
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task feeding = FeedAsync(process);
        Assert.Equal("""{"event":"started","pointer":"","kind":"array"}""", await process.StandardOutput.ReadLineAsync());
        process.StandardOutput.Close();
        await process.WaitForExitAsync();
        await feeding;
        Assert.Empty(await error);

        // Windows has no such signal: there the run goes on to its end, unheard.
        Assert.True(process.ExitCode == 141 || System.OperatingSystem.IsWindows(), $"exit code {process.ExitCode}");
    }

    [Fact]
    public async Task TheDemo_WithoutATerminal()
    {
        using Process process = Start("demo", "--speed", "0");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("completed  (root)", output, System.StringComparison.Ordinal);
    }

    // Endless, as far as the tool can tell.
    private static async Task FeedAsync(Process process)
    {
        try
        {
            await process.StandardInput.WriteAsync('[');
            while (!process.HasExited)
            {
                await process.StandardInput.WriteAsync("\"some text\",");
                await process.StandardInput.FlushAsync();
            }
        }
        catch (System.IO.IOException)
        {
            // The tool went away, as it should.
        }
    }

    /// <summary>A read of standard input cannot be called off: the tool ends although it waits, and says the same as if it could.</summary>
    [Fact]
    public async Task ToldToEnd_WhileItWaitsForMore_ItWasInterrupted()
    {
        if (System.OperatingSystem.IsWindows())
        {
            return; // it has no such signal
        }

        using Process process = Start("snapshots", "-");
        try
        {
            await process.StandardInput.WriteAsync("[1,");
            await process.StandardInput.FlushAsync();
            Assert.NotNull(await process.StandardOutput.ReadLineAsync());
            Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
            await process.WaitForExitAsync();
            Assert.Equal(ExitCode.Interrupted, process.ExitCode);
            Assert.Empty(await process.StandardError.ReadToEndAsync());
        }
        finally
        {
            process.Kill();
        }
    }

    private static Process Start(params string[] args)
    {
        string host = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [typeof(ToolProgram).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        return Process.Start(start)!;
    }
}
