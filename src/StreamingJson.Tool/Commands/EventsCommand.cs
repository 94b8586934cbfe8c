using System;
using System.CommandLine;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Commands;

/// <summary><c>events</c>: what became certain, in order.</summary>
internal sealed class EventsCommand : FileCommand
{
    private const string HelpNotes = """
        Example:
          streamingjson events --chunk 8 order.json
          streamingjson events --path '$.lines[*].sku' --path '$..total' order.json

        One line an event:
          {"event":"started","pointer","kind"}             a value began; a number or literal right before it completes
          {"event":"string_delta","pointer","kind","text"} a string grew by text
          {"event":"completed","pointer","kind","value"}   a value is whole; of a container, all of it
          {"event":"document_completed","pointer","kind"}  the text is whole
        kind is object, array, string, number, boolean or null. With several files each line begins with a key "file".
        With --path, only the first three, and only of the values that a pattern selects: the part of RFC 9535 without
        filters, functions and anything counted from the end.
        Only the cutting of string deltas depends on --chunk. Reading ends at an error.

        Exit code: 0 all complete, 2 any truncated or invalid, 64 bad usage or a file that cannot be read.
        """;

    private readonly Option<int?> _chunk = CommandOptions.Chunk();
    private readonly TextOptions _text = new();
    private readonly Option<PathPattern[]> _paths = CommandOptions.Paths();

    public EventsCommand(ToolConsole console)
        : base(console, "events", "Prints what became certain, in order: values begun, string deltas, completions.", HelpNotes)
    {
        Add(_chunk);
        _text.AddTo(this);
        Add(_paths);
    }

    protected override StreamingJsonOptions ReadOptions(ParseResult arguments) => _text.Read(arguments);

    protected override async Task<int> RunAsync(InputFile file, FileRun run)
    {
        using var selection = new PathSelection(run.Arguments.GetValue(_paths) ?? []);
        selection.Attach(run.Parser);
        var trail = new PointerTrail();
        string? label = run.HasSeveralFiles ? file.Name : null;
        StreamingJsonParser parser = run.Parser;
        using ChunkReader chunks = file.Open(run.Arguments.GetValue(_chunk));
        while (parser.Outcome == JsonOutcome.Partial && await chunks.ReadAsync(run.CancellationToken))
        {
            bool isValid = true;
            while (isValid && chunks.TryTake(out ReadOnlyMemory<byte> chunk))
            {
                isValid = parser.TryAppend(chunk.Span);
                WriteEvents(label, parser.Events, trail, selection, run.Lines);
            }

            run.Lines.Flush();
        }

        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            WriteEvents(label, parser.Events, trail, selection, run.Lines);
        }

        Diagnose(file, parser.Error);
        return ExitCode.Of(parser.Outcome);
    }

    private static void WriteEvents(string? label, JsonEvents events, PointerTrail trail, PathSelection selection, JsonLines lines)
    {
        foreach (JsonEvent next in events)
        {
            if (next.Kind == JsonEventKind.Started)
            {
                trail.Enter(next);
            }

            if (selection.Includes(next))
            {
                WriteEvent(label, next, trail.Current, lines);
            }

            if (next.Kind == JsonEventKind.Completed)
            {
                trail.Leave();
            }
        }
    }

    private static void WriteEvent(string? label, in JsonEvent next, ReadOnlySpan<byte> pointer, JsonLines lines)
    {
        Utf8JsonWriter line = lines.Begin();
        if (label is not null)
        {
            line.WriteString("file", label);
        }

        line.WriteString("event", OutputNames.Of(next.Kind));
        line.WriteString("pointer", pointer);
        line.WriteString("kind", OutputNames.Of(next.Element.ValueKind));
        if (next.Kind == JsonEventKind.StringDelta)
        {
            line.WriteString("text", next.TextUtf8);
        }
        else if (next.Kind == JsonEventKind.Completed)
        {
            line.WritePropertyName("value");
            next.Element.WriteTo(line);
        }

        lines.End();
    }
}
