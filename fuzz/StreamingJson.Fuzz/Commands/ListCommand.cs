using System;
using System.CommandLine;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>list</c>: the targets, and what each asks.</summary>
internal sealed class ListCommand : Command
{
    public ListCommand()
        : base("list", "Lists the targets.") => SetAction(_ =>
        {
            foreach (FuzzTarget target in TargetTable.Listed)
            {
                Console.WriteLine($"{target.Name,-28} {target.Summary}");
            }

            return ExitCode.Clean;
        });
}
