using System;
using System.Linq;
using StreamingJson.Tests.Support;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Every limit, one below it, at it, one beyond it: what is beyond is refused, with an outcome of that call and of no other.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    public void OpenCalls(int count)
    {
        ModelRun run = ModelRun.OfChat([.. Enumerable.Range(0, count).Select(i => Piece(i, $"id{i}", "f", "{}")), Finish("tool_calls"), "[DONE]"]);
        Assert.Equal(count, run.Calls.Count());
        AssertRefused(run, refused: count > 128 ? 1 : 0);
    }

    [Fact]
    public void CallsThatEnded_AreNotOpen()
    {
        string[] payloads = [.. Enumerable.Range(0, 300).SelectMany(choice => new[]
        {
            Piece(0, $"id{choice}", "f", "{}").Replace("\"choices\":[{\"index\":0", $"\"choices\":[{{\"index\":{choice}", StringComparison.Ordinal),
            Finish("tool_calls").Replace("\"choices\":[{\"index\":0", $"\"choices\":[{{\"index\":{choice}", StringComparison.Ordinal),
        })];
        ModelRun run = ModelRun.OfChat([.. payloads, "[DONE]"]);
        Assert.Equal(300, run.Calls.Count());
        AssertRefused(run, refused: 0);
    }

    [Theory]
    [InlineData(0, 1023)]
    [InlineData(0, 1024)]
    [InlineData(0, 1025)]
    [InlineData(5, 1028)]
    [InlineData(5, 1029)]
    [InlineData(5, 1030)]
    [InlineData(0, 4294967294)]
    [InlineData(0, long.MaxValue)]
    public void IndexJump(long first, long second)
    {
        ModelRun run = ModelRun.OfChat(Piece(first, "a", "f", "{}"), Piece(second, "b", "g", "{}"), Finish("tool_calls"), "[DONE]");
        bool isBeyond = second > first + 1024;
        Assert.Equal(isBeyond, run.Anomalies.Contains(AnomalyKind.IndexJump));
        Assert.True(run.Calls.First().IsSafeToExecute);
        AssertRefused(run, refused: isBeyond ? 1 : 0);
    }

    [Fact]
    public void TheDefaults()
    {
        var limits = new ToolCallLimits();
        Assert.Equal(limits, ToolCallLimits.Default);
        Assert.Equal((128, 1_024, 65_536, 10_000, 4_096), (limits.MaxOpenCalls, limits.MaxIndexJump, limits.MaxFragments, limits.MaxItems, limits.MaxNameBytes));
        Assert.Equal((16_777_216, 67_108_864), (limits.MaxArgumentsBytes, limits.MaxTextBytes));
    }

    [SlowTheory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void ArgumentBytes_OfTheDefault(int beyond)
    {
        AssertArgumentBytes(ToolCallLimits.Default, ToolCallLimits.Default.MaxArgumentsBytes, beyond, pieces: 16);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void ArgumentBytes(int beyond) => AssertArgumentBytes(ToolCallLimits.Default with { MaxArgumentsBytes = 100 }, 100, beyond, pieces: 3);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void Fragments(int beyond)
    {
        int most = PropertySettings.Size(ToolCallLimits.Default.MaxFragments);
        string empty = Piece(0, null, null, "");
        string[] payloads = [Piece(0, "a", "f", "{}"), .. Enumerable.Repeat(empty, most - 1 + beyond), Finish("tool_calls"), "[DONE]"];
        ModelRun run = ModelRun.OfChat(ToolCallLimits.Default with { MaxFragments = most }, payloads);
        AssertRefused(run, refused: beyond > 0 ? 1 : 0);
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void NameBytes(int length)
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", new string('n', length), "{}"), Piece(1, new string('i', length), "f", "{}"), Finish("tool_calls"), "[DONE]");
        Assert.All(run.Calls, call => Assert.True(call.NameUtf8.Length <= 4096 && call.IdUtf8.Length <= 4096));
        AssertRefused(run, refused: length > 4096 ? 2 : 0);
    }

    [Fact]
    public void ANameIsNeverCutInsideALetter()
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", new string('é', 2047) + "x" + new string('é', 500), "{}"), Finish("tool_calls"), "[DONE]");
        Assert.Equal(4095, run.Calls.Single().NameUtf8.Length);
        Assert.DoesNotContain('\uFFFD', run.FinalLine());
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    public void Items(int count)
    {
        ToolCallLimits limits = ToolCallLimits.Default with { MaxItems = 100, MaxOpenCalls = 1000 };
        ModelRun run = ModelRun.OfChat(limits, [.. Enumerable.Range(0, count).Select(i => Piece(i, $"id{i}", "f", "{}")), Finish("tool_calls"), "[DONE]"]);
        Assert.Equal(Math.Min(count, 100), run.Message.Items.Count);
        Assert.Equal(count > 100, run.Anomalies.Contains(AnomalyKind.LimitExceeded));
        run.Reader.Dispose();
    }

    /// <summary>Texts and calls are counted together.</summary>
    [Theory]
    [InlineData(2, "Text, ToolCall")]
    [InlineData(3, "Text, ToolCall, Text")]
    public void Items_OfBothKinds(int most, string kinds)
    {
        ModelRun run = ModelRun.OfChat(ToolCallLimits.Default with { MaxItems = most }, Chunk("{\"content\":\"a\"}"), Piece(0, "a", "f", "{}"), Chunk("{\"content\":\"b\"}"), Finish("stop"), "[DONE]");
        Assert.Equal(kinds, string.Join(", ", run.Message.Items.Select(item => item.Kind)));
        Assert.Equal(most < 3, run.Anomalies.Contains(AnomalyKind.LimitExceeded));
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(9, "abcde")]
    [InlineData(10, "abcdefghij")]
    public void TextBytes(int most, string text)
    {
        ModelRun run = ModelRun.OfChat(ToolCallLimits.Default with { MaxTextBytes = most }, Chunk("{\"content\":\"abcde\"}"), Chunk("{\"content\":\"fghij\"}"), Chunk("{\"content\":\"0123456789\"}"));
        Assert.Equal(text, run.Message.Items.Single().GetText());
        Assert.Contains(AnomalyKind.LimitExceeded, run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>What comes after the end of a call is kept as evidence, up to the same limit.</summary>
    [Fact]
    public void ArgumentBytes_AfterTheEnd()
    {
        ModelRun run = ModelRun.OfChat(ToolCallLimits.Default with { MaxArgumentsBytes = 10 }, Piece(0, "a", "f", "{}"), Finish("stop"), Piece(0, null, null, "x"), Piece(0, null, null, "0123456789"), "[DONE]");
        Assert.Equal(("{}x", UnsafeReasons.ArgumentsAfterEnd | UnsafeReasons.LimitExceeded), (run.Calls.Single().GetText(), run.Calls.Single().Reasons));
        run.Reader.Dispose();
    }

    /// <summary>A name that comes in pieces is as long as they are together.</summary>
    [Theory]
    [InlineData(96, false)]
    [InlineData(97, true)]
    public void NameBytes_InPieces(int second, bool isRefused)
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", new string('n', 4000), null), Piece(0, null, new string('m', second), "{}"), Finish("stop"), "[DONE]");
        ToolCall call = run.Calls.Single();
        Assert.Equal((4096, isRefused), (call.NameUtf8.Length, call.Reasons.HasFlag(UnsafeReasons.LimitExceeded)));
        run.Reader.Dispose();
    }

    /// <summary>Patches that went back are put together anew, and refused as any arguments are.</summary>
    [Fact]
    public void ArgumentBytes_OfPatches()
    {
        string[] patches = [Patch("a", 1), Patch("b", 2), Patch("a", 3), Patch("c", 123456)];
        string[] payloads = [.. patches.Select(patch => $$$$"""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","willContinue":true,"partialArgs":[{{{{patch}}}}]}}]}}]}"""), """{"candidates":[{"finishReason":"STOP"}]}"""];
        var options = new ModelStreamOptions { Protocol = ModelProtocol.Gemini, Limits = ToolCallLimits.Default with { MaxArgumentsBytes = 20 } };
        ModelRun run = ModelRun.Of(options, ModelRun.Sse(payloads));
        ToolCall call = run.Calls.Single();
        Assert.Equal((ToolCallOutcome.Invalid, true), (call.Outcome, call.Reasons.HasFlag(UnsafeReasons.LimitExceeded)));
        run.Reader.Dispose();
        run = ModelRun.Of(options with { Limits = ToolCallLimits.Default }, ModelRun.Sse(payloads));
        Assert.Equal(("{\"a\":3,\"b\":2,\"c\":123456}", UnsafeReasons.Repaired), (run.Calls.Single().GetText(), run.Calls.Single().Reasons));
        run.Reader.Dispose();

        static string Patch(string name, int value) => $$"""{"jsonPath":"$.{{name}}","numberValue":{{value}}}""";
    }

    [Theory]
    [InlineData(1024, false)]
    [InlineData(1025, true)]
    [InlineData(4294967294, true)]
    [InlineData(-1, true)]
    public void Choices(long choice, bool isBeyond)
    {
        ModelRun run = ModelRun.OfChat($$$"""{"choices":[{"index":{{{choice}}},"delta":{"content":"a"},"finish_reason":"stop"}]}""", "[DONE]");
        Assert.Equal(isBeyond ? 0 : 1, run.Message.Items.Count);
        Assert.Equal(isBeyond, run.Anomalies.Contains(AnomalyKind.LimitExceeded));
        run.Reader.Dispose();
    }

    private static void AssertArgumentBytes(ToolCallLimits limits, int limit, int beyond, int pieces)
    {
        string start = "{\"text\":\"";
        int rest = limit + beyond - start.Length - 2;
        string piece = new('x', rest / pieces);
        string last = new('x', rest - (piece.Length * pieces));
        string[] payloads =
        [
            Piece(0, "a", "f", start), Piece(1, "b", "g", "{}"), .. Enumerable.Repeat(Piece(0, null, null, piece), pieces),
            Piece(0, null, null, last + "\"}"), Finish("tool_calls"), "[DONE]",
        ];
        ModelRun run = ModelRun.OfChat(limits, payloads);
        Assert.True(run.Calls.First().TextUtf8.Length <= limit);
        Assert.True(run.Calls.Last().IsSafeToExecute);
        AssertRefused(run, refused: beyond > 0 ? 1 : 0);
    }

    private static void AssertRefused(ModelRun run, int refused)
    {
        ToolCall[] calls = [.. run.Calls];
        Assert.Equal(refused, calls.Count(call => call.Reasons.HasFlag(UnsafeReasons.LimitExceeded)));
        Assert.All(calls.Where(call => call.Reasons.HasFlag(UnsafeReasons.LimitExceeded)), call => Assert.Equal(ToolCallOutcome.Invalid, call.Outcome));
        Assert.Equal(calls.Length - refused, calls.Count(call => call.IsSafeToExecute));
        Assert.Equal(refused > 0, run.Anomalies.Contains(AnomalyKind.LimitExceeded));
        Assert.Equal(refused > 0 ? JsonOutcome.Invalid : JsonOutcome.Complete, run.Message.Outcome);
        run.Reader.Dispose();
    }
}
