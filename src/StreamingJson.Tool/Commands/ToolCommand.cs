using System.CommandLine;

namespace StreamingJson.Tool.Commands;

/// <summary>A command whose help ends with notes: an example, what it prints, what it returns.</summary>
internal class ToolCommand : Command
{
    public ToolCommand(string name, string description, string notes)
        : base(name, description) => Notes = notes;

    public string Notes { get; }
}
