using System;
using StreamingJson.Framing;

namespace StreamingJson.ToolCalls;

/// <summary>What a <see cref="ModelStreamReader"/> expects and accepts. Immutable; may be shared.</summary>
public sealed record ModelStreamOptions
{
    /// <summary>Everything recognised, <see cref="ToolCallLimits.Default"/>.</summary>
    public static ModelStreamOptions Default { get; } = new();

    /// <summary>The protocol, if it is known. <see cref="ModelProtocol.Auto"/> by default.</summary>
    public ModelProtocol Protocol { get; init; }

    /// <summary>How the stream is divided, if it is known; <see langword="null"/> (the default) to recognise it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a format.</exception>
    public FrameFormat? Framing
    {
        get;
        init => field = value is null || Enum.IsDefined(typeof(FrameFormat), value) ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>The <c>Content-Type</c> of the response, if there is one: it decides the framing if <see cref="Framing"/> does not.</summary>
    public string? ContentType { get; init; }

    /// <summary>The caps.</summary>
    public ToolCallLimits Limits { get; init; } = ToolCallLimits.Default;

    /// <summary>
    /// The largest frame in bytes of the wire, see <see cref="FrameReaderOptions.MaxFrameBytes"/>. 8 MiB by default; at least 1, at most
    /// <see cref="FrameReaderOptions.LargestMaxFrameBytes"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxFrameBytes
    {
        get;
        init => field = value is >= 1 and <= FrameReaderOptions.LargestMaxFrameBytes ? value : throw new ArgumentOutOfRangeException(nameof(value));
    } = 8 * 1024 * 1024;

    /// <summary>Whether visible text is read by a parser too, for structured output: <see cref="MessageItem.TextSnapshot"/>. False by default.</summary>
    public bool ReadTextAsJson { get; init; }

    /// <summary>
    /// Whether the text of texts, reasoning and refusals is kept, to be looked at when the stream goes on: true by default. If not,
    /// <see cref="MessageItem.TextUtf8"/> is the newest delta alone, <see cref="ToolCallLimits.MaxTextBytes"/> does not count, and whole texts that a provider
    /// repeats are not compared: for streams of any length that are passed on. Arguments are kept in any case, and so is what
    /// <see cref="ReadTextAsJson"/> reads.
    /// </summary>
    public bool KeepText { get; init; } = true;

    /// <summary>Whether to measure each stream for <see cref="ModelStreamReader.Report"/>. False by default: then nothing is measured unless somebody listens.</summary>
    public bool Report { get; init; }

    /// <summary>How streams are measured, for a report and for listeners to metrics and activities.</summary>
    public StreamTelemetryOptions Telemetry { get; init; } = StreamTelemetryOptions.Default;
}
