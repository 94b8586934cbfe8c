using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>
/// The n-th array cannot be had, for n = 1, 2, ... until a run goes through: the frames before are the right ones, nothing is taken after a
/// chunk was lost, a reset makes the reader as good as new, and everything that was rented comes back.
/// </summary>
public sealed class FailingRentTests
{
    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [SlowTheory]
    [MemberData(nameof(Formats))]
    public void EveryRent_OfEveryFormat_AtSeveralChunkSizes(FrameFormat format)
    {
        // Large enough to outgrow the first buffer, in one frame and in many.
        byte[] input = [.. Samples.Many(format, 4), .. format == FrameFormat.JsonArray ? [] : Samples.OneOfSize(format, 9000).Input];
        string[] expected = [.. Outcome.Of(format, null, input).Frames.Select(frame => frame.ToString())];
        int failures = 0;
        foreach (int size in new[] { 1, 100, 5000, input.Length })
        {
            bool isThrough = false;
            for (int n = 1; !isThrough; n++)
            {
                Assert.InRange(n, 1, 60);
                var pool = new CountingPool();
                pool.FailRent(n);
                using (var reader = new FrameReader(format, null, pool))
                {
                    List<string> frames = [];
                    bool isLost = false;
                    foreach (ReadOnlyMemory<byte> chunk in Cuts.Every(input, size))
                    {
                        Exception? thrown = Record.Exception(() => Take(reader, chunk, frames));
                        Assert.True(isLost ? thrown is InvalidOperationException : thrown is null or OutOfMemoryException, $"size {size}, rent {n}: {thrown}");
                        isLost |= thrown is not null;
                    }

                    isThrough = pool.Failures == 0;
                    failures += pool.Failures;
                    Assert.Equal(isThrough, !isLost);
                    Assert.Equal(expected.Take(frames.Count), frames);
                    pool.FailRent(0);
                    reader.Reset();
                    Assert.Equal(Outcome.Of(format, null, input).ToString(), Outcome.Of(reader, Cuts.Every(input, size)).ToString());
                }

                pool.AssertBalanced();
            }
        }

        Assert.True(failures >= 4, $"only {failures} failures");
    }

    [Fact]
    public void AReadThatWasLeftHalfWay_IsNotGoneOnWith()
    {
        var pool = new CountingPool();
        using (var reader = new FrameReader(FrameFormat.ServerSentEvents, null, pool))
        {
            reader.Append("event: first\nid: 1\ndata: x\n\ndata: y\n\n"u8);
            pool.FailRent(1);
            Assert.Throws<OutOfMemoryException>(() => reader.TryRead(out _));
            Assert.StartsWith("An earlier call was left", Assert.Throws<InvalidOperationException>(() => reader.TryRead(out _)).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => reader.Append("data: z\n\n"u8));
            Assert.Throws<InvalidOperationException>(reader.Complete);
            Assert.Null(reader.Error);
            reader.Reset();
            reader.Append("data: z\n\n"u8);
            Assert.True(reader.TryRead(out Frame frame));
            Assert.Equal(("message", "z"), (Text.Of(frame.EventType), Text.Of(frame.Data)));
        }

        pool.AssertBalanced();
    }

    [Fact]
    public void AfterALostChunk_NothingIsTakenUntilAReset()
    {
        var pool = new CountingPool();
        using (var reader = new FrameReader(FrameFormat.NdJson, null, pool))
        {
            pool.FailRent(1);
            Assert.Throws<OutOfMemoryException>(() => reader.Append("1\n"u8));
            Assert.StartsWith("A chunk was lost", Assert.Throws<InvalidOperationException>(() => reader.Append("2\n"u8)).Message, StringComparison.Ordinal);
            reader.Reset();
            reader.Append("3\n"u8);
            Assert.True(reader.TryRead(out Frame frame));
            Assert.Equal("3", Text.Of(frame.Data));
        }

        pool.AssertBalanced();
    }

    private static void Take(FrameReader reader, ReadOnlyMemory<byte> chunk, List<string> frames)
    {
        reader.Append(chunk.Span);
        while (reader.TryRead(out Frame frame))
        {
            frames.Add(new FrameCopy(frame).ToString());
        }
    }
}
