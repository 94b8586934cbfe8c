using System.Collections.Generic;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>Reset leaves no text behind, and costs what the last stream was, not what the largest one has been.</summary>
public sealed class ResetTests
{
    private static readonly int Large = PropertySettings.Size(5 << 20);

    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public void AfterALargeStream_ASmallOneIsCheap(FrameFormat format)
    {
        using var reader = new FrameReader(format);
        (byte[] large, _) = Samples.OneOfSize(format, Large);
        byte[] small = Samples.Many(format, 1);
        Read(reader, large);
        reader.Reset();
        long before = reader.BytesCleared;
        for (int i = 0; i < 1000; i++)
        {
            Read(reader, small);
            reader.Reset();
        }

        Assert.InRange(reader.BytesCleared - before, 1, 1000L * small.Length);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void NoTextIsLeft(FrameFormat format)
    {
        var pool = new RememberingPool();
        using var reader = new FrameReader(format, new() { ReportUnknownFields = true, DeliverUnterminated = true }, pool);
        byte[] input = Samples.Many(format, 40);
        foreach (int size in new[] { input.Length, 1, 7, 64 })
        {
            Read(reader, input, size);
            Assert.Contains(pool.Rented.SelectMany(array => array), value => value != 0);
            reader.Reset();
            Assert.All(pool.Rented, array => Assert.DoesNotContain(array, value => value != 0));
        }
    }

    private static void Read(FrameReader reader, byte[] input, int size = int.MaxValue)
    {
        foreach (System.ReadOnlyMemory<byte> chunk in size == int.MaxValue ? Cuts.Whole(input) : Cuts.Every(input, size))
        {
            reader.Append(chunk.Span);
            while (reader.TryRead(out _))
            {
            }
        }

        reader.Complete();
        while (reader.TryRead(out _))
        {
        }
    }

    /// <summary>Gives clean arrays and keeps an eye on them.</summary>
    private sealed class RememberingPool : System.Buffers.ArrayPool<byte>
    {
        public List<byte[]> Rented { get; } = [];

        public override byte[] Rent(int minimumLength)
        {
            byte[] array = new byte[minimumLength];
            Rented.Add(array);
            return array;
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
            Assert.True(clearArray);
            System.Array.Clear(array);
        }
    }
}
