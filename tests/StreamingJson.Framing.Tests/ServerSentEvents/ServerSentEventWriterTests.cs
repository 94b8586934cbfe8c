using System;
using System.Buffers;
using System.Linq;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

public sealed class ServerSentEventWriterTests(ITestOutputHelper output)
{
    [Fact]
    public void Event_IsWrittenFieldByField()
    {
        var written = new ArrayBufferWriter<byte>();
        ServerSentEventWriter.WriteRetry(written, TimeSpan.FromMilliseconds(1500.9));
        ServerSentEventWriter.WriteRetry(written, TimeSpan.Zero);
        ServerSentEventWriter.WriteComment(written, "one\r\ntwo"u8);
        ServerSentEventWriter.WriteEvent(written, "a\rb\nc\r\nd"u8, "type"u8, "7"u8);
        ServerSentEventWriter.WriteEvent(written, default);

        Assert.Equal(
            "retry: 1500\n\nretry: 0\n\n: one\n: two\n\nevent: type\nid: 7\ndata: a\ndata: b\ndata: c\ndata: d\n\ndata: \n\n",
            Text.Of(written.WrittenSpan));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("\n")]
    [InlineData("a\r\ndata: injected")]
    public void LineEndsAndNul_AreRefusedInTypeAndId(string text)
    {
        var written = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentException>("eventType", () => ServerSentEventWriter.WriteEvent(written, "x"u8, Text.Bytes(text)));
        ArgumentException refusal = Assert.Throws<ArgumentException>("id", () => ServerSentEventWriter.WriteEvent(written, "x"u8, "t"u8, Text.Bytes(text)));
        Assert.StartsWith("CR, LF and NUL", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, written.WrittenCount);
    }

    [Fact]
    public void Misuse_IsRefused()
    {
        var written = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentNullException>("output", () => ServerSentEventWriter.WriteEvent(null!, default));
        Assert.Throws<ArgumentNullException>("output", () => ServerSentEventWriter.WriteComment(null!, default));
        Assert.Throws<ArgumentNullException>("output", () => ServerSentEventWriter.WriteRetry(null!, default));
        Assert.Throws<ArgumentOutOfRangeException>("reconnectionTime", () => ServerSentEventWriter.WriteRetry(written, TimeSpan.FromTicks(-1)));
    }

    /// <summary>Whatever the data is, exactly one event arrives, with the same lines; comments bring none.</summary>
    [Fact]
    public void Reader_ReadsWhatWasWritten()
    {
        string[] pieces = ["\r", "\n", "\r\n", "a", " ", ":", "data: x", "event: x", "id", "\0", "\u00E4", "\n\n"];
        string[] names = ["", "a", " a", "a: b", "\u00E4", "message"];
        var cases =
            from data in Gen.Elements(pieces).ArrayOf()
            from comment in Gen.Elements(pieces).ArrayOf()
            from type in Gen.Elements(names)
            from id in Gen.Elements(names)
            select (Data: string.Concat(data), Comment: string.Concat(comment), Type: type, Id: id);

        Seed.Check(output, 5_000, cases, c =>
        {
            var written = new ArrayBufferWriter<byte>();
            ServerSentEventWriter.WriteComment(written, Text.Bytes(c.Comment));
            ServerSentEventWriter.WriteEvent(written, Text.Bytes(c.Data), Text.Bytes(c.Type), Text.Bytes(c.Id));
            Outcome read = Outcome.Of(FrameFormat.ServerSentEvents, new() { ReportUnknownFields = true }, written.WrittenMemory);
            FrameCopy frame = Assert.Single(read.Frames);
            Assert.Equal(c.Data.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), frame.Data);
            Assert.Equal(c.Type.Length == 0 ? "message" : c.Type, frame.EventType);
            Assert.Equal(c.Id, frame.Id);
        });
    }
}
