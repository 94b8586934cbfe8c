using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

/// <summary>Recorded provider streams, if they are at hand: read whole and byte by byte, compared with the oracles.</summary>
public sealed class RecordingTests
{
    [SharedSuiteFact("recorded")]
    public void ServerSentEvents_AgreeWithTheStandard() => CheckAll("*.sse", 50, FrameFormat.ServerSentEvents, (input, outcome) =>
        Assert.Equal(ServerSentEventsOracle.Interpret(Text.Of(input), true, true), outcome.ToString()));

    [SharedSuiteFact("recorded")]
    public void AwsMessages_HaveValidChecksumsAndJson() => CheckAll("*.eventstream", 5, FrameFormat.AwsEventStream, (_, outcome) =>
    {
        Assert.Null(outcome.Code);
        Assert.NotEmpty(outcome.Frames);
        Assert.All(outcome.Frames, frame =>
        {
            Assert.NotEqual("", frame.EventType);
            JsonDocument.Parse(Text.Bytes(frame.Data)).Dispose();
        });
    });

    [SharedSuiteFact("recorded")]
    public void Lines_AgreeWithSplittingTheText() => CheckAll("*.ndjson", 10, FrameFormat.NdJson, (input, outcome) =>
    {
        Assert.Null(outcome.Code);
        Assert.Equal(NdJsonOracle.Split(Text.Of(input)), outcome.Frames.Select(NdJsonOracle.Describe));
    });

    private static void CheckAll(string pattern, int atLeast, FrameFormat format, Action<byte[], Outcome> check)
    {
        var options = new FrameReaderOptions { ReportUnknownFields = true, DeliverUnterminated = true };
        string[] files = Directory.GetFiles(SharedSuite.Find("recorded")!, pattern, SearchOption.AllDirectories);
        Assert.True(files.Length >= atLeast, $"{files.Length} files");
        foreach (string file in files)
        {
            byte[] input = File.ReadAllBytes(file);
            Outcome outcome = Outcome.Of(format, options, input);
            check(input, outcome);
            Assert.Equal(outcome.ToString(), Outcome.Of(format, options, Cuts.Every(input, 1)).ToString());
            Assert.Equal(outcome.ToString(), Outcome.Of(format, options, Cuts.Every(input, 1447)).ToString());
        }
    }
}
