using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Demo;

/// <summary>Shows what a reader makes of a stream; one implementation for eyes, one for files.</summary>
internal interface IModelDemoView
{
    /// <summary>An event was read.</summary>
    /// <param name="next">The event.</param>
    /// <param name="at">The time on the clock of the recording.</param>
    /// <param name="bytes">How many bytes of the stream were there.</param>
    /// <param name="message">The message so far.</param>
    void Show(in ModelEvent next, TimeSpan at, int bytes, ModelMessage message);

    /// <summary>All events of a chunk were shown.</summary>
    void EndChunk(TimeSpan at, int bytes, ModelMessage message, bool isLast);
}

/// <summary>Gives a recorded stream to a reader, chunk by chunk.</summary>
internal static class ModelDemoPlayer
{
    /// <param name="recording">What is played.</param>
    /// <param name="view">Who is told.</param>
    /// <param name="speed">How many times as fast as recorded; 0 does not wait at all.</param>
    /// <param name="cancellationToken">Stops the playing.</param>
    public static async Task PlayAsync(ModelRecording recording, IModelDemoView view, double speed, CancellationToken cancellationToken)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = recording.Protocol });
        long startedAt = Stopwatch.GetTimestamp();
        int start = 0;
        TimeSpan at = TimeSpan.Zero;
        foreach (int end in recording.ChunkEnds)
        {
            at += ModelRecording.Interval;
            await DemoPlayer.WaitUntilAsync(at, startedAt, speed, cancellationToken);
            reader.Append(recording.Content.AsSpan(start, end - start));
            start = end;
            Drain(reader, view, at, end);
            view.EndChunk(at, end, reader.Message, isLast: false);
        }

        reader.Complete();
        Drain(reader, view, at, start);
        view.EndChunk(at, start, reader.Message, isLast: true);
    }

    private static void Drain(ModelStreamReader reader, IModelDemoView view, TimeSpan at, int bytes)
    {
        while (reader.TryRead(out ModelEvent next))
        {
            view.Show(next, at, bytes, reader.Message);
        }
    }
}
