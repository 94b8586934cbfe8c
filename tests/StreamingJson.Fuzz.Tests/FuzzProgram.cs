using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace StreamingJson.Fuzz.Tests;

/// <summary>The program as it is started from a shell.</summary>
internal static class FuzzProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "StreamingJson.Fuzz.dll");

    public static (int ExitCode, string Output, string Error) Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>A file that is gone after the test.</summary>
    public static TemporaryFile File(ReadOnlySpan<byte> content) => new(content);

    internal sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(ReadOnlySpan<byte> content) => System.IO.File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => System.IO.File.Delete(Path);
    }
}
