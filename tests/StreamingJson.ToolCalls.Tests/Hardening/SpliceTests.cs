using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Framing;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// Streams of one protocol, cut and glued at frames and anywhere else: what is said to be safe in them is written in them, whole and with an end, as a
/// reading finds that knows nothing of the protocol (<see cref="WrittenOracle"/>).
/// </summary>
public sealed class SpliceTests(ITestOutputHelper output)
{
    /// <summary>The words with which a protocol says that a call is over, or its stream that it is.</summary>
    private static readonly Dictionary<string, string[]> Ends = new()
    {
        ["openai-chat"] = ["finish_reason", "finishReason"],
        ["openai-responses"] = [".done", "completed\""],
        ["openai-realtime"] = [".done"],
        ["openai-assistants"] = ["requires_action", "completed"],
        ["anthropic"] = ["content_block_stop", "stop_reason"],
        ["gemini"] = ["functionCall", "function_call"],
        ["gemini-interactions"] = ["stop", "complete", "steps"], // whole steps stand in an answer that was not streamed
        ["gemini-live"] = ["toolCall"],
        ["bedrock-converse"] = ["contentBlockStop", "stopReason"],
        ["bedrock-invoke"] = ["stop", "Stop", "finish"],
        ["cohere-v1"] = ["tool-calls-generation", "stream-end", "finish_reason"],
        ["cohere-v2"] = ["tool-call-end", "finish_reason"],
        ["ollama"] = ["tool_calls"],
        ["ui-message-stream"] = ["tool-input-available", "tool-input-error", "tool_call", "finish"],
        ["ag-ui"] = ["TOOL_CALL_END", "SNAPSHOT", "RUN_FINISHED", "TOOL_CALL_CHUNK"], // one in chunks is over with whatever comes next
    };

    public static TheoryData<string> Protocols => new(Ends.Keys);

    [Theory]
    [MemberData(nameof(Protocols))]
    public void WhatIsSafe_IsWritten(string protocol)
    {
        Fixture[] fixtures = [.. Fixture.Names.Where(name => name.StartsWith(protocol + "/", StringComparison.Ordinal)).Select(Fixture.Load).Where(IsPlain)];
        Assert.NotEmpty(fixtures);
        int safe = 0;
        foreach (IGrouping<FrameFormat, Fixture> group in fixtures.GroupBy(fixture => fixture.Framing))
        {
            byte[][] streams = [.. group.Select(fixture => fixture.Content)];
            int[][] places = [.. group.Select(Boundaries)];
            bool isNameInPieces = protocol == "openai-chat";
            Gen<byte[]> part = Gen.Choose(0, streams.Length - 1).SelectMany(which =>
                Place(streams[which], places[which]).Two().Select(ends => streams[which][Math.Min(ends.Item1, ends.Item2)..Math.Max(ends.Item1, ends.Item2)]));
            Gen<byte[]> splice = Gen.Choose(1, 4).SelectMany(count => part.ArrayOf(count)).Select(parts => parts.SelectMany(bytes => bytes).ToArray());
            ModelStreamOptions options = group.First().Options(isAuto: false);
            using var reader = new ModelStreamReader(options);
            foreach (byte[] stream in streams)
            {
                safe += Check(reader, group.Key, stream, Ends[protocol], isNameInPieces); // the oracle must know the streams as they are, too
            }

            Seed.Check(output, 250, splice, stream => safe += Check(reader, group.Key, stream, Ends[protocol], isNameInPieces));
        }

        output.WriteLine($"{protocol}: {safe} safe calls in {fixtures.Length} streams and their splices");
        Assert.InRange(safe, 10, int.MaxValue);
    }

    /// <summary>Two announcements of one id, as a splice of two Responses streams had them: the names were joined, and the call was safe.</summary>
    [Fact]
    public void AnotherNameWithTheSameId_IsNoPieceOfTheName()
    {
        ModelRun run = ModelRun.OfChat(
            CompletionTests.Piece(0, "a", "weigh", ""), CompletionTests.Piece(0, "a", "knead", "{\"g\":1}"), CompletionTests.Finish("tool_calls"), "[DONE]");
        Assert.Equal(UnsafeReasons.IdentityDoubt, run.Calls.Single().Reasons);
        run.Reader.Dispose();

        run = ModelRun.OfChat(
            CompletionTests.Piece(0, "a", "get_", ""), CompletionTests.Piece(0, null, "time", ""), CompletionTests.Piece(0, null, null, "{}"), CompletionTests.Finish("tool_calls"), "[DONE]");
        Assert.Equal((true, "get_time"), (run.Calls.Single().IsSafeToExecute, run.Calls.Single().Name));
        run.Reader.Dispose();
    }

    /// <summary>A line break instead of arguments, as a splice left it: none, which means an empty object. The oracle took it for a text.</summary>
    [Fact]
    public void BlankArguments_AreNone()
    {
        byte[] stream = Encoding.UTF8.GetBytes(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\\n\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n");
        using var reader = new ModelStreamReader();
        Assert.Equal(1, Check(reader, FrameFormat.ServerSentEvents, stream, Ends["openai-chat"], isNameInPieces: true));
    }

    private static int Check(ModelStreamReader reader, FrameFormat framing, byte[] stream, string[] ends, bool isNameInPieces)
    {
        reader.Reset();
        ModelRun run = ModelRun.Of(reader, stream, 11);
        Assert.NotEqual(JsonOutcome.Partial, run.Message.Outcome);
        ToolCall[] calls = [.. run.Calls.Where(call => call.IsSafeToExecute)];
        if (calls.Length > 0)
        {
            var oracle = new WrittenOracle(framing, stream);
            foreach (ToolCall call in calls)
            {
                string? doubt = oracle.Doubt(call, ends, isNameInPieces);
                Assert.True(doubt is null, $"{doubt}: {call.Id} {call.Name} {call.GetText()}\n{Encoding.UTF8.GetString(stream)}");
            }
        }

        return calls.Length;
    }

    /// <summary>Arguments that are put together from paths are written nowhere, half a surrogate pair is no string, and a bare framing knows no byte order mark.</summary>
    private static bool IsPlain(Fixture fixture)
    {
        string text = Encoding.UTF8.GetString(fixture.Content);
        return !text.Contains("partialArgs", StringComparison.Ordinal) && !text.Contains("partial_args", StringComparison.Ordinal)
            && !text.Contains("\\ud", StringComparison.OrdinalIgnoreCase)
            && !fixture.Content.AsSpan().StartsWith("\uFEFF"u8);
    }

    private static Gen<int> Place(byte[] stream, int[] boundaries) =>
        Gen.Frequency((4, Gen.Elements(boundaries)), (1, Gen.Choose(0, stream.Length)));

    private static int[] Boundaries(Fixture fixture)
    {
        if (fixture.Framing == FrameFormat.Message)
        {
            return [0, .. fixture.Content.Select((b, i) => (b, i)).Where(at => at.b == '\n').Select(at => at.i + 1), fixture.Content.Length];
        }

        using var frames = new FrameReader(fixture.Framing, new FrameReaderOptions { DeliverUnterminated = true, ReportUnknownFields = true });
        frames.Append(fixture.Content);
        frames.Complete();
        List<int> places = [0, fixture.Content.Length];
        while (frames.TryRead(out Frame frame))
        {
            places.Add((int)frame.StartOffset);
            places.Add((int)frame.EndOffset);
        }

        return [.. places];
    }
}
