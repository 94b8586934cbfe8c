using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Output;

/// <summary>The record of <c>calls --report --json</c>: one for each file.</summary>
internal static class ReportLines
{
    /// <summary>Writes the properties of one report. Times are in seconds since the start; what never was is null.</summary>
    public static void Write(Utf8JsonWriter line, string file, StreamReport report)
    {
        line.WriteString("file", file);
        WriteFigures(line, report);
        line.WriteNumber("unrecorded_paths", report.UnrecordedPathCount);
        line.WriteStartArray("items");
        foreach (ItemReport item in report.Items)
        {
            Write(line, item);
        }

        line.WriteEndArray();
    }

    /// <summary>Writes what is about the stream, and not about its items.</summary>
    public static void WriteFigures(Utf8JsonWriter line, StreamReport report)
    {
        line.WriteString("protocol", ModelProtocolNames.GetName(report.Protocol));
        line.WriteString("outcome", OutputNames.Of(report.Outcome));
        line.WriteNumber("bytes", report.BytesReceived);
        line.WriteNumber("deltas", report.DeltaCount);
        WriteSeconds(line, "first_byte", report.TimeToFirstByte);
        WriteSeconds(line, "first_delta", report.TimeToFirstDelta);
        WriteSeconds(line, "first_value", report.TimeToFirstValue);
        WriteSeconds(line, "end", report.TimeToEnd);
        line.WriteStartObject("between_deltas");
        WriteSeconds(line, "p50", report.BetweenDeltas.Median);
        WriteSeconds(line, "p95", report.BetweenDeltas.P95);
        WriteSeconds(line, "max", report.BetweenDeltas.Max);
        line.WriteEndObject();
        WriteRate(line, "bytes_per_second", report.BytesPerSecond);
        WriteRate(line, "output_tokens_per_second", report.OutputTokensPerSecond);
        line.WriteStartObject("calls");
        foreach (ToolCallOutcome outcome in Enum.GetValues<ToolCallOutcome>())
        {
            line.WriteNumber(OutputNames.Snake(outcome.ToString()), report.CountCalls(outcome));
        }

        line.WriteNumber("safe_to_execute", report.Items.Count(item => item.IsSafeToExecute));
        line.WriteEndObject();
        line.WriteStartObject("anomalies");
        foreach ((AnomalyKind kind, int count) in report.Anomalies)
        {
            line.WriteNumber(OutputNames.Snake(kind.ToString()), count);
        }

        line.WriteEndObject();
    }

    /// <summary>Writes a time in seconds; null where it never was.</summary>
    public static void WriteSeconds(Utf8JsonWriter line, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            // Ticks are of 100 ns: as a decimal they have no rounding noise.
            line.WriteNumber(name, (decimal)value.Ticks / TimeSpan.TicksPerSecond);
        }
        else
        {
            line.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter line, ItemReport item)
    {
        line.WriteStartObject();
        line.WriteString("kind", OutputNames.Snake(item.Kind.ToString()));
        WriteOrNull(line, "index", item.Index < 0 ? null : item.Index);
        line.WriteNumber("choice", item.Choice);
        if (item.Kind == MessageItemKind.ToolCall)
        {
            line.WriteString("name", item.ToolName.Length == 0 ? null : item.ToolName);
            line.WriteString("outcome", OutputNames.Snake(item.Outcome.ToString()));
            line.WriteBoolean("safe_to_execute", item.IsSafeToExecute);
        }

        line.WriteNumber("deltas", item.DeltaCount);
        line.WriteNumber("bytes", item.TextBytes);
        WriteSeconds(line, "started", item.StartedAt);
        line.WriteNumber("wire_offset", item.StartWireOffset);
        if (item.Kind == MessageItemKind.ToolCall)
        {
            WriteSeconds(line, "ended", item.EndedAt);
            Write(line, item.Paths);
        }

        line.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter line, IReadOnlyList<PathReport> paths)
    {
        line.WriteStartArray("paths");
        foreach (PathReport path in paths)
        {
            line.WriteStartObject();
            line.WriteString("pointer", path.Pointer);
            line.WriteString("kind", OutputNames.Of(path.Kind));
            WriteSeconds(line, "started", path.StartedAt);
            line.WriteNumber("offset", path.StartOffset);
            line.WriteNumber("wire_offset", path.StartWireOffset);
            WriteSeconds(line, "completed", path.CompletedAt);
            WriteOrNull(line, "end_offset", path.EndOffset);
            WriteOrNull(line, "end_wire_offset", path.EndWireOffset);
            line.WriteEndObject();
        }

        line.WriteEndArray();
    }

    private static void WriteRate(Utf8JsonWriter line, string name, double? rate)
    {
        if (rate is { } value)
        {
            line.WriteNumber(name, Math.Round(value, 1));
        }
        else
        {
            line.WriteNull(name);
        }
    }

    private static void WriteOrNull(Utf8JsonWriter line, string name, long? number)
    {
        if (number is { } value)
        {
            line.WriteNumber(name, value);
        }
        else
        {
            line.WriteNull(name);
        }
    }
}
