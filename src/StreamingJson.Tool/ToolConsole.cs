using System.IO;
using System.Text;

namespace StreamingJson.Tool;

/// <summary>What a run of the tool reads from and writes to: the process's own streams, or those of a test.</summary>
/// <param name="Input">Standard input: bytes, as they are.</param>
/// <param name="Output">Standard output: UTF-8.</param>
/// <param name="Error">Standard error: diagnostics.</param>
/// <param name="IsTerminal">Whether somebody looks at <paramref name="Output"/>.</param>
internal sealed record ToolConsole(Stream Input, Stream Output, TextWriter Error, bool IsTerminal)
{
    /// <summary>A writer of text to <see cref="Output"/>, which stays open.</summary>
    public StreamWriter OpenText() => new(Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
}
