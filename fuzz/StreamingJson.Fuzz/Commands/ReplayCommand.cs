using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>replay</c>: runs files once, without coverage, and says what does not hold.</summary>
internal sealed class ReplayCommand : Command
{
    private readonly Argument<string[]> _paths = new("path") { Arity = ArgumentArity.OneOrMore, Description = "Files, or folders of them." };
    private readonly Option<string?> _target = new("--target") { Description = "The target; else the name of the folder that a file lies in." };

    public ReplayCommand()
        : base("replay", "Runs inputs once. Exit code 1 when something does not hold for one of them.")
    {
        Add(_paths);
        Add(_target);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        int runs = 0;
        int findings = 0;
        foreach (string path in arguments.GetRequiredValue(_paths).SelectMany(Files))
        {
            string name = arguments.GetValue(_target) ?? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!;
            if (TargetTable.Find(name) is not { } target)
            {
                Console.Error.WriteLine($"{path}: there is no target '{name}'; say --target.");
                return ExitCode.Usage;
            }

            runs++;
            byte[] input = File.ReadAllBytes(path);
            if (FuzzLoop.Attempt(target, input) is { } thrown)
            {
                findings++;
                Console.WriteLine($"{path}\n{Finding.Of(target, thrown, input).Describe()}");
            }
        }

        Console.WriteLine($"{runs} inputs, {findings} findings");
        return findings == 0 ? ExitCode.Clean : ExitCode.Finding;
    }

    // The .txt beside an input describes it.
    private static IEnumerable<string> Files(string path) => !Directory.Exists(path)
        ? File.Exists(path) ? [path] : throw new FileNotFoundException($"There is no '{path}'.")
        : Directory.GetFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".txt", StringComparison.Ordinal) && !Path.GetFileName(file).StartsWith('.') && Path.GetExtension(file) != ".md")
            .Order(StringComparer.Ordinal);
}
