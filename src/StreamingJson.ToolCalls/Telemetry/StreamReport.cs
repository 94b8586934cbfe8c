using System;
using System.Collections.Generic;
using StreamingJson.ToolCalls.Telemetry;

namespace StreamingJson.ToolCalls;

/// <summary>What was measured of one stream: times, rates, anomalies, outcomes, and where each value began and completed.</summary>
/// <remarks>
/// <para>
/// It grows with the events that are read, is final at <see cref="ModelEventKind.StreamEnded"/>, and stays readable after the reader was reset or disposed.
/// Nothing in it depends on how the bytes were cut, except the times.
/// </para>
/// <para>
/// Times are since the start: <see cref="StreamTelemetryOptions.RequestTimestamp"/>, else the moment the reader was made or reset. They are times of
/// <em>arrival</em>: the clock is read once for each chunk that is appended, and once at the end; all that a chunk brought arrived together, however
/// long the caller takes to read it. Where a file is read the times are those of reading it. Of an SDK's updates (<see cref="ModelStreamReader.StartPayload"/>,
/// <see cref="ModelStreamReader.AppendPayload"/>) it is read once for each; their bytes on the wire are not known, so there is no first byte, no size and no rate of bytes.
/// </para>
/// Not thread-safe.
/// </remarks>
public sealed class StreamReport
{
    private readonly SortedDictionary<AnomalyKind, int> _anomalies = new();
    private readonly List<ItemReport> _items = new();
    private readonly DurationHistogram? _delays;
    private TimeSpan _longestDelay;
    private TimeSpan _lastDelta;

    /// <param name="isKept">Whether somebody will look at it; else it only carries what the instruments are given.</param>
    internal StreamReport(bool isKept) => _delays = isKept ? new DurationHistogram() : null;

    /// <summary>The protocol, given or recognised; <see cref="ModelProtocol.Auto"/> while it is not known.</summary>
    public ModelProtocol Protocol { get; internal set; }

    /// <summary>How the stream ended, as <see cref="ModelMessage.Outcome"/>; <see cref="JsonOutcome.Partial"/> if it was not read to its end.</summary>
    public JsonOutcome Outcome { get; internal set; }

    /// <summary>How many bytes of the wire were received; 0 where an SDK received them.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>How many deltas (of text, reasoning, refusals and arguments) were read.</summary>
    public long DeltaCount { get; private set; }

    /// <summary>The first byte of the stream; <see langword="null"/> if none came, or an SDK received it.</summary>
    public TimeSpan? TimeToFirstByte { get; internal set; }

    /// <summary>The first delta, of whatever item.</summary>
    public TimeSpan? TimeToFirstDelta { get; private set; }

    /// <summary>
    /// The first JSON value that is no container, in the arguments of a call or in structured text: a string at its opening quote, a number or literal when it
    /// is whole.
    /// </summary>
    public TimeSpan? TimeToFirstValue { get; internal set; }

    /// <summary>The first whole value that <see cref="StreamTelemetryOptions.FirstMatch"/> selects; <see langword="null"/> without a pattern, too.</summary>
    public TimeSpan? TimeToFirstMatch { get; internal set; }

    /// <summary>The end: the last byte was read, and the source said that no other follows; or the stream could not be read on.</summary>
    public TimeSpan? TimeToEnd { get; internal set; }

    /// <summary>The delays between one delta and the next, over all items.</summary>
    public DelayStatistics BetweenDeltas => new(Math.Max(0, DeltaCount - 1), _delays?.Percentile(50) ?? default, _delays?.Percentile(95) ?? default, _longestDelay);

    /// <summary>The newest numbers that the provider gave.</summary>
    public ModelUsage Usage { get; internal set; }

    /// <summary>
    /// Output tokens, as the provider counts them, a second, from the first delta to the last; <see langword="null"/> where it gave no number, or all deltas arrived together.
    /// </summary>
    public double? OutputTokensPerSecond => Usage.OutputTokens is { } tokens && TimeToFirstDelta is { } first ? Rate(tokens, _lastDelta - first) : null;

    /// <summary>Bytes of the wire a second, from the first byte to the end; <see langword="null"/> before the end, or where all of it arrived together.</summary>
    public double? BytesPerSecond => TimeToFirstByte is { } first && TimeToEnd is { } end ? Rate(BytesReceived, end - first) : null;

    /// <summary>How often something was off, by its kind; kinds that did not occur are not there.</summary>
    public IReadOnlyDictionary<AnomalyKind, int> Anomalies => _anomalies;

    /// <summary>The items in the order of their first event. Their number is bounded by <see cref="ToolCallLimits.MaxItems"/>.</summary>
    public IReadOnlyList<ItemReport> Items => _items;

    /// <summary>
    /// How many values were left out of <see cref="ItemReport.Paths"/>, because <see cref="StreamTelemetryOptions.MaxPaths"/> were there or the pointer is
    /// longer than 1,024 characters.
    /// </summary>
    public long UnrecordedPathCount { get; internal set; }

    /// <summary>How many calls ended in this way; for <see cref="ToolCallOutcome.Open"/>, how many did not end.</summary>
    public int CountCalls(ToolCallOutcome outcome)
    {
        int count = 0;
        foreach (ItemReport item in _items)
        {
            count += item.Kind == MessageItemKind.ToolCall && item.Outcome == outcome ? 1 : 0;
        }

        return count;
    }

    internal TimeSpan LongestDelay => _longestDelay;

    internal void Add(ItemReport item) => _items.Add(item);

    internal void Add(AnomalyKind kind) => _anomalies[kind] = _anomalies.TryGetValue(kind, out int count) ? count + 1 : 1;

    /// <summary>Counts a delta.</summary>
    /// <returns>The time since the one before; <see langword="null"/> for the first.</returns>
    internal TimeSpan? AddDelta(TimeSpan at)
    {
        TimeSpan? delay = null;
        if (DeltaCount++ == 0)
        {
            TimeToFirstDelta = at;
        }
        else
        {
            delay = at - _lastDelta;
            _delays?.Add(delay.Value);
            _longestDelay = delay.Value > _longestDelay ? delay.Value : _longestDelay;
        }

        _lastDelta = at;
        return delay;
    }

    private static double? Rate(long amount, TimeSpan duration) => duration > TimeSpan.Zero ? amount / duration.TotalSeconds : null;
}
