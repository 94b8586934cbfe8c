using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>Limits are refusals, with the same verdict at the same offset for each chunk size, and before memory is taken.</summary>
public sealed class LimitTests
{
    private const int Limit = 100;
    private static readonly int[] ChunkSizes = [1, 2, 3, 7, 16, 64, 99, 100, 101, 4096];

    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public void FrameSize_IsRefusedOneByteAboveTheLimit(FrameFormat format)
    {
        var options = new FrameReaderOptions { MaxFrameBytes = Limit, DeliverUnterminated = true };
        foreach (int size in new[] { Limit - 1, Limit, Limit + 1, Limit + 2, 2 * Limit })
        {
            (byte[] input, int start) = Samples.OneOfSize(format, size);
            foreach (int chunk in ChunkSizes)
            {
                Outcome outcome = Outcome.Of(format, options, Cuts.Every(input, chunk));
                if (size <= Limit)
                {
                    Assert.Equal((2, null), (outcome.Frames.Count, outcome.Code));
                    Assert.Equal((start, start + size), (outcome.Frames[1].Start, outcome.Frames[1].End));
                }
                else
                {
                    long offset = format == FrameFormat.AwsEventStream ? start : start + Limit;
                    Assert.Equal((1, FramingErrorCode.FrameTooLong, offset), (outcome.Frames.Count, outcome.Code, outcome.ErrorOffset));
                }
            }
        }
    }

    [Theory]
    [InlineData(Limit, false)]
    [InlineData(Limit + 1, true)]
    public void Literal_IsLimitedAsWell(int digits, bool isTooLong)
    {
        foreach (int chunk in ChunkSizes)
        {
            Outcome outcome = Outcome.Of(FrameFormat.JsonArray, new() { MaxFrameBytes = Limit }, Cuts.Every(Text.Bytes($"[{new string('1', digits)}]"), chunk));
            Assert.Equal(isTooLong ? (FramingErrorCode.FrameTooLong, 1 + Limit) : (null, -1), (outcome.Code, outcome.ErrorOffset));
        }
    }

    [Fact]
    public void UnreportedLine_IsLimitedByItself()
    {
        byte[] input = Text.Bytes($"{new string('u', Limit - 1)}\n{new string('u', Limit - 1)}\ndata: x\n\n{new string('u', Limit + 1)}");
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, new() { MaxFrameBytes = Limit }, input);
        Assert.Equal((1, FramingErrorCode.FrameTooLong, (2 * Limit) + 9 + Limit), (outcome.Frames.Count, outcome.Code, outcome.ErrorOffset));
    }

    [Fact]
    public void CommentsInsideAnEvent_CountForTheEvent()
    {
        byte[] input = Text.Bytes($"data: x\n:{new string('c', Limit)}\n\n");
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, new() { MaxFrameBytes = Limit }, input);
        Assert.Equal((FramingErrorCode.FrameTooLong, Limit), (outcome.Code, outcome.ErrorOffset));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    public void HeaderBytes_AreLimited(int size, bool isTooLong)
    {
        byte[] message = new MessageBuilder().String("name", new string('v', size - 8)).Build(1, 2, 3);
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, new() { MaxHeaderBytes = 50 }, message);
        Assert.Equal(isTooLong ? (FramingErrorCode.HeadersTooLong, 4) : (null, -1), (outcome.Code, outcome.ErrorOffset));
    }

    [Theory]
    [InlineData(FrameFormat.ServerSentEvents, "data: ", "x")]
    [InlineData(FrameFormat.ServerSentEvents, "", "data: x\n")]
    [InlineData(FrameFormat.ServerSentEvents, "", "data\n")]
    [InlineData(FrameFormat.ServerSentEvents, "", "event: x\n")]
    [InlineData(FrameFormat.ServerSentEvents, "", "id: x\r\n")]
    [InlineData(FrameFormat.ServerSentEvents, "data: x\n", ":\n")]
    [InlineData(FrameFormat.ServerSentEvents, "", "unknown")]
    [InlineData(FrameFormat.NdJson, "", "x")]
    [InlineData(FrameFormat.NdJson, "x", " ")]
    [InlineData(FrameFormat.JsonArray, "[", "1")]
    [InlineData(FrameFormat.JsonArray, "[\"", "x")]
    [InlineData(FrameFormat.JsonArray, "[\"", "\\")]
    [InlineData(FrameFormat.JsonArray, "", "[")]
    [InlineData(FrameFormat.JsonArray, "{", "\"a\":{")]
    [InlineData(FrameFormat.JsonArray, "[{", " ")]
    public void EndlessFrame_IsRefusedWithinItsLimit(FrameFormat format, string begin, string repeated)
    {
        const int Max = 10_000;
        foreach (int size in new[] { 1, 64, 1000 })
        {
            var pool = new CountingPool();
            using (var reader = new FrameReader(format, new() { MaxFrameBytes = Max }, pool))
            {
                string expected = $"{FramingErrorCode.FrameTooLong} {(format == FrameFormat.JsonArray && begin.StartsWith('[') ? 1 : 0) + (repeated == "[" ? 1 : 0) + Max}";
                foreach (byte[] chunk in Endless(begin, repeated, size))
                {
                    reader.Append(chunk);
                    Assert.False(reader.TryRead(out _));
                    if (reader.Error is { } error)
                    {
                        Assert.Equal(expected, $"{error.Code} {error.Offset}");
                        break;
                    }

                    Assert.True(reader.BytesReceived <= Max + size + begin.Length, "not refused");
                }

                Assert.InRange(pool.MostBytesOut, 1, 6 * (Max + size));
                Assert.True(reader.BytesExamined <= 3 * reader.BytesReceived);
            }

            pool.AssertBalanced();
        }
    }

    [Theory]
    [InlineData(FrameFormat.ServerSentEvents, "\n")]
    [InlineData(FrameFormat.ServerSentEvents, "\r\n")]
    [InlineData(FrameFormat.ServerSentEvents, ": ping\n\n")]
    [InlineData(FrameFormat.ServerSentEvents, "unknown: x\n")]
    [InlineData(FrameFormat.ServerSentEvents, "id: 1\n\n")]
    [InlineData(FrameFormat.NdJson, "\r\n ")]
    [InlineData(FrameFormat.JsonArray, " ")]
    public void EndlessNothing_IsReadForeverInConstantMemory(FrameFormat format, string repeated)
    {
        var pool = new CountingPool();
        using (var reader = new FrameReader(format, new() { MaxFrameBytes = 1000 }, pool))
        {
            foreach (byte[] chunk in Endless("", repeated, 100).Take(PropertySettings.IsQuick ? 300 : 5000))
            {
                reader.Append(chunk);
                Assert.False(reader.TryRead(out _));
            }

            Assert.Null(reader.Error);
            Assert.InRange(pool.MostBytesOut, 1, 16_384);
        }

        pool.AssertBalanced();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void ManyFrames_AreReadInConstantMemory(FrameFormat format)
    {
        byte[] input = Samples.Many(format, PropertySettings.IsQuick ? 200 : 2000);
        foreach (int size in new[] { 1, 50, 333 })
        {
            var pool = new CountingPool();
            using (var reader = new FrameReader(format, null, pool))
            {
                foreach (ReadOnlyMemory<byte> chunk in Cuts.Every(input, size))
                {
                    reader.Append(chunk.Span);
                    while (reader.TryRead(out _))
                    {
                    }
                }
            }

            pool.AssertBalanced();
            Assert.InRange(pool.MostBytesOut, 1, 16_384);
        }
    }

    [Fact]
    public void UnreadFrames_CannotFillTheMemory()
    {
        using var reader = new FrameReader(FrameFormat.NdJson, new() { MaxFrameBytes = 1000 });
        byte[] chunk = Text.Bytes(string.Concat(Enumerable.Repeat("1\n", 300)));
        reader.Append(chunk);
        reader.Append(chunk);
        Assert.Throws<InvalidOperationException>(() => reader.Append(chunk));
        while (reader.TryRead(out _))
        {
        }

        reader.Append(chunk);
        Assert.Null(reader.Error);
        Assert.Equal(3 * chunk.Length, reader.BytesReceived);
    }

    [Fact]
    public void OptionValues_AreChecked()
    {
        var options = new FrameReaderOptions();
        Assert.Equal((8 << 20, 128 << 10, false, false), (options.MaxFrameBytes, options.MaxHeaderBytes, options.DeliverUnterminated, options.ReportUnknownFields));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxFrameBytes = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxFrameBytes = FrameReaderOptions.LargestMaxFrameBytes + 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxHeaderBytes = -1);
        options.MaxFrameBytes = 1;
        options.MaxHeaderBytes = 0;
    }

    private static IEnumerable<byte[]> Endless(string begin, string repeated, int size)
    {
        string pending = begin;
        while (true)
        {
            while (pending.Length < size)
            {
                pending += repeated;
            }

            yield return Text.Bytes(pending[..size]);
            pending = pending[size..];
        }
    }
}
