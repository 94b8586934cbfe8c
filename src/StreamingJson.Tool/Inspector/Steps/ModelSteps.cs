using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>The steps of a model's stream.</summary>
/// <remarks>
/// Besides the records of <c>calls</c> there is <c>{"event":"verdict","item","outcome","arguments_state","safe_to_execute","reasons"}</c>, whenever
/// one of these changed: also after the call has ended, for a finish reason may take a verdict back; and <c>{"event":"dropped","item"}</c> when
/// the provider took an item back. A delta has <c>"whole"</c> besides its text where the text so far is another than all deltas joined: when
/// the provider began anew, or repeated itself.
/// </remarks>
internal sealed class ModelSteps : StepWriter
{
    private readonly ArrivalClock _clock = new();
    private readonly FrameTap _frames = new();
    private readonly Dictionary<MessageItem, ItemTrack> _tracks = [];
    private readonly ModelStreamReader _reader;
    private int _dropped;

    public ModelSteps(ModelProtocol protocol, string? contentType) => _reader = new ModelStreamReader(new ModelStreamOptions
    {
        Protocol = protocol,
        ContentType = contentType,
        Report = true,
        Telemetry = new StreamTelemetryOptions { TimeProvider = _clock, RequestTimestamp = 0 },
    });

    /// <summary>The message so far, for tests.</summary>
    internal ModelMessage Message => _reader.Message;

    /// <summary>The items by their numbers, those that were taken back included, for tests.</summary>
    internal IReadOnlyDictionary<int, MessageItem> Items => _tracks.ToDictionary(pair => pair.Value.Number, pair => pair.Key);

    public override void Dispose()
    {
        _reader.Dispose();
        _frames.Dispose();
        foreach (ItemTrack track in _tracks.Values)
        {
            track.Dispose();
        }
    }

    protected override void WriteStep(in TimedChunk chunk, Utf8JsonWriter line)
    {
        _clock.Now = chunk.At;
        _reader.Append(chunk.Bytes.Span);
        WriteEvents(line);
        line.WriteStartArray("frames");
        _frames.Append(chunk.Bytes.Span, _reader.Recognition.Framing, line);
        line.WriteEndArray();
        WriteTimes(line);
    }

    protected override void WriteEnd(LogEnd end, TimeSpan at, Utf8JsonWriter line)
    {
        _clock.Now = at;
        if (end == LogEnd.Completed)
        {
            _reader.Complete();
        }
        else
        {
            _reader.Abort();
        }

        WriteEvents(line);
        line.WriteStartArray("frames");
        _frames.Append([], _reader.Recognition.Framing, line);
        _frames.Complete(line);
        line.WriteEndArray();
        WriteTimes(line);
        line.WriteString("outcome", OutputNames.Of(_reader.Message.Outcome));
        line.WriteStartObject("report");
        ReportLines.WriteFigures(line, _reader.Report!);
        line.WriteEndObject();
    }

    private void WriteEvents(Utf8JsonWriter line)
    {
        line.WriteStartArray("events");
        while (_reader.TryRead(out ModelEvent next))
        {
            line.WriteStartObject();
            if (next.Item is { } item)
            {
                WriteItem(line, item, next);
            }
            else
            {
                ModelEventLines.Write(line, file: null, next, _reader);
            }

            line.WriteEndObject();
        }

        if (_reader.Message.Items.Count < _tracks.Count - _dropped)
        {
            WriteDropped(line);
        }

        WriteVerdicts(line);
        line.WriteEndArray();
    }

    private void WriteItem(Utf8JsonWriter line, MessageItem item, in ModelEvent next)
    {
        if (!_tracks.TryGetValue(item, out ItemTrack? track))
        {
            track = new ItemTrack(_tracks.Count, item);
            _tracks.Add(item, track);
        }

        line.WriteNumber("item", track.Number);
        ModelEventLines.Write(line, file: null, next, _reader);
        track.WriteText(line, next);
        track.WriteChanges(line, next);
    }

    // Of all calls, for what comes later may take back what was said of any.
    private void WriteVerdicts(Utf8JsonWriter line)
    {
        foreach (ItemTrack track in _tracks.Values)
        {
            track.WriteVerdict(line);
        }
    }

    private void WriteDropped(Utf8JsonWriter line)
    {
        var kept = new HashSet<MessageItem>(_reader.Message.Items);
        foreach ((MessageItem item, ItemTrack track) in _tracks)
        {
            if (!track.IsDropped && !kept.Contains(item))
            {
                track.IsDropped = true;
                _dropped++;
                line.WriteStartObject();
                line.WriteString("event", "dropped");
                line.WriteNumber("item", track.Number);
                line.WriteEndObject();
            }
        }
    }

    private void WriteTimes(Utf8JsonWriter line)
    {
        StreamReport report = _reader.Report!;
        line.WriteString("protocol", ModelProtocolNames.GetName(_reader.Recognition.Protocol));
        line.WriteStartObject("times");
        ReportLines.WriteSeconds(line, "first_byte", report.TimeToFirstByte);
        ReportLines.WriteSeconds(line, "first_delta", report.TimeToFirstDelta);
        ReportLines.WriteSeconds(line, "first_value", report.TimeToFirstValue);
        ReportLines.WriteSeconds(line, "longest_silence", report.DeltaCount > 1 ? report.BetweenDeltas.Max : null);
        line.WriteNumber("deltas", report.DeltaCount);
        if (report.Usage.OutputTokens is { } tokens)
        {
            line.WriteNumber("output_tokens", tokens);
        }

        line.WriteEndObject();
    }
}
