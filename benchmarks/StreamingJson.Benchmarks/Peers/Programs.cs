using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace StreamingJson.Benchmarks.Peers;

/// <summary>Runs a program to its end.</summary>
internal static class Programs
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);

    /// <summary>Null where it succeeded, else the first line of what it said, or that it is not there.</summary>
    public static string? Run(string folder, string program, params string[] arguments)
    {
        try
        {
            using Process process = Start(folder, program, redirectInput: false, arguments);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(LongestRun))
            {
                process.Kill(entireProcessTree: true);
                return $"{program} did not end within {LongestRun.TotalMinutes:0} minutes";
            }

            return process.ExitCode == 0 ? null : $"{program}: {FirstLine(errors.Result + output.Result)}";
        }
        catch (Win32Exception)
        {
            return $"there is no {program}";
        }
    }

    public static Process Start(string folder, string program, bool redirectInput, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = redirectInput,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    // Paths of this machine are nobody's business.
    private static string FirstLine(string text)
    {
        string line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it failed without a word";
        return line.Replace(Path.GetTempPath(), string.Empty, StringComparison.Ordinal).Replace(PeerFolder.Root ?? "\0", string.Empty, StringComparison.Ordinal);
    }
}

/// <summary>Where the drivers are, and where they are built.</summary>
internal static class PeerFolder
{
    /// <summary><c>benchmarks/peers</c>, or null where the program runs away from its sources.</summary>
    public static string? Root { get; } = Repository.Find(Path.Combine("benchmarks", "peers"));

    /// <summary>The folder for what is built, which is not part of the repository.</summary>
    public static string Build(string folder) => Directory.CreateDirectory(Path.Combine(folder, "obj")).FullName;
}
