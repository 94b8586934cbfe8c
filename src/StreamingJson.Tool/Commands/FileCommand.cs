using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Commands;

/// <summary>A command that reads files one after another and writes lines about each.</summary>
internal abstract class FileCommand : ToolCommand
{
    private readonly ToolConsole _console;
    private readonly Argument<string[]> _files = CommandOptions.Files();

    protected FileCommand(ToolConsole console, string name, string description, string notes)
        : base(name, description, notes)
    {
        _console = console;
        Add(_files);
        SetAction(RunAsync);
    }

    /// <summary>Whether the command line names nothing to read.</summary>
    public bool HasNoFiles(ParseResult arguments) => arguments.GetResult(_files) is null or { Tokens.Count: 0 };

    /// <summary>Reads one file and writes its lines.</summary>
    /// <returns>The exit code if it were the only file.</returns>
    protected abstract Task<int> RunAsync(InputFile file, FileRun run);

    /// <summary>What the texts may be.</summary>
    protected virtual StreamingJsonOptions ReadOptions(ParseResult arguments) => StreamingJsonOptions.Default;

    /// <summary>Writes what is about all files, after the last one that could be read.</summary>
    protected virtual void End(ToolConsole console)
    {
    }

    /// <summary>Says on standard error why a file is not a complete text.</summary>
    protected void Diagnose(InputFile file, StreamingJsonException? error)
    {
        if (error is not null)
        {
            string place = error.Pointer.Length == 0 ? string.Empty : $" At '{error.Pointer}'.";
            _console.Error.WriteLine($"{file.Name}: {error.Message}{place}");
        }
    }

    /// <summary>Writes a diagnostic about a file to standard error.</summary>
    protected void Diagnose(InputFile file, string message) => _console.Error.WriteLine($"{file.Name}: {message}");

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] names = arguments.GetRequiredValue(_files);
        using var lines = new JsonLines(_console.Output);
        using var parser = new StreamingJsonParser(ReadOptions(arguments));
        int exitCode = ExitCode.Complete;
        try
        {
            foreach (string name in names)
            {
                parser.Reset();
                var run = new FileRun(arguments, lines, parser, names.Length > 1, cancellationToken);
                exitCode = ExitCode.Combine(exitCode, await RunAsync(new InputFile(name, _console), run));
            }
        }
        finally
        {
            // Also before a message about a file that cannot be read.
            lines.Flush();
            End(_console);
        }

        return exitCode;
    }
}

/// <summary>What a command is given besides the file.</summary>
/// <param name="Arguments">The values of its own options.</param>
/// <param name="Lines">Where it writes.</param>
/// <param name="Parser">A parser as good as new; the next file gets it again.</param>
/// <param name="HasSeveralFiles">Whether there are other files.</param>
/// <param name="CancellationToken">Cancelled when the user interrupts.</param>
internal sealed record FileRun(
    ParseResult Arguments, JsonLines Lines, StreamingJsonParser Parser, bool HasSeveralFiles, CancellationToken CancellationToken);
