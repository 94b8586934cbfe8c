using System;
using System.Collections.Generic;
using System.Linq;

namespace StreamingJson.Benchmarks.Forwarding;

/// <summary>Whether memory grew: the median of the slopes between all two samples (Theil and Sen), which a sample that lies off does not tilt.</summary>
/// <param name="Growth">Bytes that a line of this slope rises, from no byte read to all.</param>
/// <param name="Bound">The most that is no growth: <see cref="BlockSize"/> for each stream.</param>
internal sealed record SoakVerdict(double Growth, long Bound)
{
    /// <summary>
    /// What a stream may hold of its bytes at one moment and not at another: a block of a pipe. That is as far as two samples of a program that keeps nothing
    /// may lie apart; whatever keeps but a byte of each of the 24,000 events of ten minutes has grown by six times as much.
    /// </summary>
    public const int BlockSize = 4096;

    public bool IsPassed => Growth <= Bound;

    /// <summary>Of samples that were taken when every stream had all of its buffers: growth before that is its start.</summary>
    public static SoakVerdict Of(IReadOnlyList<ForwardStatistics> samples, SoakPlan plan)
    {
        double[] slopes = [.. (from later in samples
                               from earlier in samples
                               where later.BytesRead > earlier.BytesRead
                               select (double)(later.LiveBytes - earlier.LiveBytes) / (later.BytesRead - earlier.BytesRead)).Order()];
        double median = slopes.Length > 0 ? (slopes[(slopes.Length - 1) / 2] + slopes[slopes.Length / 2]) / 2
            : throw new ArgumentException("Fewer than two samples have no slope.", nameof(samples));
        return new SoakVerdict(median * plan.Bytes, (long)plan.Streams * BlockSize);
    }
}
