using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>Bytes examined are at most three times the bytes received, and so are bytes moved, at every chunk size: counted, not timed.</summary>
public sealed class LinearWorkTests
{
    private static readonly int Large = PropertySettings.Size(1 << 20);
    private static readonly int Many = PropertySettings.Size(100_000);

    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public void OneMegabyteFrame_IsLinear(FrameFormat format)
    {
        (byte[] input, _) = Samples.OneOfSize(format, Large);
        AssertLinear(format, input, 2, 1, 2, 7, 4096);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void ManySmallFrames_AreLinear(FrameFormat format) => AssertLinear(format, Samples.Many(format, PropertySettings.Size(500)), PropertySettings.Size(500), 1, 3, 16, 1000, Large);

    [Theory]
    [InlineData(FrameFormat.ServerSentEvents, "", "data: x\n", "\n", 1)]
    [InlineData(FrameFormat.ServerSentEvents, "", "data\r", "\r", 1)]
    [InlineData(FrameFormat.ServerSentEvents, "data: x\nid: ", "x", "\n\n", 1)]
    [InlineData(FrameFormat.ServerSentEvents, "data: x\nretry: ", "1", "\n\n", 1)]
    [InlineData(FrameFormat.ServerSentEvents, "data: x\n", "x", "\n\n", 1)]
    [InlineData(FrameFormat.ServerSentEvents, "", ":\r\n", "\n", 0)]
    [InlineData(FrameFormat.JsonArray, "[\"", "\\\"", "\"]", 1)]
    [InlineData(FrameFormat.JsonArray, "[\"", "\\u00e4", "\"]", 1)]
    [InlineData(FrameFormat.JsonArray, "[", "[]  ,\n", "1]", -1)]
    [InlineData(FrameFormat.JsonArray, "[{", "\"\":{},", "}]", 1)]
    [InlineData(FrameFormat.JsonArray, "[", "1", "]", 1)]
    [InlineData(FrameFormat.NdJson, "1", " ", "\n", 1)]
    [InlineData(FrameFormat.NdJson, "", "\r\n", "1\n", 1)]
    public void AwkwardShapes_AreLinear(FrameFormat format, string begin, string repeated, string end, int frames)
    {
        byte[] input = Text.Bytes(begin + string.Concat(Enumerable.Repeat(repeated, Many)) + end);
        AssertLinear(format, input, frames < 0 ? Many + 1 : frames, 1, 2, 7, 4096);
    }

    /// <summary>Each byte once for the end of its line; the name and what is before the value again; a further line of data again, because it is moved.</summary>
    [Theory]
    [InlineData("data: 1234567890\n\n", 18 + 6)]
    [InlineData("data: 1234567890\ndata: 1234567890\n\n", 35 + 6 + 6 + 10)]
    [InlineData("data: 1\n:2\n\n", 12 + 6 + 1)]
    public void TheMeter_CountsEachLook(string stream, int examined)
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        for (int pass = 0; pass < 2; pass++)
        {
            reader.Append(Text.Bytes(stream));
            Assert.Equal(1, Count(reader));

            // What a byte order mark might be is looked at as such, too.
            Assert.Equal(examined + 3, reader.BytesExamined);
            reader.Reset();
        }
    }

    [Fact]
    public void ManyHeaders_AreLinear()
    {
        var builder = new MessageBuilder();
        for (int i = 0; i < EventStreamHeaders.MaxCount; i++)
        {
            builder.Header($"h{i}", 0);
        }

        AssertLinear(FrameFormat.AwsEventStream, builder.Build(), 1, 1, 7, 4096);
    }

    /// <summary>A reader that always has much waiting and gives a little away must not move all of it each time.</summary>
    [Fact]
    public void LaggingConsumer_IsLinear()
    {
        using var reader = new FrameReader(FrameFormat.NdJson);
        reader.Append(Text.Bytes(string.Concat(Enumerable.Repeat("1\n", Many))));
        for (int i = 0; i < Many; i++)
        {
            Assert.True(reader.TryRead(out _));
            reader.Append("2\n"u8);
        }

        Assert.Equal(Many, Count(reader));
        Assert.InRange(reader.BytesMoved, 0, 3 * reader.BytesReceived);
    }

    private static void AssertLinear(FrameFormat format, byte[] input, int frames, params IEnumerable<int> sizes)
    {
        foreach (int size in sizes)
        {
            using var reader = new FrameReader(format);
            int count = 0;
            for (int at = 0; at < input.Length; at += size)
            {
                reader.Append(input.AsSpan(at, Math.Min(size, input.Length - at)));
                count += Count(reader);
            }

            reader.Complete();
            count += Count(reader);
            Assert.Null(reader.Error);
            Assert.Equal(frames, count);
            Assert.Equal(input.Length, reader.BytesReceived);
            Assert.InRange(reader.BytesExamined, reader.BytesReceived, 3 * reader.BytesReceived);
            Assert.InRange(reader.BytesMoved, 0, 3 * reader.BytesReceived);
        }
    }

    private static int Count(FrameReader reader)
    {
        int count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }

        return count;
    }
}
