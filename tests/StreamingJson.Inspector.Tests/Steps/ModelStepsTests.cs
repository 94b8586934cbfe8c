using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Framing;
using StreamingJson.Tool.Inspector.Steps;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary>Applied in order, the steps of a model's stream give the message after every chunk: arguments, texts, verdicts.</summary>
public class ModelStepsTests
{
    public static TheoryData<string> Names => new(Fixtures.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsGiveTheMessage_AtEveryStep(string name)
    {
        byte[] content = Fixtures.Load(name);
        foreach (int size in new[] { 7, 190, content.Length + 1 })
        {
            using var steps = new ModelSteps(Fixtures.ProtocolOf(name), contentType: null);
            var rebuilt = new Rebuilt();
            foreach (JsonElement record in StepRun.Of(steps, StepRun.Cut(content, size)))
            {
                rebuilt.Apply(record);
                AssertGivesTheMessage(steps, rebuilt, isEnd: record.GetProperty("record").GetString() == "end");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheFrames_AreThoseOfTheStream(string name)
    {
        byte[] content = Fixtures.Load(name);
        using var steps = new ModelSteps(Fixtures.ProtocolOf(name), contentType: null);
        (long, long)[] frames = [.. StepRun.Of(steps, StepRun.Cut(content, 190))
            .SelectMany(record => record.GetProperty("frames").EnumerateArray())
            .Select(frame => (frame.GetProperty("start").GetInt64(), frame.GetProperty("end").GetInt64()))];
        Assert.Equal(Frames(content, Fixtures.FramingOf(name)), frames);
    }

    [Fact]
    public void AStreamThatWasBrokenOff_IsTruncated()
    {
        using var steps = new ModelSteps(ModelProtocol.Auto, contentType: null);
        ReadOnlyMemory<byte> content = Fixtures.Sample("anthropic-messages.sse");
        JsonElement last = StepRun.Of(steps, StepRun.Cut(content[..(content.Length / 2)], 512), LogEnd.Aborted).Last();
        Assert.Equal("aborted", last.GetProperty("end").GetString());
        Assert.Equal("truncated", last.GetProperty("outcome").GetString());
    }

    [Fact]
    public void Times_AreThoseOfArrival_OnTheClockOfTheLog()
    {
        using var steps = new ModelSteps(ModelProtocol.Auto, contentType: null);
        JsonElement last = StepRun.Of(steps, StepRun.Cut(Fixtures.Sample("openai-chat.sse"), 100)).Last();
        JsonElement times = last.GetProperty("times");
        Assert.Equal(0.001, times.GetProperty("first_byte").GetDouble());
        Assert.InRange(times.GetProperty("first_value").GetDouble(), 0.05, 0.1);
        Assert.Equal(last.GetProperty("report").GetProperty("between_deltas").GetProperty("max").GetDouble(), times.GetProperty("longest_silence").GetDouble());
        Assert.Equal(0, Math.Round(times.GetProperty("longest_silence").GetDouble() * 1_000_000) % 1000);
    }

    [Fact]
    public void StructuredOutput_IsShownAsAValue_AndProseIsNot()
    {
        Assert.Equal("""{"a":[1,"x"]}""", RebuildText("""  {"a":[1,"x"]}"""));
        Assert.Null(RebuildText("Look: {\"a\":1}"));
    }

    private static string? RebuildText(string text)
    {
        string[] pieces = [.. text.Chunk(3).Select(piece => new string(piece))];
        string body = string.Concat(pieces.Select(piece =>
            $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{JsonSerializer.Serialize(piece)}}},\"finish_reason\":null}}]}}\n\n"));
        using var steps = new ModelSteps(ModelProtocol.OpenAIChat, contentType: null);
        var rebuilt = new Rebuilt();
        foreach (JsonElement record in StepRun.Of(steps, StepRun.Cut(Encoding.UTF8.GetBytes(body), 50)))
        {
            rebuilt.Apply(record);
        }

        Assert.Equal(text, rebuilt.Texts[0].ToString());
        return rebuilt.Json(0);
    }

    private static void AssertGivesTheMessage(ModelSteps steps, Rebuilt rebuilt, bool isEnd)
    {
        foreach ((int item, JsonElement verdict) in rebuilt.Verdicts)
        {
            var call = (ToolCall)steps.Items[item];
            Assert.Equal(call.Snapshot.HasValue ? StepRun.Canonical(call.Snapshot.ToString()) : null, rebuilt.Json(item) is { } json ? StepRun.Canonical(json) : null);
            Assert.Equal(call.IsSafeToExecute, verdict.GetProperty("safe_to_execute").GetBoolean());
            Assert.Equal(call.Outcome.ToString(), verdict.GetProperty("outcome").GetString(), ignoreCase: true);
            Assert.Equal(call.Reasons == UnsafeReasons.None, verdict.GetProperty("reasons").GetArrayLength() == 0);
        }

        foreach ((int item, StringBuilder text) in rebuilt.Texts.Where(pair => !rebuilt.Dropped.Contains(pair.Key)))
        {
            Assert.Equal(steps.Items[item].GetText(), text.ToString());
        }

        if (isEnd)
        {
            Assert.Equal(steps.Message.Items.OfType<ToolCall>().Count(), rebuilt.Verdicts.Keys.Except(rebuilt.Dropped).Count());
            Assert.Equal(steps.Message.Items.Count, steps.Items.Count - rebuilt.Dropped.Count);
        }
    }

    private static List<(long, long)> Frames(byte[] content, FrameFormat framing)
    {
        int mark = TextParts.MarkLength(framing, content);
        using var reader = new FrameReader(framing, new FrameReaderOptions { DeliverUnterminated = true, ReportUnknownFields = true });
        reader.Append(content.AsSpan(mark));
        reader.Complete();
        List<(long, long)> frames = [];
        while (reader.TryRead(out Frame frame))
        {
            frames.Add((mark + frame.StartOffset, mark + frame.EndOffset));
        }

        return frames;
    }
}
