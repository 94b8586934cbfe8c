using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;
using StreamingJson.Tool.Demo;

namespace StreamingJson.Tool.Commands;

/// <summary><c>demo</c>: what ships inside the tool, replayed at the pace of a model.</summary>
internal sealed class DemoCommand : ToolCommand
{
    private const string HelpNotes = """
        Example:
          streamingjson demo --speed 2

        Replays the arguments of a write_file call and a nested plan, a few bytes at a time, and shows the value as it grows:
        green what is complete, yellow what is growing, grey the token that is cut and therefore no value yet. Bytes and time
        of each completion are those of the recording, whatever the speed.
        When standard output is no terminal: plain lines, one for each thing that became certain.

        Exit code: 0, or 64 for bad usage.
        """;

    private readonly ToolConsole _console;
    private readonly Option<double> _speed = CommandOptions.Speed();

    public DemoCommand(ToolConsole console)
        : base("demo", "Replays JSON as a model writes it, live in the terminal.", HelpNotes)
    {
        _console = console;
        Add(_speed);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        double speed = arguments.GetValue(_speed);
        await using StreamWriter plain = _console.OpenText();
        IDemoView view = CreateView(plain);
        foreach (Recording recording in Recording.All())
        {
            using var parser = new StreamingJsonParser();
            await view.ShowAsync(recording.Title, DemoPlayer.PlayAsync(recording, parser, speed, cancellationToken));
        }

        return ExitCode.Complete;
    }

    // A terminal that knows no control sequences gets the plain lines as well.
    private IDemoView CreateView(TextWriter plain) =>
        _console.IsTerminal && AnsiConsole.Profile.Capabilities.Ansi ? new TerminalView(AnsiConsole.Console) : new PlainView(plain);
}
