using System.Linq;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

public sealed class NdJsonTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}", "{\"a\":2}")]
    [InlineData("1\r\n2\r\n", "1", "2")]
    [InlineData("1\n\n\r\n \t\n2\n", "1", "2")]
    [InlineData("1\n2", "1", "2")]
    [InlineData("1\n2\r", "1", "2")]
    [InlineData("  1 \n", "1 ")]
    [InlineData("1\r\r\n", "1\r")]
    [InlineData("1\r2\n", "1\r2")]
    [InlineData("\n\n\n")]
    [InlineData("  ")]
    [InlineData("")]
    [InlineData("not json\n", "not json")]
    [InlineData("\u00EF\u00BB\u00BF1\n", "\u00EF\u00BB\u00BF1")]
    public void Lines_AreFrames(string stream, params string[] expected)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.NdJson, null, Text.Bytes(stream));

        Assert.Equal(expected, outcome.Frames.Select(frame => frame.Data));
        Assert.Null(outcome.Code);
        Assert.Equal(NdJsonOracle.Split(stream), outcome.Frames.Select(NdJsonOracle.Describe));
    }

    [Fact]
    public void LastLineWithoutNewline_IsDeliveredAndSaysSo()
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.NdJson, null, Text.Bytes("1\n{\"cut"));
        Assert.Equal(["0..2 None 1", "2..7 Unterminated {\"cut"], outcome.Frames.Select(NdJsonOracle.Describe));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, FramingErrorCode.FrameTooLong)]
    public void LastLineWithoutNewline_MayHaveAsManyBytesAsTheLimitAllows(int length, FramingErrorCode? code)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.NdJson, new() { MaxFrameBytes = 10 }, Text.Bytes("\n" + new string('1', length)));
        Assert.Equal((code, code is null ? 1 : 0), (outcome.Code, outcome.Frames.Count));
    }

    [Fact]
    public void AfterAReset_BlanksBeforeTheFirstLineAreDropped()
    {
        using var reader = new FrameReader(FrameFormat.NdJson);
        reader.Append("1\n2"u8);
        Assert.True(reader.TryRead(out _));
        reader.Reset();
        reader.Append(" \n3\n"u8);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal((2, 4, "3"), (frame.StartOffset, frame.EndOffset, Text.Of(frame.Data)));
    }

    [Fact]
    public void ADeliveredLine_NoLongerCountsAsWaiting()
    {
        using var reader = new FrameReader(FrameFormat.NdJson, new() { MaxFrameBytes = 10 });
        reader.Append("12345678\n1234"u8);
        Assert.True(reader.TryRead(out _));
        reader.Append("5\n"u8);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal("12345", Text.Of(frame.Data));
    }

    [Fact]
    public void Reader_AgreesWithSplittingTheText()
    {
        string[] pieces = ["\n", "\n", "\r\n", "\r", " ", "\t", "1", "{}", "{\"a\":\"\\n\"}", "\u0085", "\u00E2\u0080\u00A8", "\0"];
        var cases =
            from stream in Gen.Elements(pieces).ArrayOf()
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            select (Stream: string.Concat(stream), Cuts: cuts);

        Seed.Check(output, 10_000, cases, c =>
            Assert.Equal(NdJsonOracle.Split(c.Stream), Outcome.Of(FrameFormat.NdJson, null, Cuts.At(Text.Bytes(c.Stream), c.Cuts)).Frames.Select(NdJsonOracle.Describe)));
    }
}
