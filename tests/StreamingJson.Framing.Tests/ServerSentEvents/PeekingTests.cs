using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

/// <summary>Who takes the events that he knows by their bytes, and has only the others read, sees what all see.</summary>
public sealed class PeekingTests(ITestOutputHelper output)
{
    private static readonly string[] Lines =
    [
        "data: one", "data:two", "data", "event: delta", "event:ping", "event", "id: 7", "id", "id: 8\0", "retry: 5", ": comment", ":", "other: x", "error: {}", "\uFEFFdata: x", "",
    ];

    [Fact]
    public void EventsThatAreKnownByTheirBytes_NeedNotBeRead()
    {
        Gen<string> block =
            from lines in Gen.Elements(Lines).ArrayOf()
            from end in Gen.Elements("\n", "\r\n", "\r")
            select string.Concat(lines.Take(4).Append(string.Empty).Select(line => line + end));
        var cases =
            from blocks in block.ArrayOf()
            from order in Gen.Choose(0, 1000).ArrayOf()
            from mark in Gen.Elements(string.Empty, string.Empty, "\uFEFF")
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            from limit in Gen.Elements(10, 20, 1000, 1000)
            from tail in Gen.Elements(false, true)
            select (Blocks: blocks, Order: order, Mark: mark, Cuts: cuts, Limit: limit, Tail: tail);
        int taken = 0;
        Seed.Check(output, 3_000, cases, c =>
        {
            string usual = "event: delta\ndata: one\n\n";
            byte[] input = Text.Utf8(c.Mark + usual + string.Concat(c.Order.Select(place => place % 2 == 0 || c.Blocks.Length == 0 ? usual : c.Blocks[place % c.Blocks.Length])));
            var options = new FrameReaderOptions { MaxFrameBytes = c.Limit, DeliverUnterminated = c.Tail, ReportUnknownFields = c.Tail };
            string expected = Outcome.Of(FrameFormat.ServerSentEvents, options, input).ToString();
            taken += AssertSame(expected, options, Cuts.Whole(input));
            taken += AssertSame(expected, options, Cuts.At(input, c.Cuts));
            Assert.Equal(0, AssertSame(expected, options, Cuts.Every(input, 1)));
        });
        Assert.NotEqual(0, taken);
    }

    [Theory]
    [InlineData("data: x\n\n", true)]
    [InlineData("event: delta\r\ndata: x\r\n\r\n", true)]
    [InlineData("event: a\n: comment\nevent: b\ndata: x\r\r", true)]
    [InlineData("data: x\ndata: y\n\n", false)]
    [InlineData("id: 1\ndata: x\n\n", false)]
    [InlineData("data: x\nretry: 1\n\n", false)]
    [InlineData("data: x\nother: 1\n\n", true)]
    public void TheBytesOfAnEvent_AreAllThatItSays(string text, bool isKnown)
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        reader.Append(Text.Utf8(text));

        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal(isKnown ? text.TrimEnd('\n').TrimEnd('\r') : string.Empty, Text.Of(frame.Wire).TrimEnd('\n').TrimEnd('\r'));
        Assert.Equal(isKnown ? frame.EndOffset - frame.StartOffset : 0, frame.Wire.Length);
    }

    [Fact]
    public void BytesThatAreNoLongerAtHand_AreNotTold()
    {
        byte[] text = Text.Utf8("event: delta\ndata: x\n\n");
        for (int cut = 1; cut < text.Length; cut++)
        {
            using var reader = new FrameReader(FrameFormat.ServerSentEvents);
            reader.Append(text.AsSpan(0, cut));
            Assert.False(reader.TryRead(out _));
            Assert.False(reader.TryPeek(out _, out _) && cut >= "event: delta\n".Length);
            reader.Append(text.AsSpan(cut));
            Assert.True(reader.TryRead(out Frame frame));
            Assert.True(frame.Wire.IsEmpty || frame.Wire.SequenceEqual(text));
        }
    }

    [Theory]
    [InlineData("event: delta\ndata: x\n\n")]
    [InlineData("event: delta\r\ndata: x\r\n\r\n")]
    [InlineData("data: x\r\r")]
    public void AllButTheFirst_AreTaken(string text)
    {
        byte[] input = Text.Utf8(string.Concat(Enumerable.Repeat(text, 5)));
        var options = new FrameReaderOptions();

        Assert.Equal(4, AssertSame(Outcome.Of(FrameFormat.ServerSentEvents, options, input).ToString(), options, Cuts.Whole(input)));
    }

    [Fact]
    public void NoEventIsWaitedForTwice_OrAtTheLimit_OrAtTheEnd()
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents, new FrameReaderOptions { MaxFrameBytes = 30 });
        reader.Append("data: x\n\nevent: "u8);
        Assert.True(reader.TryRead(out _));
        Assert.True(reader.TryPeek(out ReadOnlySpan<byte> unread, out long offset));
        Assert.Equal("event: ", Text.Of(unread));
        Assert.Equal(9, offset);
        Assert.True(reader.TryWait(offset));
        reader.Append("delta\n"u8);
        Assert.False(reader.TryWait(offset));

        reader.Reset();
        reader.Append("\n"u8);
        Assert.False(reader.TryRead(out _));
        reader.Append("data: 3456789 123456789 1234567"u8);
        Assert.True(reader.TryPeek(out unread, out offset));
        Assert.Equal(30, unread.Length);
        Assert.False(reader.TryWait(offset));

        reader.Reset();
        reader.Append("\n"u8);
        Assert.False(reader.TryRead(out _));
        reader.Append("data: "u8);
        reader.Complete();
        Assert.True(reader.TryPeek(out _, out offset));
        Assert.False(reader.TryWait(offset));
    }

    [Fact]
    public void AfterAReset_TheSamePlaceIsWaitedForAgain()
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        for (int time = 0; time < 2; time++)
        {
            reader.Append("data: x\n\nevent: "u8);
            Assert.False(reader.TryPeek(out _, out _));
            Assert.True(reader.TryRead(out _));
            Assert.True(reader.TryPeek(out _, out long offset));
            Assert.True(reader.TryWait(offset));
            Assert.False(reader.TryWait(offset));
            reader.Reset();
        }
    }

    [Theory]
    [InlineData("data: x\n\n", 9, 9)]
    [InlineData("data: x\r\n\r\n", 11, 10)]
    public void WhatIsTaken_CountsAsLookedAtOnce(string text, int expectedOffset, int length)
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        reader.Append(Text.Utf8(text + text));
        Assert.True(reader.TryRead(out Frame frame));
        long examined = reader.BytesExamined;
        Assert.True(reader.TryPeek(out ReadOnlySpan<byte> unread, out long offset));
        Assert.Equal(expectedOffset, offset);
        Assert.True(unread.StartsWith(frame.Wire));
        reader.Take(offset, length);
        Assert.Equal(examined + text.Length, reader.BytesExamined);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void AfterAnError_AndInOtherFormats_NothingIsThereToPeekAt()
    {
        using var failed = new FrameReader(FrameFormat.ServerSentEvents, new FrameReaderOptions { MaxFrameBytes = 9 });
        failed.Append("data: x\n\ndata: 789"u8);
        Assert.True(failed.TryRead(out _));
        failed.Append("0"u8);
        Assert.False(failed.TryRead(out _));
        Assert.NotNull(failed.Error);
        Assert.False(failed.TryPeek(out ReadOnlySpan<byte> unread, out _));
        Assert.True(unread.IsEmpty);

        using var lines = new FrameReader(FrameFormat.NdJson);
        lines.Append("1\n"u8);
        Assert.False(lines.TryPeek(out _, out long offset));
        Assert.Equal(0, offset);
        Assert.Throws<NotSupportedException>(() => lines.Take(0, 2));
        Assert.True(lines.TryRead(out _));
    }

    // How many events were taken without being read.
    private static int AssertSame(string expected, FrameReaderOptions options, IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents, options);
        var known = new List<(byte[] Wire, byte[] Data, byte[] Type)>();
        var outcome = new Outcome();
        int taken = 0;
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            if (reader.Error is null)
            {
                reader.Append(chunk.Span);
                taken += Drain(reader, known, outcome);
            }
        }

        reader.Complete();
        taken += Drain(reader, known, outcome);
        outcome.Finish(reader);
        Assert.Equal(expected, outcome.ToString());
        Assert.InRange(reader.BytesExamined, 0, 3 * reader.BytesReceived);
        return taken;
    }

    private static int Drain(FrameReader reader, List<(byte[] Wire, byte[] Data, byte[] Type)> known, Outcome outcome)
    {
        int taken = 0;
        while (true)
        {
            bool isThere = reader.TryPeek(out ReadOnlySpan<byte> unread, out long offset);
            if (isThere && IsBeginning(known, unread) && reader.TryWait(offset))
            {
                return taken;
            }

            if (isThere && Find(known, unread) is (byte[] wire, byte[] data, byte[] type))
            {
                reader.Take(offset, wire.Length);
                outcome.Add(new Frame(data, offset, offset + wire.Length, eventType: type, id: reader.LastEventId));
                taken++;
            }
            else if (reader.TryRead(out Frame frame))
            {
                outcome.Add(frame);
                if (!frame.Wire.IsEmpty)
                {
                    known.Add((frame.Wire.ToArray(), frame.Data.ToArray(), frame.EventType.ToArray()));
                }
            }
            else
            {
                return taken;
            }
        }
    }

    private static bool IsBeginning(List<(byte[] Wire, byte[] Data, byte[] Type)> known, ReadOnlySpan<byte> unread)
    {
        foreach ((byte[] wire, _, _) in known)
        {
            if (unread.Length < wire.Length && wire.AsSpan().StartsWith(unread))
            {
                return true;
            }
        }

        return false;
    }

    private static (byte[] Wire, byte[] Data, byte[] Type)? Find(List<(byte[] Wire, byte[] Data, byte[] Type)> known, ReadOnlySpan<byte> unread)
    {
        foreach ((byte[] Wire, byte[] Data, byte[] Type) one in known)
        {
            if (unread.StartsWith(one.Wire))
            {
                return one;
            }
        }

        return null;
    }
}
