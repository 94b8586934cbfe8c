using System.Diagnostics;
using System.Diagnostics.Metrics;
using StreamingJson.AspNetCore.Formats;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Forwarding;

/// <summary>The instruments of docs/aspnetcore.md that measure forwarding, on a meter with the same name as that of the streams.</summary>
internal static class ForwardInstruments
{
    private const string Format = "streamingjson.format";
    private const string Outcome = "streamingjson.outcome";

    private static readonly Meter Meter = new(StreamTelemetryOptions.SourceName, typeof(ForwardInstruments).Assembly.GetName().Version?.ToString(3));

    public static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>("streamingjson.forward.active", "{stream}", "Streams that are being forwarded.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("streamingjson.forward.duration", "s", "From the beginning of a forwarded stream to its end.");
    private static readonly Histogram<long> Size = Meter.CreateHistogram<long>("streamingjson.forward.size", "By", "Bytes sent to the client of a forwarded stream.");

    public static void RecordEnd(ForwardedAnswer result)
    {
        if (Duration.Enabled || Size.Enabled)
        {
            var tags = new TagList { { Format, NameOf(result.Options.Format) }, { Outcome, FormatNames.Of(result.Outcome) } };
            Duration.Record(result.Duration.TotalSeconds, tags);
            Size.Record(result.BytesSent, tags);
        }
    }

    private static string NameOf(ModelStreamFormat format) => format switch
    {
        ModelStreamFormat.UIMessageStream => "ui-message-stream",
        ModelStreamFormat.AgUI => "ag-ui",
        _ => "json-patch",
    };
}
