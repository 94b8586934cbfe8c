using System;
using System.Collections.Generic;
using System.Globalization;
using StreamingJson.Fuzz.Engine;

namespace StreamingJson.Fuzz.Processes;

/// <summary>How to run a target.</summary>
internal sealed record RunOptions
{
    public required FuzzFolders Folders { get; init; }

    /// <summary>The same seed and the same seeds give the same inputs.</summary>
    public ulong Seed { get; init; }

    public double Seconds { get; init; } = 30;

    /// <summary>Ends after so many runs, if not earlier; 0 for no such end.</summary>
    public long Runs { get; init; }

    /// <summary>Workers at a time, with seeds one apart, that share what they find.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>A run that takes longer, in processor time, hangs.</summary>
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>The most bytes that the heap of a worker may take.</summary>
    public long HeapBytes { get; init; } = 512L << 20;

    /// <summary>Where findings go, into a folder for each target; <see langword="null"/> for the crashes of the repository.</summary>
    public string? Out { get; init; }

    /// <summary>Ends with the first finding.</summary>
    public bool StopsAtFinding { get; init; }

    /// <summary>Whether the run begins with what earlier runs found, and adds to it.</summary>
    public bool GrowsCorpus { get; init; } = true;

    public string FindingsOf(string target) => Out is null ? Folders.Crashes(target) : System.IO.Path.Combine(Out, target);

    /// <summary>The arguments of the worker process.</summary>
    public IEnumerable<string> ToWorkerArguments(string target, string current, double seconds)
    {
        yield return "worker";
        yield return target;
        foreach ((string name, string value) in new[]
        {
            ("--root", Folders.Root), ("--current", current), ("--out", Out ?? Folders.AllCrashes),
            ("--seed", Seed.ToString(CultureInfo.InvariantCulture)), ("--seconds", seconds.ToString(CultureInfo.InvariantCulture)),
            ("--runs", Runs.ToString(CultureInfo.InvariantCulture)), ("--jobs", Jobs.ToString(CultureInfo.InvariantCulture)),
            ("--first", StopsAtFinding ? "true" : "false"), ("--grow", GrowsCorpus ? "true" : "false"),
        })
        {
            yield return name;
            yield return value;
        }
    }
}

/// <summary>What a run of a target came to.</summary>
internal sealed record RunResult(string Target, FuzzProgress Progress, double Seconds, ulong Seed, IReadOnlyList<string> Findings)
{
    public double RunsPerSecond => Progress.Runs / Math.Max(Seconds, 0.001);
}
