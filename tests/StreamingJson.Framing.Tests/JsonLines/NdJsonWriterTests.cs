using System;
using System.Buffers;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class NdJsonWriterTests
{
    [Fact]
    public void Reader_ReadsWhatWasWritten()
    {
        string[] lines = ["{\"a\":1}", "[1, 2]", "\"\\n\"", "null ", "\u00E4"];
        var written = new ArrayBufferWriter<byte>();
        foreach (string line in lines)
        {
            NdJsonWriter.WriteLine(written, Text.Bytes(line));
        }

        Outcome read = Outcome.Of(FrameFormat.NdJson, null, written.WrittenMemory);
        Assert.Equal(lines, read.Frames.Select(frame => frame.Data));
        Assert.All(read.Frames, frame => Assert.Equal(FrameFlags.None, frame.Flags));
    }

    [Theory]
    [InlineData("{\n}")]
    [InlineData("{\r}")]
    [InlineData("{}\n")]
    [InlineData("\n{}")]
    [InlineData("")]
    [InlineData(" \t")]
    public void LineBreaksAndBlankLines_AreRefused(string json)
    {
        var written = new ArrayBufferWriter<byte>();
        ArgumentException refusal = Assert.Throws<ArgumentException>(nameof(json), () => NdJsonWriter.WriteLine(written, Text.Bytes(json)));
        Assert.StartsWith("A ", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("output", () => NdJsonWriter.WriteLine(null!, Text.Bytes(json)));
        Assert.Equal(0, written.WrittenCount);
    }
}
