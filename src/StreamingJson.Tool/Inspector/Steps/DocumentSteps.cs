using System;
using System.Text.Json;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Output;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>The steps of one JSON text: a message of one item, the document. Its frames are the chunks.</summary>
internal sealed class DocumentSteps : StepWriter
{
    private readonly StreamingJsonParser _parser = new();
    private readonly ValueChanges _changes;
    private TimeSpan? _first;
    private TimeSpan? _firstValue;
    private TimeSpan _last;
    private TimeSpan? _longest;
    private int _chunks;

    public DocumentSteps() => _changes = new ValueChanges(_parser);

    /// <summary>The value so far, for tests.</summary>
    internal JsonSnapshot Snapshot => _parser.Snapshot;

    public override void Dispose() => _parser.Dispose();

    protected override void WriteStep(in TimedChunk chunk, Utf8JsonWriter line)
    {
        if (_first is not null && chunk.At - _last is { } silence && (_longest is null || silence > _longest))
        {
            _longest = silence;
        }

        bool isFirst = _first is null;
        _first ??= chunk.At;
        _last = chunk.At;
        _chunks++;
        _parser.TryAppend(chunk.Bytes.Span);
        line.WriteStartArray("events");
        if (isFirst)
        {
            WriteEvent(line, "document_started");
            line.WriteEndObject();
        }

        WriteEvent(line, "document_delta");
        _changes.Write(line);
        line.WriteEndObject();
        line.WriteEndArray();
        line.WriteStartArray("frames");
        FrameTap.WriteBytes(line, Received - chunk.Bytes.Length, chunk.Bytes.Span);
        line.WriteEndArray();
        _firstValue ??= _changes.HasScalar ? chunk.At : null;
        WriteTimes(line);
    }

    protected override void WriteEnd(LogEnd end, TimeSpan at, Utf8JsonWriter line)
    {
        JsonOutcome outcome = _parser.Complete();
        line.WriteStartArray("events");
        WriteEvent(line, "document_ended");
        line.WriteString("outcome", OutputNames.Of(outcome));
        _changes.Write(line, isEnd: true);
        line.WriteEndObject();
        line.WriteEndArray();
        line.WriteStartArray("frames");
        line.WriteEndArray();
        WriteTimes(line);
        line.WriteString("outcome", OutputNames.Of(outcome));
    }

    private static void WriteEvent(Utf8JsonWriter line, string name)
    {
        line.WriteStartObject();
        line.WriteString("event", name);
        line.WriteNumber("item", 0);
    }

    private void WriteTimes(Utf8JsonWriter line)
    {
        line.WriteStartObject("times");
        ReportLines.WriteSeconds(line, "first_byte", _first);
        ReportLines.WriteSeconds(line, "first_delta", _first);
        ReportLines.WriteSeconds(line, "first_value", _firstValue);
        ReportLines.WriteSeconds(line, "longest_silence", _longest);
        line.WriteNumber("deltas", _chunks);
        line.WriteEndObject();
    }
}
