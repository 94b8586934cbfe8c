using System;
using System.CommandLine;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Commands;

/// <summary><c>snapshots</c>: the closed value after each chunk that changed it.</summary>
internal sealed class SnapshotsCommand : FileCommand
{
    private const string HelpNotes = """
        Example:
          printf '{"city":"Par' | streamingjson snapshots --chunk 1 -

        One line after each chunk that changed the value, and a last one with the final outcome:
          {"file","bytes","outcome":"partial|complete|truncated|invalid","value"}
        bytes is how many bytes of the text the value was read from; those from an error on are not counted. value is closed,
        valid JSON of what is known; the key is missing while nothing of the root is known. Reading ends at an error.

        Exit code: 0 all complete, 2 any truncated or invalid, 64 bad usage or a file that cannot be read.
        """;

    private readonly Option<int?> _chunk = CommandOptions.Chunk();

    public SnapshotsCommand(ToolConsole console)
        : base(console, "snapshots", "Prints the value as it grows: one line a chunk that changed it.", HelpNotes) => Add(_chunk);

    protected override async Task<int> RunAsync(InputFile file, FileRun run)
    {
        StreamingJsonParser parser = run.Parser;
        using ChunkReader chunks = file.Open(run.Arguments.GetValue(_chunk));
        while (parser.Outcome == JsonOutcome.Partial && await chunks.ReadAsync(run.CancellationToken))
        {
            while (chunks.TryTake(out ReadOnlyMemory<byte> chunk) && parser.TryAppend(chunk.Span))
            {
                if (HasNewText(parser.Events))
                {
                    WriteSnapshot(file, parser.Snapshot, run.Lines);
                }
            }

            run.Lines.Flush();
        }

        parser.Complete();
        WriteSnapshot(file, parser.Snapshot, run.Lines);
        Diagnose(file, parser.Error);
        return ExitCode.Of(parser.Outcome);
    }

    // Closing the value costs its whole length, looking at the first events next to nothing: the closed text changes when a value begins
    // or a string grows, and by nothing else.
    private static bool HasNewText(JsonEvents events)
    {
        foreach (JsonEvent next in events)
        {
            if (next.Kind is JsonEventKind.Started or JsonEventKind.StringDelta)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteSnapshot(InputFile file, in JsonSnapshot snapshot, JsonLines lines)
    {
        Utf8JsonWriter line = lines.Begin();
        line.WriteString("file", file.Name);
        line.WriteNumber("bytes", snapshot.ByteCount);
        line.WriteString("outcome", OutputNames.Of(snapshot.Outcome));
        if (snapshot.HasValue)
        {
            line.WritePropertyName("value");
            snapshot.WriteTo(line);
        }

        lines.End();
    }
}
