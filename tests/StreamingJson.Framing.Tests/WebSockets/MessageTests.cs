using System;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class MessageTests
{
    [Fact]
    public void Message_IsOneFrame_HoweverItsPiecesCame()
    {
        byte[][] messages = [Text.Bytes("{\"type\":\"session.created\"}"), [], Text.Bytes("x"), Text.Bytes("a\n\nb")];
        for (int size = 1; size <= 30; size++)
        {
            using var reader = new FrameReader(FrameFormat.Message);
            var outcome = new Outcome();
            foreach (byte[] message in messages)
            {
                foreach (ReadOnlyMemory<byte> chunk in Cuts.Every(message, size))
                {
                    reader.Append(chunk.Span);
                    outcome.Drain(reader);
                }

                reader.EndMessage();
                outcome.Drain(reader);
            }

            reader.Complete();
            outcome.Drain(reader);
            Assert.Equal(messages.Select(message => Text.Of(message)), outcome.Frames.Select(frame => frame.Data));
            Assert.Equal([(0, 26), (26, 26), (26, 27), (27, 31)], outcome.Frames.Select(frame => (frame.Start, frame.End)));
            Assert.All(outcome.Frames, frame => Assert.Equal(FrameFlags.None, frame.Flags));
        }
    }

    [Fact]
    public void ManyMessages_AreReadInConstantMemory()
    {
        var pool = new CountingPool();
        using (var reader = new FrameReader(FrameFormat.Message, null, pool))
        {
            for (int i = 0; i < 200; i++)
            {
                reader.Append(new byte[100]);
                reader.EndMessage();
                Assert.True(reader.TryRead(out _));
            }

            Assert.InRange(pool.MostBytesOut, 1, 16_384);
        }

        pool.AssertBalanced();
    }

    [Fact]
    public void AfterAMessageThatWasTooLong_AResetStartsAnew()
    {
        using var reader = new FrameReader(FrameFormat.Message, new() { MaxFrameBytes = 4 });
        reader.Append("12345"u8);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(FramingErrorCode.FrameTooLong, reader.Error!.Code);
        reader.Reset();
        Assert.Null(reader.Error);
        reader.Append("1234"u8);
        reader.EndMessage();
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal("1234", Text.Of(frame.Data));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MessageWithoutItsEnd_IsDeliveredOnRequest(bool deliver)
    {
        byte[] cut = Text.Bytes("{\"cut");
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.Message, new() { DeliverUnterminated = deliver }, cut);
        Assert.Equal(deliver ? ["{\"cut"] : [], outcome.Frames.Select(frame => frame.Data));
        Assert.All(outcome.Frames, frame => Assert.Equal(FrameFlags.Unterminated, frame.Flags));
        Assert.Null(outcome.Code);
    }

    [Fact]
    public void EndedMessage_HasToBeReadBeforeTheNext()
    {
        using var reader = new FrameReader(FrameFormat.Message);
        reader.Append("a"u8);
        reader.EndMessage();
        Assert.Throws<InvalidOperationException>(() => reader.Append("b"u8));
        Assert.Throws<InvalidOperationException>(reader.EndMessage);
        Assert.True(reader.TryRead(out _));
        reader.Append("b"u8);
        reader.EndMessage();
        reader.Complete();
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal("b", Text.Of(frame.Data));
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Limit_HoldsForAMessage(int length, bool isTooLong)
    {
        foreach (int size in new[] { 1, 7, 64, 1000 })
        {
            using var reader = new FrameReader(FrameFormat.Message, new() { MaxFrameBytes = 100 });
            var outcome = new Outcome();
            foreach (ReadOnlyMemory<byte> chunk in Cuts.Every(new byte[length], size))
            {
                reader.Append(chunk.Span);
                outcome.Drain(reader);
            }

            if (!isTooLong)
            {
                reader.EndMessage();
                outcome.Drain(reader);
            }

            outcome.Finish(reader);
            Assert.Equal(isTooLong ? (FramingErrorCode.FrameTooLong, 100, 0) : (null, -1, 1), (outcome.Code, outcome.ErrorOffset, outcome.Frames.Count));
        }
    }
}
