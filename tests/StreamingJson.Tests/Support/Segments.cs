using System;
using System.Buffers;

namespace StreamingJson.Tests.Support;

/// <summary>Sequences of many short segments, empty ones among them, as a pipe may give them.</summary>
public static class Segments
{
    private static readonly int[] Lengths = [1, 0, 2, 3, 0, 5];

    /// <summary>The same bytes in segments of 1, 0, 2, 3, 0, 5, 1, 0, ... bytes, and an empty one at the end.</summary>
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes)
    {
        var first = new Segment(default, 0);
        Segment last = first;
        for (int i = 0; !bytes.IsEmpty; i++)
        {
            int length = Math.Min(Lengths[i % Lengths.Length], bytes.Length);
            last = last.Append(bytes[..length]);
            bytes = bytes[length..];
        }

        last = last.Append(default);
        return new ReadOnlySequence<byte>(first, 0, last, 0);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
