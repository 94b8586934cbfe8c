using System;
using System.Collections.Generic;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>
/// Makes a log of bytes that are all there and have no times: a recording, a pasted body. They arrive as over a line of a constant rate, a
/// frame at a time; of a JSON text, a few bytes at a time, as a model writes.
/// </summary>
internal static class ReplayLog
{
    /// <summary>The rate of frames, in bytes a second: with the envelopes of a provider, about 20 tokens.</summary>
    private const double FrameRate = 2_500;

    /// <summary>The rate of bare JSON, in bytes a second.</summary>
    private const double TextRate = 400;

    /// <summary>The longest replay: a longer text has a higher rate.</summary>
    private const double MaxSeconds = 20;

    /// <summary>The most chunks, about: more frames than that arrive together.</summary>
    private const int MaxChunks = 4_000;

    private const int LongestToken = 8;

    /// <summary>The log of a text, and the rate of its clock in bytes a second.</summary>
    /// <param name="content">The text.</param>
    /// <param name="isAll">Whether it is all of it.</param>
    /// <param name="shape">What it is taken for.</param>
    public static (ChunkLog Log, double Rate) Create(ReadOnlyMemory<byte> content, bool isAll, StreamShape shape)
    {
        double rate = Math.Max(shape.IsModelStream ? FrameRate : TextRate, content.Length / MaxSeconds);
        var log = new ChunkLog();
        int start = 0;
        TimeSpan at = TimeSpan.Zero;
        foreach (int end in Merge(shape.Framing is { } framing ? FrameEnds(content, framing) : TokenEnds(content.Span), content.Length))
        {
            at = TimeSpan.FromMilliseconds(Math.Round(end * 1000.0 / rate));
            if (!log.TryAppend(at, content[start..end]))
            {
                break;
            }

            start = end;
        }

        if (isAll)
        {
            log.Complete(at);
        }
        else
        {
            log.Complete(at, LogEnd.Limit, log.LimitReason);
        }

        return (log, rate);
    }

    private static IEnumerable<int> Merge(IEnumerable<int> ends, int length)
    {
        int least = length / MaxChunks;
        int last = 0;
        foreach (int end in ends)
        {
            if (end - last > least && end < length)
            {
                yield return last = end;
            }
        }

        if (length > 0)
        {
            yield return length;
        }
    }

    private static List<int> FrameEnds(ReadOnlyMemory<byte> content, FrameFormat framing)
    {
        using var frames = new FrameReader(framing, new FrameReaderOptions { MaxFrameBytes = ModelStreamOptions.Default.MaxFrameBytes, ReportUnknownFields = true });
        List<int> ends = [];
        int mark = TextParts.MarkLength(framing, content.Span);
        for (int start = mark; start < content.Length; start += TextParts.PartSize)
        {
            frames.Append(content.Span.Slice(start, Math.Min(TextParts.PartSize, content.Length - start)));
            while (frames.TryRead(out Frame frame))
            {
                ends.Add(mark + (int)frame.EndOffset);
            }

            if (frames.Error is not null)
            {
                break;
            }
        }

        return ends;
    }

    // The same cuts at every run. They fall anywhere but inside of a character, so that a chunk can be shown.
    private static List<int> TokenEnds(ReadOnlySpan<byte> content)
    {
        var random = new Random(content.Length);
        List<int> ends = [];
        for (int end = 0; end < content.Length;)
        {
            end = Math.Min(content.Length, end + random.Next(1, LongestToken + 1));
            while (end < content.Length && (content[end] & 0xC0) == 0x80)
            {
                end++;
            }

            ends.Add(end);
        }

        return ends;
    }
}
