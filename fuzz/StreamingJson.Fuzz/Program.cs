using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using StreamingJson.Fuzz.Commands;

namespace StreamingJson.Fuzz;

/// <summary>The program: arguments in, exit code out.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand("Looks for inputs for which what StreamingJson promises does not hold, guided by coverage.")
        {
            new ListCommand(),
            new RunCommand(),
            new ReplayCommand(),
            new MinimizeCommand(),
            new SelfTestCommand(),
            new WeaveCommand(),
            new WorkerCommand(),
            new DistillCommand(),
            new AflCommand(),
            new AflExecutorCommand(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }

            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
    }
}
