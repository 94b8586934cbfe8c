using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StreamingJson.ToolCalls.Telemetry;

/// <summary>The instruments and the source of activities, by the names of docs/telemetry.md.</summary>
internal static class StreamInstruments
{
#if NET9_0_OR_GREATER
    // Those of OpenTelemetry's GenAI conventions, and below them those that pauses between tokens need. Above the instruments, which are made with it.
    private static readonly InstrumentAdvice<double> SecondsAdvice = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };
#endif

    public static readonly ActivitySource Activities = new(StreamTelemetryOptions.SourceName, Version);
    public static readonly Meter Meter = new(StreamTelemetryOptions.SourceName, Version);

    public static readonly Histogram<double> TimeToFirstByte = Seconds("streamingjson.stream.time_to_first_byte", "From the start of a stream to its first byte.");
    public static readonly Histogram<double> TimeToFirstDelta = Seconds("streamingjson.stream.time_to_first_delta", "From the start of a stream to its first delta.");
    public static readonly Histogram<double> TimeToFirstValue = Seconds("streamingjson.stream.time_to_first_value", "From the start of a stream to its first JSON value that is no container.");
    public static readonly Histogram<double> TimeToFirstMatch = Seconds("streamingjson.stream.time_to_first_match", "From the start of a stream to the first whole value that the pattern selects.");
    public static readonly Histogram<double> TimeBetweenDeltas = Seconds("streamingjson.stream.time_between_deltas", "From one delta to the next.");
    public static readonly Histogram<double> LongestSilence = Seconds("streamingjson.stream.longest_silence", "The longest time between two deltas of a stream.");
    public static readonly Histogram<double> Duration = Seconds("streamingjson.stream.duration", "From the start of a stream to its end.");
    public static readonly Histogram<double> CallDuration = Seconds("streamingjson.tool_call.duration", "From the beginning of a tool call to its end.");
    public static readonly Histogram<long> Size = Meter.CreateHistogram<long>("streamingjson.stream.size", "By", "Bytes of a stream.");
    public static readonly Histogram<double> ByteRate = Meter.CreateHistogram<double>("streamingjson.stream.byte_rate", "By/s", "Bytes a second, from the first byte to the end.");
    public static readonly Histogram<double> TokenRate = Meter.CreateHistogram<double>("streamingjson.stream.output_token_rate", "{token}/s", "Output tokens a second, from the first delta to the last.");
    public static readonly Counter<long> Anomalies = Meter.CreateCounter<long>("streamingjson.stream.anomalies", "{anomaly}", "What was off in streams and was survived.");

    private static readonly Instrument[] All =
    [
        TimeToFirstByte, TimeToFirstDelta, TimeToFirstValue, TimeToFirstMatch, TimeBetweenDeltas, LongestSilence, Duration, CallDuration, Size, ByteRate,
        TokenRate, Anomalies,
    ];

    /// <summary>Whether anybody listens to anything of it.</summary>
    public static bool AreListenedTo
    {
        get
        {
            foreach (Instrument instrument in All)
            {
                if (instrument.Enabled)
                {
                    return true;
                }
            }

            return Activities.HasListeners();
        }
    }

    private static string? Version => typeof(StreamInstruments).Assembly.GetName().Version?.ToString(3);

    /// <summary>A histogram of durations, with boundaries that suit streams where the platform can be told of them.</summary>
    public static Histogram<double> Seconds(string name, string description)
    {
#if NET9_0_OR_GREATER
        return Meter.CreateHistogram(name, "s", description, tags: null, SecondsAdvice);
#else
        return Meter.CreateHistogram<double>(name, "s", description);
#endif
    }

    /// <summary>Records what is known of a stream when it is over.</summary>
    public static void RecordEnd(StreamReport report, string outcome, TimeSpan end)
    {
        var tags = new TagList { { StreamTags.Protocol, StreamTags.NameOf(report.Protocol) } };
        foreach (KeyValuePair<AnomalyKind, int> anomaly in report.Anomalies)
        {
            TagList kind = tags;
            kind.Add(StreamTags.Anomaly, StreamTags.NameOf(anomaly.Key));
            Anomalies.Add(anomaly.Value, kind);
        }

        Record(TimeToFirstByte, report.TimeToFirstByte, tags);
        Record(TimeToFirstDelta, report.TimeToFirstDelta, tags);
        Record(TimeToFirstValue, report.TimeToFirstValue, tags);
        Record(TimeToFirstMatch, report.TimeToFirstMatch, tags);
        Record(LongestSilence, report.DeltaCount > 1 ? report.LongestDelay : null, tags);
        tags.Add(StreamTags.Outcome, outcome);
        Record(Duration, end, tags);
        if (report.BytesReceived > 0)
        {
            Size.Record(report.BytesReceived, tags);
        }

        Record(ByteRate, report.BytesPerSecond, tags);
        Record(TokenRate, report.OutputTokensPerSecond, tags);
    }

    /// <summary>Records a time that is known.</summary>
    public static void Record(Histogram<double> instrument, TimeSpan? time, in TagList tags)
    {
        if (time is { } value)
        {
            instrument.Record(value.TotalSeconds, tags);
        }
    }

    private static void Record(Histogram<double> instrument, double? rate, in TagList tags)
    {
        if (rate is { } value)
        {
            instrument.Record(value, tags);
        }
    }
}
