using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Fuzz.Targets;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>distill</c>: the child process of <c>minimize</c>. From a woven folder.</summary>
internal sealed class DistillCommand : Command
{
    private readonly Argument<string> _target = CommandOptions.TargetName(mayBeAll: false);
    private readonly Option<string> _root = new("--root") { Required = true };
    private readonly Option<string> _out = new("--out") { Required = true };

    public DistillCommand()
        : base("distill", "The child process of 'minimize'.")
    {
        Hidden = true;
        Add(_target);
        Add(_root);
        Add(_out);
        SetAction(arguments =>
        {
            FuzzTarget target = TargetTable.Find(arguments.GetRequiredValue(_target))!;
            var folders = new FuzzFolders(arguments.GetRequiredValue(_root));
            string destination = arguments.GetRequiredValue(_out);
            List<byte[]> inputs = [.. target.Seeds(folders), .. new Corpus(folders.Grown(target.Name)).TakeNewFiles()];
            List<byte[]> distilled = Distiller.Distill(target, inputs);
            Directory.CreateDirectory(destination);
            foreach (byte[] input in distilled)
            {
                File.WriteAllBytes(Path.Combine(destination, Corpus.NameOf(input)), input);
            }

            Console.Error.WriteLine($"{inputs.Count} inputs of {inputs.Sum(input => input.Length)} bytes -> {distilled.Count} of {distilled.Sum(input => input.Length)} in {destination}");
            return ExitCode.Clean;
        });
    }
}
