using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using StreamingJson.Fuzz.Engine;
using Xunit;
using Latin1 = StreamingJson.Framing.Tests.Text;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Server-sent events, against a straight-line reading of the WHATWG algorithm.</summary>
internal sealed class ServerSentEventsTarget() : FuzzTarget("sse", "server-sent events are those of the WHATWG algorithm, however they are cut")
{
    private const int ReportsUnknown = 1;
    private const int DeliversTail = 1 << 1;
    private const int TightLimits = 1 << 2;

    public override string Dictionary => "sse";

    public override void Run(FuzzInput input)
    {
        var options = new FrameReaderOptions { ReportUnknownFields = input.Has(ReportsUnknown), DeliverUnterminated = input.Has(DeliversTail) };
        string? expected;
        if (input.Has(TightLimits))
        {
            // Which of two limits is met first, the oracle does not know; that the cuts do not decide it, can be asked.
            options.MaxFrameBytes = 1 + (input.Flags >> 3);
            expected = Outcome.Of(FrameFormat.ServerSentEvents, options, input.Document).ToString();
        }
        else
        {
            expected = ServerSentEventsOracle.Interpret(Latin1.Of(input.Document), input.Has(ReportsUnknown), input.Has(DeliversTail));
        }

        Assert.Equal(expected, Outcome.Of(FrameFormat.ServerSentEvents, options, input.Chunks()).ToString());
    }
}
