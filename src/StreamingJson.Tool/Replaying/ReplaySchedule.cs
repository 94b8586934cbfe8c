using System;
using System.Collections.Generic;

namespace StreamingJson.Tool.Replaying;

/// <summary>Cuts a body into chunks and says when each is due.</summary>
internal static class ReplaySchedule
{
    // An event has about 150 bytes.
    private const int LongestRandomChunk = 200;

    /// <summary>Where each chunk ends, and at what time of the recording its last byte came. How it is cut does not change how long it takes.</summary>
    public static IEnumerable<(int End, TimeSpan At)> Of(ReplayRecording recording, ReplayCut cut)
    {
        int frame = 0;
        foreach (int end in Ends(recording, cut))
        {
            while (recording.FrameEnds[frame] < end)
            {
                frame++;
            }

            int start = frame == 0 ? 0 : recording.FrameEnds[frame - 1];
            double part = (end - start) / (double)Math.Max(1, recording.FrameEnds[frame] - start);
            yield return (end, (frame + part) * ReplayRecording.Interval);
        }
    }

    private static IEnumerable<int> Ends(ReplayRecording recording, ReplayCut cut)
    {
        if (cut is { Size: 0, Seed: null })
        {
            foreach (int end in recording.FrameEnds)
            {
                yield return end;
            }

            yield break;
        }

        Random? random = cut.Seed is { } seed ? new Random(seed) : null;
        for (int end = 0; end < recording.Body.Length;)
        {
            end = (int)Math.Min(recording.Body.Length, end + (long)(random?.Next(1, LongestRandomChunk + 1) ?? cut.Size));
            yield return end;
        }
    }
}
