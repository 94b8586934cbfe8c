using System;
using System.IO;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Processes;

/// <summary>Shrinks a finding. What ends the process is tried in a process of its own each time; what is thrown, in this one.</summary>
internal sealed class ProcessShrinker(FuzzTarget target, TimeSpan timeout, int maxProcesses)
{
    private const string Clean = "clean";
    private const string Thrown = "exception";
    private const long HeapBytes = 512L << 20;

    /// <summary>How the input ends: a hang, a stack overflow, ...</summary>
    public string Ending { get; private set; } = Clean;

    /// <summary>The smallest input that ends so; <see langword="null"/> when all holds.</summary>
    public byte[]? Shrink(byte[] input)
    {
        Ending = EndingOf(input);
        switch (Ending)
        {
            case Clean:
                return null;
            case Thrown:
                string key = KeyOf(input)!;
                return Shrinker.Shrink(input, candidate => KeyOf(candidate) == key);
            default:
                return Shrinker.Shrink(input, candidate => EndingOf(candidate) == Ending, maxProcesses);
        }
    }

    private string? KeyOf(byte[] input) => FuzzLoop.Attempt(target, input) is { } thrown ? Finding.Of(target, thrown, input).Key : null;

    private string EndingOf(byte[] input)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, input);
            string program = Path.Combine(AppContext.BaseDirectory, "StreamingJson.Fuzz.dll");
            using ChildProcess child = ChildProcess.Start(program, ["replay", path, "--target", target.Name], HeapBytes, hasPipes: true);
            if (!child.Wait(timeout))
            {
                return "hang";
            }

            child.WaitForEnd();
            return child.ExitCode switch
            {
                ExitCode.Clean => Clean,
                ExitCode.Finding => Thrown,
                _ => child.KindOfEnd(),
            };
        }
        finally
        {
            File.Delete(path);
        }
    }
}
