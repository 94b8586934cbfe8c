using System;
using System.Buffers;

namespace StreamingJson.Tool.Verification;

/// <summary>Appends a part of a text to a parser, through an entry point.</summary>
internal sealed class Feeder(byte[] content, char[] chars)
{
    public void Feed(StreamingJsonParser parser, EntryPoint entryPoint, int start, int end)
    {
        switch (entryPoint)
        {
            case EntryPoint.Chars:
                parser.TryAppend(chars.AsSpan(start, end - start));
                break;

            case EntryPoint.Sequence:
                parser.TryAppend(InThree(content.AsMemory(start, end - start)));
                break;

            case EntryPoint.Buffer when parser.Outcome == JsonOutcome.Partial:
                content.AsSpan(start, end - start).CopyTo(parser.GetSpan(end - start));
                Advance(parser, end - start);
                break;

            default:
                parser.TryAppend(content.AsSpan(start, end - start));
                break;
        }
    }

    // The only entry point that has no Try form.
    private static void Advance(StreamingJsonParser parser, int count)
    {
        try
        {
            parser.Advance(count);
        }
        catch (StreamingJsonException)
        {
            // Stands in parser.Error.
        }
    }

    private static ReadOnlySequence<byte> InThree(ReadOnlyMemory<byte> memory)
    {
        int half = memory.Length / 2;
        var first = new Segment(memory[..half], previous: null);
        var last = new Segment(memory[half..], new Segment(default, first));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
