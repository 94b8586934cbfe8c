using System;
using System.Buffers;
using System.Linq;
using System.Text;

namespace StreamingJson.Tests.Surface;

/// <summary>Sequences of several segments, empty ones included.</summary>
internal static class Sequences
{
    public static ReadOnlySequence<byte> Of(params string[] segments) => Of([.. segments.Select(Encoding.UTF8.GetBytes)]);

    public static ReadOnlySequence<byte> Of(params byte[][] segments)
    {
        var first = new Segment(segments[0], runningIndex: 0);
        Segment last = first;
        foreach (byte[] segment in segments.Skip(1))
        {
            last = last.Followed(segment);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Followed(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
