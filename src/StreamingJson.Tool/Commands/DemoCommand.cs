using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;
using StreamingJson.Tool.Demo;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Commands;

/// <summary><c>demo</c>: what ships inside the tool, replayed at the pace of a model.</summary>
internal sealed class DemoCommand : ToolCommand
{
    private const string HelpNotes = """
        Example:
          streamingjson demo --speed 2

        Without --protocol: replays the arguments of a write_file call and a nested plan, a few bytes at a time, and shows the value as it grows:
        green what is complete, yellow what is growing, grey the token that is cut and therefore no value yet. Bytes and time
        of each completion are those of the recording, whatever the speed.
        With --protocol openai-chat, anthropic or bedrock-converse: replays a whole stream of that provider, in its wire format:
        reasoning, text, two tool calls with growing arguments, and the verdict about each.
        When standard output is no terminal: plain lines, one for each thing that became certain.

        Exit code: 0, or 64 for bad usage.
        """;

    private readonly ToolConsole _console;
    private readonly Option<double> _speed = CommandOptions.Speed();
    private readonly Option<ModelProtocol?> _protocol = CommandOptions.Protocol(
        "The provider whose stream is replayed. Default: bare JSON.",
        protocol => ModelRecording.Find(protocol) is null ? $"There is no demo of {ModelProtocolNames.GetName(protocol)}." : null);

    public DemoCommand(ToolConsole console)
        : base("demo", "Replays JSON as a model writes it, live in the terminal.", HelpNotes)
    {
        _console = console;
        Add(_speed);
        Add(_protocol);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        double speed = arguments.GetValue(_speed);
        await using StreamWriter plain = _console.OpenText();
        if (arguments.GetValue(_protocol) is { } protocol)
        {
            await PlayAsync(ModelRecording.Find(protocol)!, plain, speed, cancellationToken);
            return ExitCode.Complete;
        }

        IDemoView view = CreateView(plain);
        foreach (Recording recording in Recording.All())
        {
            using var parser = new StreamingJsonParser();
            await view.ShowAsync(recording.Title, DemoPlayer.PlayAsync(recording, parser, speed, cancellationToken));
        }

        return ExitCode.Complete;
    }

    private async Task PlayAsync(ModelRecording recording, StreamWriter plain, double speed, CancellationToken cancellationToken)
    {
        if (!HasTerminal)
        {
            await plain.WriteLineAsync(recording.Title);
            await ModelDemoPlayer.PlayAsync(recording, new ModelPlainView(plain), speed, cancellationToken);
            return;
        }

        AnsiConsole.Write(new Rule(Markup.Escape(recording.Title)).LeftJustified());
        await AnsiConsole.Live(new Markup(string.Empty))
            .Overflow(VerticalOverflow.Crop)
            .Cropping(VerticalOverflowCropping.Top)
            .StartAsync(live => ModelDemoPlayer.PlayAsync(recording, new ModelTerminalView(AnsiConsole.Console, live), speed, cancellationToken));
    }

    // A terminal that knows no control sequences gets the plain lines as well.
    private bool HasTerminal => _console.IsTerminal && AnsiConsole.Profile.Capabilities.Ansi;

    private IDemoView CreateView(TextWriter plain) => HasTerminal ? new TerminalView(AnsiConsole.Console) : new PlainView(plain);
}
