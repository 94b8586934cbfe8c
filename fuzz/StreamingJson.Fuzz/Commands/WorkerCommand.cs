using System.CommandLine;
using StreamingJson.Fuzz.Processes;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>worker</c>: the child process of <c>run</c>. From a woven folder.</summary>
internal sealed class WorkerCommand : Command
{
    private readonly Argument<string> _target = CommandOptions.TargetName(mayBeAll: false);
    private readonly Option<string> _root = new("--root") { Required = true };
    private readonly Option<string> _current = new("--current") { Required = true };
    private readonly Option<string> _out = new("--out") { Required = true };
    private readonly Option<ulong> _seed = CommandOptions.Seed();
    private readonly Option<double> _seconds = CommandOptions.Seconds(30);
    private readonly Option<long> _runs = new("--runs");
    private readonly Option<int> _jobs = new("--jobs");
    private readonly Option<bool> _first = new("--first");
    private readonly Option<bool> _grow = new("--grow");

    public WorkerCommand()
        : base("worker", "The child process of 'run'.")
    {
        Hidden = true;
        foreach (Option option in new Option[] { _root, _current, _out, _seed, _seconds, _runs, _jobs, _first, _grow })
        {
            Add(option);
        }

        Add(_target);
        SetAction(arguments =>
        {
            var options = new RunOptions
            {
                Folders = new FuzzFolders(arguments.GetRequiredValue(_root)),
                Seed = arguments.GetValue(_seed),
                Seconds = arguments.GetValue(_seconds),
                Runs = arguments.GetValue(_runs),
                Jobs = arguments.GetValue(_jobs),
                Out = arguments.GetRequiredValue(_out),
                StopsAtFinding = arguments.GetValue(_first),
                GrowsCorpus = arguments.GetValue(_grow),
            };
            return Worker.Run(TargetTable.Find(arguments.GetRequiredValue(_target))!, options, arguments.GetRequiredValue(_current));
        });
    }
}
