using System;
using System.CommandLine;
using StreamingJson.Fuzz.Processes;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>selftest</c>: whether the fuzzer finds what was put there to be found, and nothing where nothing is.</summary>
internal sealed class SelfTestCommand : Command
{
    private readonly Option<double> _seconds = CommandOptions.Number("--seconds", "The most seconds for each planted bug.", 60.0, 1.0);
    private readonly Option<ulong> _seed = CommandOptions.Seed();

    public SelfTestCommand()
        : base("selftest", "Plants bugs and finds them. Exit code 1 when one was not found, or something was where nothing was planted.")
    {
        Add(_seconds);
        Add(_seed);
        SetAction(arguments =>
        {
            ulong seed = arguments.GetResult(_seed) is null ? CommandOptions.NewSeed() : arguments.GetValue(_seed);
            Console.WriteLine($"seed {seed}");
            return new SelfTest(FuzzFolders.OfRepository, seed, arguments.GetValue(_seconds), Console.Out).Run() ? ExitCode.Clean : ExitCode.Finding;
        });
    }
}
