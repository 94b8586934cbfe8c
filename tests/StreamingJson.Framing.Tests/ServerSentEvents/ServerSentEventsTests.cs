using System;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class ServerSentEventsTests
{
    private static readonly FrameReaderOptions Everything = new() { DeliverUnterminated = true, ReportUnknownFields = true };

    /// <summary>
    /// Each case: the stream, then what is expected of its events as <c>type|id|data</c>. Each is read at every two-way cut, and compared
    /// with the oracle too.
    /// </summary>
    [Theory]
    [InlineData("data: a\n\n", "message||a")]
    [InlineData("data: a\r\n\r\n", "message||a")]
    [InlineData("data: a\r\r", "message||a")]
    [InlineData("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", "message||a", "message||b", "message||c")]
    [InlineData("data:a\ndata: b\ndata\ndata:\n\n", "message||a\nb\n\n")]
    [InlineData("data\n\n", "message||")]
    [InlineData("data\ndata\n\n", "message||\n")]
    [InlineData("data:  two\n\n", "message|| two")]
    [InlineData("event: x\ndata: 1\n\ndata: 2\n\n", "x||1", "message||2")]
    [InlineData("event: x\n\ndata: 2\n\n", "message||2")]
    [InlineData("event: x\nevent\ndata: 2\n\n", "message||2")]
    [InlineData("data: 1\nevent: late\ndata: 2\nevent: later\n\n", "later||1\n2")]
    [InlineData("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", "message|1|a", "message|1|b", "message||c")]
    [InlineData("data: a\nid: long-id-in-the-middle\ndata: b\n\n", "message|long-id-in-the-middle|a\nb")]
    [InlineData("id: 1\nid: 2\0\ndata: a\n\n", "message|1|a")]
    [InlineData("id: 7\n\ndata: a\n\n", "message|7|a")]
    [InlineData(": comment\n\n: another\ndata: a\n: inside\ndata: b\n\n", "message||a\nb")]
    [InlineData(":\r:\r\ndata: a\n\n", "message||a")]
    [InlineData("\n\n\r\r\n\ndata: a\n\n", "message||a")]
    [InlineData("\u00EF\u00BB\u00BFdata: a\n\n", "message||a")]
    [InlineData("\u00EF\u00BB\u00BF\u00EF\u00BB\u00BFdata: a\n\ndata: b\n\n", "message||b")]
    [InlineData("\u00EF\u00BBdata: a\n\ndata: b\n\n", "message||b")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\u00EF\u00BB")]
    [InlineData("")]
    [InlineData("data: a")]
    [InlineData("data: a\n")]
    [InlineData("DATA: a\nDatA: b\n data: c\ndata : d\n\n")]
    [InlineData("data: a\u000Bb\u000Cc\u00C2\u0085d\u00E2\u0080\u00A8e\n\n", "message||a\u000Bb\u000Cc\u00C2\u0085d\u00E2\u0080\u00A8e")]
    [InlineData("data: [DONE]\r\n\r\n", "message||[DONE]")]
    [InlineData("data: \u00FF\u00C0 invalid UTF-8 is passed on\n\n", "message||\u00FF\u00C0 invalid UTF-8 is passed on")]
    public void Events_AreThoseOfTheStandard(string stream, params string[] expected)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, null, Text.Bytes(stream));

        Assert.Equal(expected, outcome.Frames.Select(frame => $"{frame.EventType}|{frame.Id}|{frame.Data}"));
        Assert.Equal(ServerSentEventsOracle.Interpret(stream, false, false), outcome.ToString());
        Outcome all = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, Everything, Text.Bytes(stream));
        Assert.Equal(ServerSentEventsOracle.Interpret(stream, true, true), all.ToString());
    }

    [Theory]
    [InlineData("retry: 1500\n", 1500)]
    [InlineData("retry: 007\n", 7)]
    [InlineData("retry: 99999999999999999999\n", int.MaxValue)]
    [InlineData("retry: 3000\nretry: 1000x\n", 3000)]
    [InlineData("retry: 3000\nretry: -1\n", 3000)]
    [InlineData("retry: 3000\nretry: 7\0\n", 3000)]
    [InlineData("retry: 3000\nretry\nretry:\n", 3000)]
    [InlineData("retry: x\n", null)]
    [InlineData("retry: 5", null)]
    public void Retry_TakesDigitsOnly(string stream, int? milliseconds)
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        foreach (byte value in Text.Bytes(stream))
        {
            reader.Append([value]);
            Assert.False(reader.TryRead(out _));
        }

        Assert.Equal(milliseconds, (int?)reader.ReconnectionTime?.TotalMilliseconds);
    }

    [Theory]
    [InlineData("data: x\n\n", 9)]
    [InlineData("data: x\r\r", 9)]
    [InlineData("data: x\r\n\r\n", 10)]
    [InlineData("\u00EF\u00BB\u00BFdata: x\n\n", 12)]
    public void Event_IsDeliveredWithTheByteThatEndsIt(string stream, int length)
    {
        byte[] bytes = Text.Bytes(stream);
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        for (int i = 0; i < bytes.Length; i++)
        {
            reader.Append([bytes[i]]);
            bool delivered = reader.TryRead(out Frame frame);
            Assert.Equal(i == length - 1, delivered);
            Assert.True(!delivered || frame.EndOffset == length);
        }
    }

    [Fact]
    public void UnknownFields_AreReportedWhenTheirLineEnds()
    {
        byte[] stream = Text.Bytes("data: 1\nerror: {\"code\":500}\ndata: 2\n\n{\n  \"error\": {\nstray");
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, Everything, stream);

        Assert.Equal(
            [
                "error|{\"code\":500}|error: {\"code\":500}|UnknownField",
                "message|1\n2||None",
                "{||{|UnknownField",
                "  \"error\"|{|  \"error\": {|UnknownField",
                "stray||stray|Unterminated, UnknownField",
            ],
            outcome.Frames.Select(frame => $"{frame.EventType}|{frame.Data}|{frame.RawLine}|{frame.Flags}"));
    }

    [Fact]
    public void AFrameThatIsALine_SaysSo()
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents, Everything);
        reader.Append("error: x\ndata: y\n\n"u8);
        Assert.True(reader.TryRead(out Frame line));
        Assert.True(line.IsUnknownField);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.False(frame.IsUnknownField);
    }

    [Fact]
    public void AfterAReset_AByteOrderMarkIsPassedAgain()
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents);
        reader.Append("data: x\n\n"u8);
        Assert.True(reader.TryRead(out _));
        reader.Reset();
        reader.Append([0xEF, 0xBB, 0xBF, .. "data: y\n\n"u8]);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal((3, "y"), (frame.StartOffset, Text.Of(frame.Data)));
    }

    [Theory]
    [InlineData("data: 1234", null)]
    [InlineData("data: 12345", FramingErrorCode.FrameTooLong)]
    public void AnEventThatIsCutAtItsLimit_IsCutAndNotTooLong(string stream, FramingErrorCode? code)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.ServerSentEvents, new() { MaxFrameBytes = 10, DeliverUnterminated = true }, Text.Bytes(stream));
        Assert.Equal((code, code is null ? 1 : 0), (outcome.Code, outcome.Frames.Count));
    }

    [Fact]
    public void LastEventId_ChangesWithTheBlankLineOnly()
    {
        using var reader = new FrameReader(FrameFormat.ServerSentEvents, Everything);
        reader.Append("id: 1\ndata: a\n\nid: 2\ndata: b\n"u8);
        Assert.True(reader.TryRead(out _));
        Assert.False(reader.TryRead(out _));
        reader.Complete();
        Assert.True(reader.TryRead(out Frame cut));
        Assert.True(cut.IsUnterminated);
        Assert.Equal("2", Text.Of(cut.Id));
        Assert.False(reader.TryRead(out _));
        Assert.Equal("1", Text.Of(reader.LastEventId));
    }

    [Fact]
    public void EndlessComments_HaveNoLimitAndTakeNoMemory()
    {
        var pool = new CountingPool();
        using (var reader = new FrameReader(FrameFormat.ServerSentEvents, new FrameReaderOptions { MaxFrameBytes = 100 }, pool))
        {
            byte[] chunk = new byte[64];
            Array.Fill(chunk, (byte)':');
            for (int i = 0; i < 10_000; i++)
            {
                reader.Append(chunk);
                Assert.False(reader.TryRead(out _));
            }

            reader.Append("\ndata: x\n\n"u8);
            Assert.True(reader.TryRead(out Frame frame));
            Assert.Equal("x", Text.Of(frame.Data));
            Assert.InRange(pool.MostBytesOut, 1, 16_384);
        }

        pool.AssertBalanced();
    }
}
