using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary>A replay has all bytes of its text, in order, in a bounded number of chunks, in a bounded time.</summary>
public class ReplayLogTests
{
    [Fact]
    public void EveryByteArrives_InOrder() => PropertyRunner.Check(Generators.Mutations, text => AssertReplays(text.Bytes));

    [Theory]
    [InlineData(1)]
    [InlineData(3_000_000)]
    [InlineData(StreamCatalog.MaxBodyBytes)]
    public void ALargeText_TakesNoLonger(int length) => AssertReplays(Encoding.UTF8.GetBytes($"[\"{new string('é', length / 2)}"));

    [Fact]
    public void Frames_AreNotCut()
    {
        byte[] content = Fixtures.Sample("anthropic-messages.sse");
        foreach (TimedChunk chunk in AssertReplays(content))
        {
            Assert.True(chunk.Bytes.Span.EndsWith("\n\n"u8));
        }
    }

    // Where it ended is not known: the rest may be anything.
    [Fact]
    public void ATextThatIsNotAll_EndsByTheLimit()
    {
        (ChunkLog log, _) = ReplayLog.Create("[1,2]"u8.ToArray(), isAll: false, new StreamShape(false));
        Assert.Equal((LogEnd.Limit, "Only the first 5 bytes are shown."), (log.End.End, log.End.Reason));
    }

    [Fact]
    public void MoreThanALogKeeps_IsRefused_AndSaid()
    {
        var log = new ChunkLog();
        int taken = 0;
        while (log.TryAppend(TimeSpan.Zero, new byte[1]))
        {
            taken++;
        }

        Assert.InRange(taken, 200_000, 300_000);
        Assert.Equal(LogEnd.Limit, log.End.End);
        Assert.Equal(taken, log.ByteCount);
        log.Complete(TimeSpan.Zero);
        Assert.Equal(LogEnd.Limit, log.End.End);
    }

    private static List<TimedChunk> AssertReplays(byte[] content)
    {
        (ChunkLog log, double rate) = ReplayLog.Create(content, isAll: true, StreamShape.Of(content, ModelProtocol.Auto));
        List<TimedChunk> chunks = [];
        while (log.TryGet(chunks.Count, out TimedChunk chunk))
        {
            chunks.Add(chunk);
        }

        Assert.True(content.AsSpan().SequenceEqual(chunks.SelectMany(chunk => chunk.Bytes.ToArray()).ToArray()));
        Assert.InRange(chunks.Count, content.Length == 0 ? 0 : 1, 4_100);
        Assert.Equal(chunks.Select(chunk => chunk.At).Order(), chunks.Select(chunk => chunk.At));
        Assert.True(log.End.At >= chunks.Select(chunk => chunk.At).LastOrDefault());
        Assert.InRange(log.End.At.TotalSeconds, 0, Math.Max(20.001, content.Length / rate));
        Assert.Equal(LogEnd.Completed, log.End.End);
        return chunks;
    }
}
