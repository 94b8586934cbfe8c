using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Threading.Tasks;
using StreamingJson.Tool.Commands;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool;

/// <summary>The tool: arguments and streams in, exit code out.</summary>
internal static class ToolProgram
{
    private const string Name = "streamingjson";

    private const string Notes = """
        Example:
          printf '{"city":"Par' | streamingjson snapshots --chunk 1 -

        Every command writes one JSON object a line to standard output, but for demo and calls --report, which are for
        people; diagnostics go to standard error.
        A text is read as RFC 8259 within the default limits: depth 64, names of 50,000 bytes, strings of 20 MiB,
        numbers of 1,000 bytes, 64 MiB in all; a byte order mark at its beginning is skipped. check and events take
        --max-depth N, and --multiple for NDJSON.

        Exit codes:
          0    every input was a complete JSON text
          1    verify: a law is broken
          2    an input was truncated or invalid
          64   bad usage: an unknown option or command, a bad value, no file, a file that cannot be read
          74   the output cannot be written
          130  interrupted
          141  the reader of the output went away
        """;

    /// <summary>Runs the tool once.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Stream standardInput, Stream standardOutput, TextWriter standardError, bool isTerminal = false)
    {
        var console = new ToolConsole(standardInput, standardOutput, standardError, isTerminal);
        try
        {
            return await RunAsync(args, console);
        }
        catch (InputException exception)
        {
            await standardError.WriteLineAsync($"{Name}: {exception.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException exception) when (StandardOutput.IsClosedPipe(exception))
        {
            return ExitCode.OutputClosed;
        }
        catch (IOException exception)
        {
            await standardError.WriteLineAsync($"{Name}: the output cannot be written: {exception.Message}");
            return ExitCode.OutputFailed;
        }
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> args, ToolConsole console)
    {
        // A file named @x is a file.
        var parserConfiguration = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        ParseResult parsed = CreateRoot(console).Parse(args, parserConfiguration);
        if (parsed.Action is ParseErrorAction)
        {
            return await ReportBadUsageAsync(parsed, console.Error);
        }

        await using StreamWriter text = console.OpenText();
        var invocation = new InvocationConfiguration
        {
            Output = text,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromMilliseconds(200),
        };
        int code = await parsed.InvokeAsync(invocation);
        return code == ExitCode.Terminated ? ExitCode.Interrupted : code;
    }

    private static ToolCommand CreateRoot(ToolConsole console)
    {
        // Not a RootCommand: that one takes its name from the file name of the process.
        var root = new ToolCommand(Name, "Reads JSON while it is being written.", Notes)
        {
            new CheckCommand(console),
            new SnapshotsCommand(console),
            new EventsCommand(console),
            new PatchesCommand(console),
            new CallsCommand(console),
            new VerifyCommand(console),
            new ReplayCommand(console),
            new DemoCommand(console),
            new ServeCommand(console),
        };
        root.Add(new HelpOption { Action = new NotesHelpAction(new HelpAction()) });
        root.Add(new VersionOption { Action = new VersionAction() });
        return root;
    }

    private static async Task<int> ReportBadUsageAsync(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError parseError in parsed.Errors)
        {
            await error.WriteLineAsync($"{Name}: {parseError.Message}");
        }

        Command command = parsed.CommandResult.Command;
        if (command is FileCommand reading && reading.HasNoFiles(parsed))
        {
            await error.WriteLineAsync($"{Name}: Name a file, or - for standard input.");
        }

        await error.WriteLineAsync($"Try '{(command.Name == Name ? Name : $"{Name} {command.Name}")} --help'.");
        return ExitCode.Usage;
    }
}
