using System;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>After warm-up nothing is allocated: not for a chunk, not for a frame, not for a header.</summary>
public sealed class AllocationTests
{
    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public void Reading_AllocatesNothing(FrameFormat format)
    {
        byte[] input = Samples.Many(format, 40);
        using var reader = new FrameReader(format, new() { ReportUnknownFields = true, DeliverUnterminated = true });
        AssertAllocatesNothing(() => ReadAll(reader, input, 16));
        AssertAllocatesNothing(() => ReadAll(reader, input, input.Length));
    }

    [Fact]
    public void Messages_AllocateNothing()
    {
        using var reader = new FrameReader(FrameFormat.Message);
        byte[] piece = new byte[50];
        AssertAllocatesNothing(() =>
        {
            int bytes = 0;
            for (int i = 0; i < 100; i++)
            {
                reader.Append(piece);
                reader.Append(piece);
                reader.EndMessage();
                bytes += reader.TryRead(out Frame frame) ? frame.Data.Length : 0;
            }

            return bytes;
        });
    }

    [Fact]
    public void Writing_AllocatesNothing()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>(4096);
        AssertAllocatesNothing(() =>
        {
            output.ResetWrittenCount();
            ServerSentEventWriter.WriteRetry(output, TimeSpan.FromSeconds(3));
            ServerSentEventWriter.WriteComment(output, "ping"u8);
            ServerSentEventWriter.WriteEvent(output, "{\"a\":1}\nsecond"u8, "delta"u8, "17"u8);
            NdJsonWriter.WriteLine(output, "{}"u8);
            return output.WrittenCount;
        });
    }

    private static int ReadAll(FrameReader reader, byte[] input, int size)
    {
        // The sum keeps the loop from being optimised away.
        int sum = 0;
        reader.Reset();
        for (int at = 0; at < input.Length; at += size)
        {
            reader.Append(input.AsSpan(at, Math.Min(size, input.Length - at)));
            sum += Drain(reader);
        }

        reader.Complete();
        return sum + Drain(reader);
    }

    private static int Drain(FrameReader reader)
    {
        int sum = 0;
        while (reader.TryRead(out Frame frame))
        {
            sum += frame.Data.Length + frame.EventType.Length + frame.Id.Length;
            foreach (EventStreamHeader header in frame.Headers)
            {
                sum += header.RawValue.Length;
            }
        }

        return sum;
    }

    /// <summary>
    /// A single window is not exact (tier promotion is billed to the thread that happens to run), so the least of many counts.
    /// </summary>
    private static void AssertAllocatesNothing(Func<int> action)
    {
        int sum = 0;
        for (int i = 0; i < 100; i++)
        {
            sum += action();
        }

        long least = long.MaxValue;
        for (int i = 0; i < 30; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            sum += action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.NotEqual(0, sum);
        Assert.Equal(0, least);
    }
}
