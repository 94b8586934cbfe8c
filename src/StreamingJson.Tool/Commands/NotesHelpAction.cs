using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace StreamingJson.Tool.Commands;

/// <summary>The help of System.CommandLine, followed by the notes of the command.</summary>
internal sealed class NotesHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ToolCommand command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(command.Notes);
        }

        return exitCode;
    }
}
