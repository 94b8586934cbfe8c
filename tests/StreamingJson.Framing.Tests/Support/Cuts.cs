using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>The ways in which one input can arrive.</summary>
internal static class Cuts
{
    public static IEnumerable<ReadOnlyMemory<byte>> Whole(ReadOnlyMemory<byte> input) => [input];

    /// <summary>Chunks of one size, the last one shorter.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Every(ReadOnlyMemory<byte> input, int size)
    {
        for (int at = 0; at < input.Length; at += size)
        {
            yield return input.Slice(at, Math.Min(size, input.Length - at));
        }
    }

    /// <summary>Cut at each of the places, in any order; a place that occurs twice gives an empty chunk.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> At(ReadOnlyMemory<byte> input, IEnumerable<int> places)
    {
        int from = 0;
        foreach (int place in places.Select(p => (int)((uint)p % (uint)(input.Length + 1))).Order())
        {
            yield return input[from..place];
            from = place;
        }

        yield return input[from..];
    }

    /// <summary>
    /// Asserts that the outcome is the same whole, at each two-way cut, byte by byte, with empty chunks, in a middle of garbage, as
    /// segments; at each pair of cuts if short.
    /// </summary>
    public static Outcome AssertChunkingNeverShows(FrameFormat format, FrameReaderOptions? options, byte[] input)
    {
        Outcome whole = Outcome.Of(format, options, input);
        string expected = whole.ToString();
        void Same(IEnumerable<ReadOnlyMemory<byte>> chunks) => Assert.Equal(expected, Outcome.Of(format, options, chunks).ToString());

        for (int cut = 0; cut <= input.Length; cut++)
        {
            Same(At(input, [cut]));
        }

        Same(Every(input, 1));
        Same(Every(input, 2));
        Same(Every(input, 3));
        Same(Every(input, 1).SelectMany(chunk => new[] { default, chunk, default }));
        Same(Every(Padded(input), 5));
        if (input.Length <= 24)
        {
            for (int first = 0; first <= input.Length; first++)
            {
                for (int second = first; second <= input.Length; second++)
                {
                    Same(At(input, [first, second]));
                }
            }
        }

        Assert.Equal(expected, OfSequence(format, options, input));
        return whole;
    }

    /// <summary>The same bytes amid others that must not be touched.</summary>
    private static ReadOnlyMemory<byte> Padded(byte[] input)
    {
        byte[] padded = new byte[input.Length + 14];
        Array.Fill(padded, (byte)'\n');
        input.CopyTo(padded, 7);
        return padded.AsMemory(7, input.Length);
    }

    private static string OfSequence(FrameFormat format, FrameReaderOptions? options, byte[] input)
    {
        using var reader = new FrameReader(format, options);
        var outcome = new Outcome();
        reader.Append(Segments.Of(Every(input, 4).SelectMany(chunk => new[] { chunk, default })));
        outcome.Drain(reader);
        reader.Complete();
        outcome.Drain(reader);
        outcome.Finish(reader);
        return outcome.ToString();
    }
}

/// <summary>A sequence of several segments, empty ones among them.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    public static ReadOnlySequence<byte> Of(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        Segments? first = null;
        Segments? last = null;
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            var next = new Segments(chunk, last is null ? 0 : last.RunningIndex + last.Memory.Length);
            if (last is not null)
            {
                last.Next = next;
            }

            first ??= next;
            last = next;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }
}
