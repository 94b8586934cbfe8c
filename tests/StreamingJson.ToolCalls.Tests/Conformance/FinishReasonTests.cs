using System.Linq;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What the words mean that the providers' pages list, and which of them let a whole call be executed.</summary>
public sealed class FinishReasonTests
{
    [Theory]
    [InlineData(FinishReason.Stop, true, "stop eos eos_token completed success")] // OpenAI and its look-alikes
    [InlineData(FinishReason.Stop, true, "end_turn stop_sequence pause_turn")] // Anthropic
    [InlineData(FinishReason.Stop, true, "STOP COMPLETE STOP_SEQUENCE FINISH FINISHED endoftext")] // Gemini, Cohere, models of Bedrock
    [InlineData(FinishReason.ToolCalls, true, "tool_calls function_call tool_use TOOL_CALL requires_action tool-calls interrupt")]
    [InlineData(FinishReason.Length, false, "length max_tokens MAX_TOKENS LENGTH model_length model_context_window_exceeded incomplete incomplete:max_output_tokens")]
    [InlineData(FinishReason.ContentFilter, false, "content_filter content-filter refusal content_filtered CONTENT_FILTERED guardrail_intervened incomplete:content_filter")]
    [InlineData(FinishReason.ContentFilter, false, "SAFETY RECITATION BLOCKLIST PROHIBITED_CONTENT SPII IMAGE_SAFETY IMAGE_PROHIBITED_CONTENT IMAGE_RECITATION")] // Gemini
    [InlineData(FinishReason.Error, false, "error failed ERROR ERROR_TOXIC ERROR_LIMIT TIMEOUT malformed_model_output malformed_tool_use")]
    [InlineData(FinishReason.Error, false, "MALFORMED_FUNCTION_CALL UNEXPECTED_TOOL_CALL TOO_MANY_TOOL_CALLS MALFORMED_RESPONSE MISSING_THOUGHT_SIGNATURE")] // Gemini
    [InlineData(FinishReason.Cancelled, false, "cancelled canceled abort USER_CANCEL")]
    [InlineData(FinishReason.Other, false, "because Stop STOPPED tool")]
    public void AWord_HasItsMeaning(FinishReason reason, bool isGood, string words)
    {
        foreach (string word in words.Split(' '))
        {
            ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", "{\"x\":1}"), Finish(word), "[DONE]");
            Assert.Equal((reason, word), (run.Message.GetFinishReason(0, out string? own), own));
            Assert.Equal((word, isGood), (word, run.Calls.Single().IsSafeToExecute));
            run.Reader.Dispose();
        }
    }

    /// <summary>A call without arguments has nothing that shows a cut: only the finish reason tells.</summary>
    [Theory]
    [InlineData("tool_calls", ToolCallOutcome.Complete, UnsafeReasons.None)]
    [InlineData("length", ToolCallOutcome.Truncated, UnsafeReasons.FinishReason)]
    [InlineData("because", ToolCallOutcome.Truncated, UnsafeReasons.FinishReason)]
    public void NoArguments_AreWhole_OnlyWhereTheModelHadFinished(string word, ToolCallOutcome outcome, UnsafeReasons reasons)
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", null), Finish(word), "[DONE]");
        ToolCall call = run.Calls.Single();
        Assert.Equal((outcome, reasons, ArgumentsState.Empty), (call.Outcome, call.Reasons, call.ArgumentsState));
        Assert.Equal(outcome == ToolCallOutcome.Complete, run.Anomalies.Contains(AnomalyKind.ArgumentsEmpty));
        run.Reader.Dispose();
    }

    /// <summary>A good reason that changes to another good one is told, and doubts nothing; one that changes to a bad one is held against the calls of its choice alone.</summary>
    [Theory]
    [InlineData("stop", "tool_calls", true)]
    [InlineData("tool_calls", "length", false)]
    public void AReasonThatChanges(string first, string second, bool isSafe)
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", "{}"), OfChoice1(Piece(0, "b", "g", "{}")), OfChoice1(Finish("stop")), Finish(first), Finish(second), "[DONE]");
        Assert.Equal([isSafe, true], run.Calls.Select(call => call.IsSafeToExecute));
        Assert.Equal([AnomalyKind.FinishReasonChanged], run.Anomalies);
        Assert.Equal((second, "stop"), (run.Message.GetFinish(1).Word, run.Message.GetFinish(0).Word));
        run.Reader.Dispose();
    }

    [Fact]
    public void AReasonThatIsRepeated_IsNoChange()
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", "{}"), Finish("tool_calls"), Finish("tool_calls"), "[DONE]");
        Assert.Empty(run.Anomalies);
        Assert.True(run.Calls.Single().IsSafeToExecute);
        run.Reader.Dispose();
    }

    internal static string OfChoice1(string payload) => payload.Replace("\"choices\":[{\"index\":0", "\"choices\":[{\"index\":1", System.StringComparison.Ordinal);
}
