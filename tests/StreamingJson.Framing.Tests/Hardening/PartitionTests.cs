using System.Collections.Generic;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>Short streams in every partition: 2^(n-1) of them for n bytes.</summary>
public sealed class PartitionTests
{
    [Theory]
    [InlineData(FrameFormat.ServerSentEvents, "data:a\r\n\r\n:\r\r")]
    [InlineData(FrameFormat.ServerSentEvents, "id:1\rdata\r\n\r\n")]
    [InlineData(FrameFormat.ServerSentEvents, "\u00EF\u00BB\u00BFdata:x\n\n")]
    [InlineData(FrameFormat.ServerSentEvents, "event:b\ndata\n\n")]
    [InlineData(FrameFormat.NdJson, "1\r\n\n{}\n\r\"\\n\"")]
    [InlineData(FrameFormat.NdJson, "\u00EF\u00BB\u00BF[]\n 2 \n")]
    [InlineData(FrameFormat.JsonArray, "[1,{},\"]\\\"\"]")]
    [InlineData(FrameFormat.JsonArray, "[[],-1.5 , {}]")]
    [InlineData(FrameFormat.JsonArray, "[1 2]")]
    [InlineData(FrameFormat.AwsEventStream, "\0\0\0\u0010\0\0\0\0\u0005\u00C2H\u00EB}")] // a message of 16 bytes, all but the end
    public void EveryPartition_GivesTheSame(FrameFormat format, string latin1)
    {
        byte[] input = Text.Bytes(latin1);
        Assert.InRange(input.Length, 5, 14);
        var options = new FrameReaderOptions { ReportUnknownFields = true, DeliverUnterminated = true };
        string whole = Outcome.Of(format, options, input).ToString();
        int step = PropertySettings.IsQuick ? 41 : 1;
        for (int cuts = 1; cuts < 1 << (input.Length - 1); cuts += step)
        {
            IEnumerable<int> places = Enumerable.Range(1, input.Length - 1).Where(place => (cuts & (1 << (place - 1))) != 0);
            string cut = Outcome.Of(format, options, Cuts.At(input, places)).ToString();
            if (cut != whole)
            {
                Assert.Fail($"cut at the bits of {cuts:b}:\n{whole}\n{cut}");
            }
        }
    }
}
