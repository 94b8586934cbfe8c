using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;
using StreamingJson.Fuzz.Weaving;

namespace StreamingJson.Fuzz.Processes;

/// <summary>Runs workers and watches them: one that ends, or does not go on, is a finding, saved from outside; then the next one starts.</summary>
internal sealed class Supervisor(WovenFolder woven, FuzzTarget target, RunOptions options)
{
    private const int MostProcessFindings = 10;

    // On a busy machine a worker gets little time: its own time counts. One that waits uses none, and is given up much later.
    private const double PatienceFactor = 20;

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _processFindings = [];

    /// <summary>Runs the target, in as many workers as the options say.</summary>
    public RunResult Run()
    {
        DateTime start = DateTime.UtcNow;
        var watch = Stopwatch.StartNew();
        FuzzProgress[] progress = new FuzzProgress[options.Jobs];
        Parallel.For(0, options.Jobs, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, job => progress[job] = RunJob(job, watch));
        var total = new FuzzProgress(
            progress.Sum(p => p.Runs), progress.Max(p => p.Corpus), progress.Max(p => p.Edges), progress.Max(p => p.Features), progress.Sum(p => p.Findings));
        return new RunResult(target.Name, total, watch.Elapsed.TotalSeconds, options.Seed, [.. FindingsSince(start)]);
    }

    private FuzzProgress RunJob(int job, Stopwatch watch)
    {
        string currentPath = Path.Combine(woven.Path, $"current-{target.Name}-{job}");
        RunOptions mine = options with { Seed = options.Seed + (ulong)job };
        FuzzProgress progress = default;
        long findings = 0;
        for (int restart = 0; restart <= MostProcessFindings; restart++)
        {
            double left = options.Seconds - watch.Elapsed.TotalSeconds;
            if (left <= 0 || (options.StopsAtFinding && findings > 0))
            {
                break;
            }

            using CurrentInput current = CurrentInput.Open(currentPath);
            string? end = Watch(mine.ToWorkerArguments(target.Name, currentPath, left), current, left, out string error);
            progress = current.Progress;
            findings += progress.Findings;
            if (end is null)
            {
                break;
            }

            findings++;
            SaveProcessFinding(end, error, current.Get());
            mine = mine with { Seed = mine.Seed + 1_000_003 }; // else it would do the same again
        }

        File.Delete(currentPath);
        return progress with { Findings = findings };
    }

    // How the worker ended, if not by itself.
    private string? Watch(IEnumerable<string> arguments, CurrentInput current, double seconds, out string error)
    {
        using ChildProcess worker = ChildProcess.Start(woven.Program, arguments, options.HeapBytes);
        var still = Stopwatch.StartNew();
        TimeSpan worked = TimeSpan.Zero;
        long runs = -1;
        string? end = null;
        while (!worker.Wait(PollEvery))
        {
            long now = current.Progress.Runs;
            if (now != runs)
            {
                runs = now;
                worked = worker.ProcessorTime;
                still.Restart();
            }
            else if (still.Elapsed.TotalSeconds > options.TimeoutSeconds
                && ((worker.ProcessorTime - worked).TotalSeconds > options.TimeoutSeconds || still.Elapsed.TotalSeconds > PatienceFactor * options.TimeoutSeconds))
            {
                end = "hang";
                worker.Kill();
                break;
            }
        }

        worker.WaitForEnd();
        error = worker.Error;
        return end ?? (worker.ExitCode == ExitCode.Clean ? null : worker.KindOfEnd());
    }

    private void SaveProcessFinding(string kind, string error, byte[] input)
    {
        lock (_lock)
        {
            Finding finding = Finding.OfProcess(target.Name, kind, error, input);
            if (_processFindings.Add(finding.Key))
            {
                finding.Save(options.FindingsOf(target.Name));
            }
        }
    }

    private IEnumerable<string> FindingsSince(DateTime start)
    {
        string folder = options.FindingsOf(target.Name);
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder).Where(file => !file.EndsWith(".txt", StringComparison.Ordinal) && File.GetLastWriteTimeUtc(file) >= start.AddSeconds(-1)).Order(StringComparer.Ordinal)
            : [];
    }
}
