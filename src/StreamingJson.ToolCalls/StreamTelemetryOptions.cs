using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StreamingJson.ToolCalls;

/// <summary>How streams are measured. Immutable; may be shared.</summary>
/// <remarks>
/// Nothing here turns measuring on: that is done by whoever listens to the <see cref="Meter"/> or the <see cref="ActivitySource"/> (both are named
/// <see cref="SourceName"/>), or by <see cref="ModelStreamOptions.Report"/>. It is decided when a stream begins: when the reader is made or reset.
/// </remarks>
public sealed record StreamTelemetryOptions
{
    /// <summary>The name of the <see cref="Meter"/> and of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "StreamingJson";

    /// <summary>The clock of the system, no pattern, 1,000 paths, no names of tools, no GenAI names.</summary>
    public static StreamTelemetryOptions Default { get; } = new();

    /// <summary>The clock. It is not read unless something is measured.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The <see cref="TimeProvider.GetTimestamp"/> of <see cref="TimeProvider"/> at which the request was sent, so that times count from there; by default they
    /// count from the moment the reader was made. It holds for the first stream of a reader: after <see cref="ModelStreamReader.Reset"/> they count from there.
    /// </summary>
    public long? RequestTimestamp { get; init; }

    /// <summary>
    /// Which values to wait for in the arguments of calls and in structured text: <see cref="StreamReport.TimeToFirstMatch"/> is when the first of them was
    /// whole. Values whose pointer is longer than 1,024 characters do not count.
    /// </summary>
    public PathPattern? FirstMatch { get; init; }

    /// <summary>The most values that one report tells the times and offsets of, over all items; a negative number is 0. 1,000.</summary>
    public int MaxPaths { get; init; } = 1000;

    /// <summary>
    /// Whether the measurements of calls say which tool was called (<c>gen_ai.tool.name</c>). False by default: it is what the model wrote, and there may be
    /// many names. A report always says it.
    /// </summary>
    public bool ToolNames { get; init; }

    /// <summary>Whether to measure under the names of OpenTelemetry's conventions for generative AI too (<c>gen_ai.client.*</c>). False by default.</summary>
    public bool GenAINames { get; init; }
}
