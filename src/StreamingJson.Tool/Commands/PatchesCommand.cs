using System;
using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Binding;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Commands;

/// <summary><c>patches</c>: what brings a client from one snapshot to the next, after each chunk that changed it.</summary>
internal sealed class PatchesCommand : FileCommand
{
    private const string HelpNotes = """
        Example:
          printf '{"city":"Par' | streamingjson patches --chunk 4 -

        One line after each chunk that changed the value:
          {"file","bytes","patch":[{"op":"add|append","path","value"}]}
        and a last one with the outcome, and with what the end made certain:
          {"file","bytes","outcome":"complete|truncated|invalid","patch"}
        bytes is how many bytes of the text the value was read from. The operations are those of JSON Patch (RFC 6902), and
        append, which adds text to the end of a string; with --standard it is replace, with the whole text. Applied in order,
        to any document, they give the value; there are none while nothing of the root is known. Reading ends at an error.

        Exit code: 0 all complete, 2 any truncated or invalid, 64 bad usage or a file that cannot be read.
        """;

    private readonly Option<int?> _chunk = CommandOptions.Chunk();
    private readonly Option<bool> _standard = new("--standard") { Description = "Only operations of RFC 6902: replace instead of append." };

    public PatchesCommand(ToolConsole console)
        : base(console, "patches", "Prints JSON Patch operations as the value grows: one line a chunk that changed it.", HelpNotes)
    {
        Add(_chunk);
        Add(_standard);
    }

    protected override async Task<int> RunAsync(InputFile file, FileRun run)
    {
        StreamingJsonParser parser = run.Parser;
        using var patches = new JsonPatchWriter(new JsonPatchOptions { StandardOnly = run.Arguments.GetValue(_standard) });
        var patch = new ArrayBufferWriter<byte>();
        using ChunkReader chunks = file.Open(run.Arguments.GetValue(_chunk));
        while (parser.Outcome == JsonOutcome.Partial && await chunks.ReadAsync(run.CancellationToken))
        {
            while (chunks.TryTake(out ReadOnlyMemory<byte> chunk) && parser.TryAppend(chunk.Span))
            {
                if (patches.TryWrite(parser.Snapshot, patch))
                {
                    WriteLine(file, parser.Snapshot, patch, run.Lines);
                }
            }

            run.Lines.Flush();
        }

        parser.Complete();
        patches.TryWrite(parser.Snapshot, patch);
        WriteLine(file, parser.Snapshot, patch, run.Lines);
        Diagnose(file, parser.Error);
        return ExitCode.Of(parser.Outcome);
    }

    private static void WriteLine(InputFile file, in JsonSnapshot snapshot, ArrayBufferWriter<byte> patch, JsonLines lines)
    {
        Utf8JsonWriter line = lines.Begin();
        line.WriteString("file", file.Name);
        line.WriteNumber("bytes", snapshot.ByteCount);
        if (snapshot.Outcome != JsonOutcome.Partial)
        {
            line.WriteString("outcome", OutputNames.Of(snapshot.Outcome));
        }

        if (patch.WrittenCount > 0)
        {
            line.WritePropertyName("patch");
            line.WriteRawValue(patch.WrittenSpan, skipInputValidation: true);
            patch.ResetWrittenCount();
        }

        lines.End();
    }
}
