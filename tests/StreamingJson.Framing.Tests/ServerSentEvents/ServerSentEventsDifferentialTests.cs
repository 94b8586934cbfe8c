using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

/// <summary>The reader against the straight-line oracle, over streams made of what matters to the grammar, cut at random.</summary>
public sealed class ServerSentEventsDifferentialTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "\n", "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\r\r", "data", "data:", "data: ", "data:  ",
        "event:", "event: a", "event", "id:", "id: 1", "id", "id: \0", "retry:", "retry: 12",
        "retry: 9999999999", "retry", ":", ": comment", " ", "x", "{\"a\":1}",
        "error: {}", "Data:", "\0", "\u00EF\u00BB\u00BF", "\u00EF", "\u00E2\u0080\u00A8", "\u000B", "\u000C", "\u0085",
    ];

    [Fact]
    public void Reader_AgreesWithTheStandard()
    {
        Gen<(string[] Stream, int[] Cuts, bool Unknown, bool Tail)> cases =
            from stream in Gen.Elements(Pieces).ArrayOf()
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            from unknown in Gen.Elements(false, true)
            from tail in Gen.Elements(false, true)
            select (stream, cuts, unknown, tail);

        Seed.Check(output, 20_000, cases, c =>
        {
            string stream = string.Concat(c.Stream);
            string expected = ServerSentEventsOracle.Interpret(stream, c.Unknown, c.Tail);
            var options = new FrameReaderOptions { ReportUnknownFields = c.Unknown, DeliverUnterminated = c.Tail };
            Assert.Equal(expected, Outcome.Of(FrameFormat.ServerSentEvents, options, Cuts.At(Text.Bytes(stream), c.Cuts)).ToString());
        });
    }

    [Fact]
    public void Limits_GiveOneVerdictHoweverTheStreamIsCut()
    {
        Gen<(string[] Stream, int[] Cuts, int Limit)> cases =
            from stream in Gen.Elements(Pieces).ArrayOf()
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            from limit in Gen.Choose(1, 40)
            select (stream, cuts, limit);

        Seed.Check(output, 10_000, cases, c =>
        {
            byte[] stream = Text.Bytes(string.Concat(c.Stream));
            var options = new FrameReaderOptions { ReportUnknownFields = true, DeliverUnterminated = true, MaxFrameBytes = c.Limit };
            string whole = Outcome.Of(FrameFormat.ServerSentEvents, options, stream).ToString();
            Assert.Equal(whole, Outcome.Of(FrameFormat.ServerSentEvents, options, Cuts.At(stream, c.Cuts)).ToString());
            Assert.Equal(whole, Outcome.Of(FrameFormat.ServerSentEvents, options, Cuts.Every(stream, 1)).ToString());
        });
    }
}
