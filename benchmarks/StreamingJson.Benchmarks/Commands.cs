using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Forwarding;
using StreamingJson.Benchmarks.Gate;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Partials;
using StreamingJson.Benchmarks.Patches;
using StreamingJson.Benchmarks.Paths;
using StreamingJson.Benchmarks.Peers;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Benchmarks.Ratios;
using StreamingJson.Benchmarks.Results;
using StreamingJson.Benchmarks.Scaling;
using StreamingJson.Benchmarks.Suites;

namespace StreamingJson.Benchmarks;

/// <summary>The commands by their names. Whatever asks for what there is not ends with <see cref="UsageException.ExitCode"/>.</summary>
internal static class Commands
{
    private static readonly Command[] All =
    [
        new("--gate", "[documents and protocols] [--json FILE] [--history FILE]", "meters and ratios against committed bounds; exit code 1 past one", GateCommand.Run),
        new("--gate-selftest", "", "plants faults, which the gate must name", a => { None(a); return GateSelfTest.Run(); }),
        new("--meters", "[documents and protocols]", "the gate without its clocks", GateCommand.RunMeters),
        new("--matrix", "[tasks] [documents] [chunk sizes] [--out FOLDER]", "every task by every peer of this process", MatrixCommand.Run),
        new("--scaling", "[tasks] [--out FOLDER]", "4 KiB to 1 MiB in 4-byte deltas, with fitted exponents", ScalingCommand.Run),
        new("--peers", "[runtimes] [documents] [chunk sizes] [--out FOLDER]", "the matrix at three chunk sizes, then peers of other runtimes", PeersCommand.Run),
        new("--results", "[--out FOLDER] [--budget MILLISECONDS]", "all of it into benchmarks/results, and the README's table from there", ResultsCommand.Run),
        new("--readme", "", "the README's table from the newest results", a => { None(a); return ReadmeCommand.Run(); }),
        new("--ratios", "[documents] [chunk sizes] [cases]", "the parser in turns with one pass of Utf8JsonReader", RatioCommand.Run),
        new("--protocols", "[protocols] [read sizes]", "from provider bytes, in turns with the same by hand", ProtocolCommand.Run),
        new("--paths", "", "ten path patterns against none", a => { None(a); return PathRatioCommand.Run(); }),
        new("--partials", "", "typed partials at 64 and 128 KiB", a => { None(a); return PartialsCommand.Run(); }),
        new("--patches", "[documents]", "patches against sending everything again", PatchesCommand.Run),
        new("--forward", "[MEGABYTES] | soak [STREAMS [MINUTES [SPEED [keep]]]]", "forwarding over sockets: what it costs a core; many paced streams, whose memory must not grow", a => ForwardCommand.RunAsync(a.ToArray()).GetAwaiter().GetResult()),
    ];

    public static int Run(string[] args, TextWriter errors)
    {
        Command? command = args.Length == 0 ? null : Array.Find(All, c => c.Name == args[0]);
        try
        {
            return command is not null ? command.Run(args.AsSpan(1)) : SuiteRunner.Run(args);
        }
        catch (UsageException e)
        {
            errors.WriteLine(e.Message);
            foreach (string line in command is not null ? [$"Usage: {command.Name} {command.Arguments}"] : Usage())
            {
                errors.WriteLine(line);
            }

            return UsageException.ExitCode;
        }
    }

    private static IEnumerable<string> Usage() =>
    [
        "Usage: one of",
        .. All.Select(c => $"  {c.Name + " " + c.Arguments,-68} {c.Description}"),
        $"  {"--filter PATTERN, --list flat, and the rest of BenchmarkDotNet's",-68} suites: {string.Join(", ", SuiteRunner.Suites.Select(t => t.Name))}",
        "Lists have commas; '*' is everything.",
    ];

    private static void None(ReadOnlySpan<string> arguments) => _ = new Arguments(arguments, 0);

    private delegate int CommandBody(ReadOnlySpan<string> arguments);

    private sealed record Command(string Name, string Arguments, string Description, CommandBody Run);
}
