using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace StreamingJson.Tool;

/// <summary>Prints the version of this assembly, whatever process it runs in, without the hash of the commit.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        parseResult.InvocationConfiguration.Output.WriteLine(version.Split('+')[0]);
        return ExitCode.Complete;
    }
}
