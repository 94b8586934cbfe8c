using System;

namespace StreamingJson.ToolCalls;

/// <summary>The delays between the deltas of a stream.</summary>
/// <param name="Count">How many there were: one less than deltas, or none.</param>
/// <param name="Median">
/// The 50th percentile, by nearest rank; at most 1.6 % off, for it is read from a histogram of fixed size. Zero where several deltas come in
/// most chunks, because those of one chunk arrived together.
/// </param>
/// <param name="P95">The 95th percentile, likewise.</param>
/// <param name="Max">The longest silence; exact.</param>
public readonly record struct DelayStatistics(long Count, TimeSpan Median, TimeSpan P95, TimeSpan Max);
