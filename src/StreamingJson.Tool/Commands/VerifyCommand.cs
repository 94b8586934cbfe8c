using System;
using System.CommandLine;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;
using StreamingJson.Tool.Verification;

namespace StreamingJson.Tool.Commands;

/// <summary><c>verify</c>: the laws, on the user's own files.</summary>
internal sealed class VerifyCommand : FileCommand
{
    private const string HelpNotes = """
        Example:
          streamingjson verify --seed 42 order.json

        Gives each file to the parser as a whole, in chunks of every size from 1 to 64, and cut at random with empty chunks
        among them, through every entry point. Checked are: same values, events (string deltas joined), errors and closed value
        (law 1); nothing guessed (2); strings and structures only grow (3, 4); completion once, children first, at the byte that
        makes it certain (5); verdict and value those of JsonDocument (6); errors stay (7); snapshots do not change (8); bytes
        examined at most 3 x received (9). Snapshots of a long text are compared at some moments only; events at all.

        One line a file:
          {"file","outcome","bytes","verified":true|false,"seed","chunkings","chunks","events","snapshots","difference"}
        difference is null, or the first chunking and law that failed.

        Exit code: 0 all complete, 2 any truncated or invalid, 1 a law is broken, 64 bad usage or a file that cannot be read.
        """;

    private readonly Option<int?> _seed = CommandOptions.Seed();

    public VerifyCommand(ToolConsole console)
        : base(console, "verify", "Cuts each file in many ways and checks the laws of the library.", HelpNotes) => Add(_seed);

    protected override async Task<int> RunAsync(InputFile file, FileRun run)
    {
        int seed = run.Arguments.GetValue(_seed) ?? Random.Shared.Next();
        byte[] content = await file.ReadAllAsync(run.CancellationToken);
        VerifyReport report = Verifier.Verify(content, seed);
        Write(run.Lines.Begin(), file, content.Length, seed, report);
        run.Lines.End();
        run.Lines.Flush();
        if (report.Difference is not null)
        {
            Diagnose(file, $"{report.Difference} (--seed {seed})");
            return ExitCode.LawBroken;
        }

        return ExitCode.Of(report.Outcome);
    }

    private static void Write(Utf8JsonWriter line, InputFile file, int bytes, int seed, VerifyReport report)
    {
        line.WriteString("file", file.Name);
        line.WriteString("outcome", OutputNames.Of(report.Outcome));
        line.WriteNumber("bytes", bytes);
        line.WriteBoolean("verified", report.Difference is null);
        line.WriteNumber("seed", seed);
        line.WriteNumber("chunkings", report.Chunkings);
        line.WriteNumber("chunks", report.Chunks);
        line.WriteNumber("events", report.Events);
        line.WriteNumber("snapshots", report.Snapshots);
        line.WriteString("difference", report.Difference);
    }
}
