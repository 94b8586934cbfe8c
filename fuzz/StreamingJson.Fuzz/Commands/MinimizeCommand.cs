using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using StreamingJson.Fuzz.Processes;
using StreamingJson.Fuzz.Targets;
using StreamingJson.Fuzz.Weaving;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>minimize</c>: of a target, the fewest and smallest inputs that cover what all do; of a file, the smallest input that ends as it does.</summary>
internal sealed class MinimizeCommand : Command
{
    private readonly Argument<string> _what = new("what") { Description = "A target, or the file of a finding." };
    private readonly Option<string?> _target = new("--target") { Description = "The target of the file; else the name of the folder that it lies in." };
    private readonly Option<string?> _out = CommandOptions.Out("Where it goes: a folder (else fuzz/work/minimized/TARGET), or a file (else FILE.min).");
    private readonly Option<double> _timeout = CommandOptions.Number("--timeout", "Seconds after which a run hangs (a file).", 10.0, 0.1);
    private readonly Option<int> _tries = CommandOptions.Number("--tries", "The most processes to start for a file that ends its process.", 200, 1);

    public MinimizeCommand()
        : base("minimize", "Makes a corpus, or a finding, as small as it can be.")
    {
        Add(_what);
        foreach (Option option in new Option[] { _target, _out, _timeout, _tries })
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        string what = arguments.GetRequiredValue(_what);
        FuzzFolders folders = FuzzFolders.OfRepository;
        if (TargetTable.Find(what) is { } target)
        {
            string folder = Path.GetFullPath(arguments.GetValue(_out) ?? Path.Combine(folders.Work, "minimized", what));
            using WovenFolder woven = WovenFolder.CreateTemporary(folders);
            using ChildProcess child = ChildProcess.Start(woven.Program, ["distill", target.Name, "--root", folders.Root, "--out", folder], 2L << 30);
            child.WaitForEnd();
            Console.Error.Write(child.Error);
            return child.ExitCode;
        }

        string path = Path.GetFullPath(what);
        string name = arguments.GetValue(_target) ?? Path.GetFileName(Path.GetDirectoryName(path))!;
        if (!File.Exists(path) || TargetTable.Find(name) is not { } targetOfFile)
        {
            Console.Error.WriteLine($"'{what}' is neither a target nor the file of one ('{name}').");
            return ExitCode.Usage;
        }

        var shrinking = new ProcessShrinker(targetOfFile, TimeSpan.FromSeconds(arguments.GetValue(_timeout)), arguments.GetValue(_tries));
        byte[] input = File.ReadAllBytes(path);
        byte[]? smallest = shrinking.Shrink(input);
        if (smallest is null)
        {
            Console.WriteLine($"{path}: all holds, nothing to minimize");
            return ExitCode.Clean;
        }

        string destination = Path.GetFullPath(arguments.GetValue(_out) ?? path + ".min");
        File.WriteAllBytes(destination, smallest);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{input.Length} -> {smallest.Length} bytes ({shrinking.Ending}): {destination}"));
        return ExitCode.Finding;
    }
}
