using System;
using System.Globalization;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Targets;
using StreamingJson.Fuzz.Weaving;

namespace StreamingJson.Fuzz.Processes;

/// <summary>
/// Bugs are planted in woven copies, one at a time, and must be found; the copy without a bug must be clean; and each way in which a process can
/// end must become a saved input that ends it again.
/// </summary>
internal sealed class SelfTest(FuzzFolders folders, ulong seed, double seconds, TextWriter output)
{
    private const double SecondsToHang = 3;
    private const int CleanRuns = 1000;

    private readonly string _out = Path.Combine(folders.Work, "selftest", Path.GetRandomFileName());
    private bool _isGood = true;

    /// <summary>True when all was as it must be.</summary>
    public bool Run()
    {
        Directory.CreateDirectory(_out);
        try
        {
            foreach (PlantedBug bug in PlantedBug.All)
            {
                using WovenFolder woven = WovenFolder.CreateTemporary(folders, bug);
                RunResult result = Run(woven, TargetTable.Find(bug.Target)!, seconds);
                Report(result.Findings.Count > 0, $"planted bug '{bug.Name}': {Found(result)}");
            }

            using WovenFolder clean = WovenFolder.CreateTemporary(folders);
            foreach (string target in PlantedBug.All.Select(bug => bug.Target))
            {
                RunResult result = RunClean(clean, TargetTable.Find(target)!);
                Report(result.Findings.Count == 0 && result.Progress.Runs >= CleanRuns, $"no bug, '{target}': {Found(result)}");
            }

            foreach (SelfTestTarget target in SelfTestTarget.All)
            {
                RunResult result = Run(clean, target, seconds);
                bool isIt = result.Findings.Any(path => Path.GetFileName(path).StartsWith(target.ExpectedKind + "-", StringComparison.Ordinal) && IsTrigger(path));
                Report(isIt, $"an end by {target.ExpectedKind}: {Found(result)}");
            }
        }
        finally
        {
            Directory.Delete(_out, recursive: true);
        }

        return _isGood;
    }

    // The saved input is the one that was running, and not the one before or after.
    private static bool IsTrigger(string path) => new Engine.FuzzInput(File.ReadAllBytes(path)).Document.AsSpan().StartsWith("!"u8);

    private RunResult Run(WovenFolder woven, FuzzTarget target, double atMost) => new Supervisor(woven, target, new RunOptions
    {
        Folders = folders,
        Seed = seed,
        Seconds = atMost,
        TimeoutSeconds = SecondsToHang,
        StopsAtFinding = true,
        GrowsCorpus = false,
        Out = Path.Combine(_out, Path.GetRandomFileName()),
    }).Run();

    // So many runs and not so many seconds: a busy machine may not have begun by then.
    private RunResult RunClean(WovenFolder woven, FuzzTarget target) => new Supervisor(woven, target, new RunOptions
    {
        Folders = folders,
        Seed = seed,
        Seconds = seconds,
        Runs = CleanRuns,
        GrowsCorpus = false,
        Out = Path.Combine(_out, Path.GetRandomFileName()),
    }).Run();

    private static string Found(RunResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Findings.Count} findings in {result.Seconds:F1} s, {result.Progress.Runs} runs, {result.Progress.Edges} edges, corpus of {result.Progress.Corpus}");

    private void Report(bool isGood, string what)
    {
        _isGood &= isGood;
        output.WriteLine($"{(isGood ? "ok  " : "FAIL")} {what}");
    }
}
