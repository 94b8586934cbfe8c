using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Processes;
using StreamingJson.Fuzz.Targets;
using StreamingJson.Fuzz.Weaving;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>run</c>: fuzzes, and prints one JSON object a target.</summary>
internal sealed class RunCommand : Command
{
    private readonly Argument<string> _target = CommandOptions.TargetName(mayBeAll: true);
    private readonly Option<double> _seconds = CommandOptions.Seconds(30);
    private readonly Option<long> _runs = CommandOptions.Number("--runs", "End after so many runs, if not earlier; 0: no such end.", 0L, 0L);
    private readonly Option<ulong> _seed = CommandOptions.Seed();
    private readonly Option<int> _jobs = CommandOptions.Number("--jobs", "Workers at a time for a target.", 1, 1);
    private readonly Option<double> _timeout = CommandOptions.Number("--timeout", "Seconds of processor time after which a run hangs.", 10.0, 0.1);
    private readonly Option<int> _heap = CommandOptions.Number("--heap", "MiB of heap that a worker may take.", 512, 64);
    private readonly Option<string?> _out = CommandOptions.Out("Where findings go, as TARGET/FILE; else fuzz/crashes.");
    private readonly Option<bool> _first = new("--first") { Description = "End a target with its first finding." };

    private readonly Option<bool> _fresh = new("--fresh") { Description = "Begin with the seeds alone, and keep nothing: the same seed then gives the same runs." };

    public RunCommand()
        : base("run", "Fuzzes a target, or each of them in turn. Exit code 1 when there was a finding.")
    {
        foreach (Option option in new Option[] { _seconds, _runs, _seed, _jobs, _timeout, _heap, _out, _first, _fresh })
        {
            Add(option);
        }

        Add(_target);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        string name = arguments.GetRequiredValue(_target);
        var options = new RunOptions
        {
            Folders = FuzzFolders.OfRepository,
            Seed = arguments.GetResult(_seed) is null ? CommandOptions.NewSeed() : arguments.GetValue(_seed),
            Seconds = arguments.GetValue(_seconds),
            Runs = arguments.GetValue(_runs),
            Jobs = arguments.GetValue(_jobs),
            TimeoutSeconds = arguments.GetValue(_timeout),
            HeapBytes = (long)arguments.GetValue(_heap) << 20,
            Out = arguments.GetValue(_out) is { } folder ? Path.GetFullPath(folder) : null,
            StopsAtFinding = arguments.GetValue(_first),
            GrowsCorpus = !arguments.GetValue(_fresh),
        };
        using WovenFolder woven = WovenFolder.CreateTemporary(options.Folders);
        IReadOnlyList<FuzzTarget> targets = name == "all" ? TargetTable.Listed : [TargetTable.Find(name)!];
        bool isClean = true;
        foreach (FuzzTarget target in targets)
        {
            Console.Error.WriteLine($"{target.Name}: seed {options.Seed}");
            RunResult result = new Supervisor(woven, target, options).Run();
            Console.WriteLine(Line(result));
            foreach (string finding in result.Findings)
            {
                Console.Error.WriteLine($"{target.Name}: finding {finding}");
            }

            isClean &= result.Findings.Count == 0;
        }

        return isClean ? ExitCode.Clean : ExitCode.Finding;
    }

    private static string Line(RunResult result)
    {
        var numbers = new SortedDictionary<string, object>(StringComparer.Ordinal)
        {
            ["target"] = result.Target,
            ["runs"] = result.Progress.Runs,
            ["seconds"] = Math.Round(result.Seconds, 1),
            ["runs_per_second"] = Math.Round(result.RunsPerSecond),
            ["corpus"] = result.Progress.Corpus,
            ["edges"] = result.Progress.Edges,
            ["findings"] = result.Findings.Count,
            ["seed"] = result.Seed,
        };
        return "{" + string.Join(',', numbers.Select(pair => $"\"{pair.Key}\":{(pair.Value is string text ? $"\"{text}\"" : Convert.ToString(pair.Value, CultureInfo.InvariantCulture))}")) + "}";
    }
}
