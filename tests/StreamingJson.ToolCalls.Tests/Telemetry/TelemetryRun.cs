using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Those who listen to the one meter and source of the process do so alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryTestsAlone
{
    public const string Name = "Telemetry";
}

/// <summary>A stream that arrives piece by piece, by a clock of its own.</summary>
internal sealed class TelemetryRun : IDisposable
{
    public TelemetryRun(ModelStreamOptions options)
    {
        Reader = new ModelStreamReader(options with { Telemetry = options.Telemetry with { TimeProvider = Time } });
    }

    public ManualTime Time { get; } = new();

    public ModelStreamReader Reader { get; }

    public StreamReport Report => Reader.Report!;

    /// <summary>After so many milliseconds this arrives, and is read.</summary>
    public TelemetryRun After(double milliseconds, string piece)
    {
        Time.Advance(milliseconds);
        Reader.Append(Encoding.UTF8.GetBytes(piece));
        Drain();
        return this;
    }

    /// <summary>After so many milliseconds an update of an SDK arrives, a text, and is read: property by property, or as JSON.</summary>
    public TelemetryRun AfterPayload(double milliseconds, string text, bool isWritten)
    {
        Time.Advance(milliseconds);
        if (isWritten)
        {
            ModelPayload payload = Reader.StartPayload();
            payload.StartObject();
            payload.StartArray("choices"u8);
            payload.StartObject();
            payload.StartObject("delta"u8);
            payload.WriteString("content"u8, text);
            payload.EndObject();
            payload.EndObject();
            payload.EndArray();
            payload.EndObject();
            Reader.EndPayload();
        }
        else
        {
            Reader.AppendPayload(Encoding.UTF8.GetBytes($$$"""{"choices":[{"index":0,"delta":{"content":"{{{text}}}"}}]}"""));
        }

        Drain();
        return this;
    }

    /// <summary>After so many milliseconds the source ends.</summary>
    public TelemetryRun EndAfter(double milliseconds)
    {
        Time.Advance(milliseconds);
        Reader.Complete();
        Drain();
        return this;
    }

    public void Dispose() => Reader.Dispose();

    /// <summary>A piece of a call's arguments as a Chat event.</summary>
    public static string Arguments(string text, string identity = "") => Sse(
        $$$"""{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,{{{identity}}}"function":{{{{(identity.Length > 0 ? "\"name\":\"sail\"," : string.Empty)}}}"arguments":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}}]}}]}""");

    public static string Sse(string payload) => $"data: {payload}\n\n";

    /// <summary>All that a report says but the times.</summary>
    public static string WithoutTimes(StreamReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Protocol} {report.Outcome} {report.BytesReceived} {report.DeltaCount} {report.BetweenDeltas.Count} {report.Usage}");
        text.Append(CultureInfo.InvariantCulture, $" {report.UnrecordedPathCount} {report.TimeToFirstValue is null} {report.TimeToFirstMatch is null} {report.TimeToFirstDelta is null}\n");
        text.AppendJoin(' ', report.Anomalies.Select(anomaly => $"{anomaly.Key}={anomaly.Value}")).Append('\n');
        foreach (ItemReport item in report.Items)
        {
            text.Append(CultureInfo.InvariantCulture, $"{item.Kind} {item.Index} {item.Choice} {item.ToolName} {item.StartWireOffset} {item.EndedAt is null} {item.Outcome} {item.IsSafeToExecute} {item.DeltaCount} {item.TextBytes}\n");
            foreach (PathReport path in item.Paths)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {path with { StartedAt = default, CompletedAt = path.CompletedAt is null ? null : TimeSpan.Zero }}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Times that can be compared with literals.</summary>
    public static IEnumerable<double?> Milliseconds(params TimeSpan?[] times) => times.Select(time => time?.TotalMilliseconds);

    private void Drain()
    {
        while (Reader.TryRead(out _))
        {
        }
    }
}
