using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Framing;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Bad input gives an outcome, an anomaly or a limit: never an exception, a hang, much memory, or a wrong call marked safe.</summary>
public sealed class MaliciousInputTests(ITestOutputHelper output)
{
    [SlowFact]
    public void AMillionEmptyFragments_StopAtTheLimit()
    {
        byte[] pieces = ModelRun.Sse([.. Enumerable.Repeat("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":""}}]}}]}""", 1000)]);
        using var reader = new ModelStreamReader();
        reader.Append(ModelRun.Sse(Piece(0, "a", "f", "{}")));
        int events = 0;
        for (int i = 0; i < 1000; i++)
        {
            reader.Append(pieces);
            while (reader.TryRead(out _))
            {
                events++;
            }
        }

        ToolCall call = Assert.IsType<ToolCall>(Assert.Single(reader.Message.Items));
        Assert.Equal((ToolCallOutcome.Invalid, UnsafeReasons.LimitExceeded), (call.Outcome, call.Reasons & UnsafeReasons.LimitExceeded));
        Assert.InRange(events, 1, 10);
    }

    [Fact]
    public void NamesAndIdsOfAMegabyte_AreRefused()
    {
        string large = new('n', PropertySettings.Size(1 << 20));
        ModelRun run = ModelRun.OfChat(Piece(0, "a", large, "{}"), Piece(1, large, "f", "{}"), Piece(2, "c", "g", "{}"), Finish("tool_calls"), "[DONE]");
        Assert.Equal([false, false, true], run.Calls.Select(call => call.IsSafeToExecute));
        Assert.InRange(run.FinalLine().Length, 1, 20_000);
        run.Reader.Dispose();
    }

    [Fact]
    public void CommentLinesOfAMegabyte_AreNothing()
    {
        string comment = ":" + new string('c', PropertySettings.Size(1 << 20)) + "\n";
        byte[] stream = [.. Encoding.UTF8.GetBytes(comment + comment), .. ModelRun.Sse(Piece(0, "a", "f", "{}"), Finish("stop"), "[DONE]")];
        ModelRun run = ModelRun.Of(ModelStreamOptions.Default, stream, 1000);
        Assert.True(run.Calls.Single().IsSafeToExecute);
        Assert.Empty(run.Anomalies.Except([AnomalyKind.ArgumentsEmpty]));
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData("FFFFFFFF00000000")]
    [InlineData("FFFFFFFFFFFFFFFF00000000")]
    [InlineData("00FFFFFF000000000000000000")]
    [InlineData("000000100000000005C248EB7D98C8FF")]
    [InlineData("00000000000000000000000000000000")]
    public void ABinaryLengthThatLies_IsAnErrorOfTheFraming(string hex)
    {
        var options = new ModelStreamOptions { Framing = FrameFormat.AwsEventStream };
        ModelRun run = ModelRun.Of(options, Convert.FromHexString(hex), 1);
        Assert.NotEqual(JsonOutcome.Partial, run.Message.Outcome);
        Assert.Empty(run.Message.Items);
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":{"index":0}}}]}""")]
    [InlineData("""{"choices":[null,1,"x",[],{"delta":null},{"delta":{"content":7,"tool_calls":[null,1,{"index":"0","id":5,"function":"f"}]}}]}""")]
    [InlineData("""{"choices":[{"index":1e99,"delta":{"tool_calls":[{"index":0.5,"id":"a","function":{"name":"f"}}]}}]}""")]
    [InlineData("""{"choices":[],"usage":{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}""")]
    [InlineData("""{"choices":[],"usage":{"a":"\ud83d"},"id":"\ud83d","model":"\ude00","error":{"message":"\ud83d","code":"\ud83d"}}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"\ud83d","function":{"name":"\ude00","arguments":[1e999]}}]},"finish_reason":"\ud83d"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"function_call":{"name":[],"arguments":{"a":{}}}}}]}""")]
    public void ValuesOfTheWrongKind_AreIgnored(string payload)
    {
        ModelRun run = ModelRun.OfChat(payload, Piece(5, "z", "good", "{\"x\":1}"), Finish("tool_calls"), "[DONE]");
        using JsonDocument line = JsonDocument.Parse(run.FinalLine(), new JsonDocumentOptions { MaxDepth = 200 });
        Assert.Equal("good", run.Calls.Last().Name);
        run.Reader.Dispose();
    }

    [Fact]
    public void ADeepPayload_IsMalformed()
    {
        ModelRun run = ModelRun.OfChat("{\"choices\":" + new string('[', 100_000), Finish("stop"), "[DONE]");
        Assert.Contains(AnomalyKind.MalformedFrame, run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>Pieces of all fixtures one behind the other, cut and glued anywhere: whatever is said to be safe, a straight reading of the stream finds too.</summary>
    [Fact]
    public void RandomSplices()
    {
        byte[][] streams = [.. Fixture.Names.Select(name => Fixture.Load(name).Content)];
        Gen<byte[]> part = Gen.Choose(0, streams.Length - 1).SelectMany(which => Gen.Choose(0, 1000).Two().Select(place => Slice(streams[which], place.Item1, place.Item2)));
        Gen<(byte[] Bytes, int Size)> splice = part.NonEmptyListOf().SelectMany(
            parts => Gen.Choose(0, 50).Select(size => (Bytes: parts.Take(8).SelectMany(bytes => bytes).ToArray(), Size: size)));
        Seed.Check(output, 3000, splice, input =>
        {
            ModelRun auto = ModelRun.Of(ModelStreamOptions.Default, input.Bytes, input.Size);
            Assert.NotEqual(JsonOutcome.Partial, auto.Message.Outcome);
            JsonDocument.Parse(auto.FinalLine(), new JsonDocumentOptions { MaxDepth = 200 }).Dispose();
            auto.Reader.Dispose();

            var options = new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = FrameFormat.ServerSentEvents };
            ModelRun chat = ModelRun.Of(options, input.Bytes, input.Size);
            foreach (ToolCall call in chat.Calls.Where(call => call.IsSafeToExecute))
            {
                Assert.True(ChatOracle.IsWritten(input.Bytes, call), $"{call.Id} {call.Name} {call.GetText()}\n{Encoding.UTF8.GetString(input.Bytes)}");
            }

            chat.Reader.Dispose();
        });
    }

    private static byte[] Slice(byte[] stream, int start, int length)
    {
        int from = start * stream.Length / 1000;
        return stream[from..Math.Min(stream.Length, from + 1 + (length * (stream.Length - from) / 1000))];
    }
}
