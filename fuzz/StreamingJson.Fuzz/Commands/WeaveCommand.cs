using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using StreamingJson.Fuzz.Weaving;

namespace StreamingJson.Fuzz.Commands;

/// <summary><c>weave</c>: the folder that AFL starts its child from.</summary>
internal sealed class WeaveCommand : Command
{
    private readonly Option<string> _out = new("--out") { Required = true, Description = "The folder, made if need be." };
    private readonly Option<string?> _bug = new("--bug") { Description = $"Plants a bug: {string.Join(", ", PlantedBug.All.Select(bug => bug.Name))}." };

    public WeaveCommand()
        : base("weave", "Writes this program with woven libraries into a folder.")
    {
        _bug.AcceptOnlyFromAmong([.. PlantedBug.All.Select(bug => bug.Name)]);
        Add(_out);
        Add(_bug);
        SetAction(arguments =>
        {
            PlantedBug? bug = PlantedBug.All.FirstOrDefault(bug => bug.Name == arguments.GetValue(_bug));
            using WovenFolder woven = WovenFolder.Create(Path.GetFullPath(arguments.GetRequiredValue(_out)), bug);
            foreach (WovenAssembly assembly in woven.Assemblies)
            {
                Console.WriteLine($"{assembly.Name}: {assembly.Methods} methods, {assembly.Blocks} blocks");
            }

            return ExitCode.Clean;
        });
    }
}
