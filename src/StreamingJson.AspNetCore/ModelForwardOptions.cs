using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore;

/// <summary>How a stream is forwarded. Immutable; may be shared by all requests, unless it has an id that belongs to one of them.</summary>
public sealed record ModelForwardOptions
{
    /// <summary>A UI message stream, a comment every 15 s of silence, nothing redacted, no pace.</summary>
    public static ModelForwardOptions Default { get; } = new();

    /// <summary>What is written. <see cref="ModelStreamFormat.UIMessageStream"/> by default.</summary>
    public ModelStreamFormat Format { get; init; }

    /// <summary>
    /// What to expect of the provider. Texts are kept (<see cref="ModelStreamOptions.KeepText"/>) only if there is an
    /// <see cref="OnEnded"/>. Not used for a <see cref="ModelStream"/>, which has its own.
    /// </summary>
    public ModelStreamOptions Source { get; init; } = ModelStreamOptions.Default;

    /// <summary>
    /// Which of several choices (<c>n</c> of OpenAI Chat) is forwarded, from 0. <see langword="null"/>, the default: patches carry all, each item with
    /// its <c>choice</c>; a UI message stream and a run of AG-UI are one message, which is the first. If the provider does not send that choice, only the end is forwarded.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Choice { get; init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value)); }

    /// <summary>
    /// How often deltas are sent: those that come faster are joined. <see langword="null"/>, the default: each as it came. Beginnings and ends are not held
    /// back, and what was held back goes before them. The clock is <see cref="TimeProvider"/>, not that of the pace.
    /// </summary>
    /// <exception cref="ArgumentException">The value asks for completions (<see cref="Pace.OnCompletion"/>): those of calls are never held back, others are not known.</exception>
    public Pace? Pace
    {
        get;
        init => field = value is not { OnCompletion: true } ? value : throw new ArgumentException("Completions cannot be asked for.", nameof(value));
    }

    /// <summary>
    /// After how long a silence a comment is sent, which keeps proxies and browsers from giving up, and finds out whether the client is still there. 15 s by
    /// default; <see cref="Timeout.InfiniteTimeSpan"/>: never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan Heartbeat
    {
        get;
        init => field = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan ? value : throw new ArgumentOutOfRangeException(nameof(value));
    } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Paths (<see cref="PathPattern"/>) of values in visible text, which is then JSON: no byte of them leaves. If a text turns out not to be JSON,
    /// nothing of it leaves from that byte on. Reasoning and refusals are not JSON and not looked at: see <see cref="IncludeReasoning"/>.
    /// </summary>
    /// <exception cref="PathPatternException">A path is not a pattern.</exception>
    public IReadOnlyList<string> RedactText { get; init => field = CheckPaths(value); } = [];

    /// <summary>Paths of values in the arguments of every tool call: no byte of them leaves. If arguments turn out not to be JSON, nothing of them leaves from that byte on.</summary>
    /// <exception cref="PathPatternException">A path is not a pattern.</exception>
    public IReadOnlyList<string> RedactArguments { get; init => field = CheckPaths(value); } = [];

    /// <summary>A JSON text that replaces each redacted value; <see langword="null"/>, the default, is <c>"[redacted]"</c>.</summary>
    /// <exception cref="JsonException">The value is not one JSON text.</exception>
    public string? Replacement { get; init => field = CheckJson(value); }

    /// <summary>Whether reasoning is forwarded. True by default.</summary>
    public bool IncludeReasoning { get; init; } = true;

    /// <summary>
    /// Called with the stream before its first read, to add guards (<see cref="ModelStream.StopOnText"/>, <see cref="ModelStream.StopOnArguments"/>) or awaits. The
    /// delta that makes a guard stop the stream does not leave, nor does what was held back.
    /// </summary>
    public Action<ModelStream>? Configure { get; init; }

    /// <summary>
    /// Called when all is over, however it ended, also if the client went away: to log the complete response. Its argument is valid until it returns.
    /// What it throws comes out of the endpoint.
    /// </summary>
    public Func<ForwardedAnswer, ValueTask>? OnEnded { get; init; }

    /// <summary>
    /// What the client is told about a failure. <see langword="null"/>, the default: a sentence for each <see cref="ForwardOutcome"/>, and nothing of what the
    /// provider said, which may name accounts, hosts or limits.
    /// </summary>
    public Func<ForwardedAnswer, string>? DescribeFailure { get; init; }

    /// <summary>
    /// The id of the message. <see langword="null"/>, the default: a UI message stream has none, so that the client keeps its own; AG-UI gets the provider's, or a
    /// new one.
    /// </summary>
    public string? MessageId { get; init; }

    /// <summary>AG-UI: the thread, as the client named it in its request; <see langword="null"/>: a new id.</summary>
    public string? ThreadId { get; init; }

    /// <summary>AG-UI: the run, as the client named it in its request; <see langword="null"/>: a new id.</summary>
    public string? RunId { get; init; }

    /// <summary>Patches: only operations of RFC 6902, at the price of bytes (<see cref="JsonPatchOptions.StandardOnly"/>): use a <see cref="Pace"/>. False by default.</summary>
    public bool StandardPatches { get; init; }

    /// <summary>The clock and its timers; <see cref="TimeProvider.System"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = TimeProvider.System;

    private static IReadOnlyList<string> CheckPaths(IReadOnlyList<string> paths)
    {
        foreach (string path in paths ?? throw new ArgumentNullException(nameof(paths)))
        {
            _ = PathPattern.Parse(path);
        }

        return paths;
    }

    private static string? CheckJson(string? text)
    {
        if (text is not null)
        {
            JsonDocument.Parse(text).Dispose();
        }

        return text;
    }
}
