using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Demo;

/// <summary>Gives a recording to a parser, chunk by chunk, and tells after each what there is to see.</summary>
internal static class DemoPlayer
{
    /// <param name="recording">What is played.</param>
    /// <param name="parser">A parser as good as new; snapshots of the frames live as long as it.</param>
    /// <param name="speed">How many times as fast as recorded; 0 does not wait at all.</param>
    /// <param name="cancellationToken">Stops the playing.</param>
    public static async IAsyncEnumerable<DemoFrame> PlayAsync(
        Recording recording, StreamingJsonParser parser, double speed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trail = new PointerTrail();
        long startedAt = Stopwatch.GetTimestamp();
        int start = 0;
        TimeSpan at = TimeSpan.Zero;
        foreach (int end in recording.ChunkEnds)
        {
            at += Recording.Interval;
            await WaitUntilAsync(at, startedAt, speed, cancellationToken);
            parser.Append(recording.Content.AsSpan(start, end - start));
            start = end;
            yield return CreateFrame(parser, trail, at);
        }

        parser.EnsureComplete();
        yield return CreateFrame(parser, trail, at);
    }

    private static DemoFrame CreateFrame(StreamingJsonParser parser, PointerTrail trail, TimeSpan at)
    {
        JsonSnapshot snapshot = parser.Snapshot;
        List<DemoCompletion> completions = [];
        List<DemoGrowth> growths = [];
        foreach (JsonEvent next in parser.Events)
        {
            switch (next.Kind)
            {
                case JsonEventKind.Started:
                    trail.Enter(next);
                    break;

                case JsonEventKind.StringDelta:
                    growths.Add(new DemoGrowth(Encoding.UTF8.GetString(trail.Current), Encoding.UTF8.GetString(next.TextUtf8)));
                    break;

                case JsonEventKind.Completed:
                    completions.Add(new DemoCompletion(Encoding.UTF8.GetString(trail.Current), next.Element, at, snapshot.ByteCount));
                    trail.Leave();
                    break;
            }
        }

        return new DemoFrame(at, snapshot, completions, growths, parser.Meters);
    }

    // Behind the schedule, on a slow terminal say, nothing is waited for.
    internal static async Task WaitUntilAsync(TimeSpan at, long startedAt, double speed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (speed > 0)
        {
            TimeSpan ahead = (at / speed) - Stopwatch.GetElapsedTime(startedAt);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, cancellationToken);
            }
        }
    }
}
