using System.Linq;
using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using StreamingJson.Fuzz.Engine;
using Xunit;
using Latin1 = StreamingJson.Framing.Tests.Text;

namespace StreamingJson.Fuzz.Targets;

/// <summary>NDJSON, against splitting the text.</summary>
internal sealed class NdJsonTarget() : FuzzTarget("ndjson", "the frames of NDJSON are its lines, however they are cut")
{
    private const int TightLimits = 1;

    public override void Run(FuzzInput input)
    {
        var options = new FrameReaderOptions();
        if (input.Has(TightLimits))
        {
            options.MaxFrameBytes = 1 + (input.Flags >> 1);
            string whole = Outcome.Of(FrameFormat.NdJson, options, input.Document).ToString();
            Assert.Equal(whole, Outcome.Of(FrameFormat.NdJson, options, input.Chunks()).ToString());
            return;
        }

        Outcome outcome = Outcome.Of(FrameFormat.NdJson, options, input.Chunks());
        Assert.Null(outcome.Code);
        Assert.Equal(NdJsonOracle.Split(Latin1.Of(input.Document)), outcome.Frames.Select(NdJsonOracle.Describe));
    }
}
