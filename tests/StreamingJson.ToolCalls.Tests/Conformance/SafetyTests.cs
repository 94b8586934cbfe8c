using System;
using System.Linq;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Each reason on its own makes a call unsafe; without any it is safe.</summary>
public sealed class SafetyTests
{
    private static readonly string Whole = Piece(0, "a", "f", "{\"x\":1}");

    private static readonly (string Row, UnsafeReasons Reasons, string[] Payloads)[] Table =
    [
        ("nothing is wrong", UnsafeReasons.None, [Whole, Finish("tool_calls"), "[DONE]"]),
        ("no arguments mean an empty object", UnsafeReasons.None, [Piece(0, "a", "f", ""), Finish("tool_calls"), "[DONE]"]),
        ("blanks around", UnsafeReasons.None, [Piece(0, "a", "f", " {} \n"), Finish("stop"), "[DONE]"]),
        ("cut, whatever the finish reason says", UnsafeReasons.ArgumentsTruncated, [Piece(0, "a", "f", "{\"x\":1"), Finish("tool_calls"), "[DONE]"]),
        ("a number that could go on", UnsafeReasons.ArgumentsNotObject, [Piece(0, "a", "f", "12"), Finish("tool_calls"), "[DONE]"]),
        ("not JSON", UnsafeReasons.ArgumentsInvalid, [Piece(0, "a", "f", "{'x':1}"), Finish("tool_calls"), "[DONE]"]),
        ("two values", UnsafeReasons.ArgumentsInvalid, [Piece(0, "a", "f", "{}"), Piece(0, null, null, "{\"x\":1}"), Finish("tool_calls"), "[DONE]"]),
        ("no object", UnsafeReasons.ArgumentsNotObject, [Piece(0, "a", "f", "[]"), Finish("tool_calls"), "[DONE]"]),
        ("null", UnsafeReasons.ArgumentsNotObject, [Piece(0, "a", "f", "null"), Finish("tool_calls"), "[DONE]"]),
        ("a string with an object in it", UnsafeReasons.ArgumentsNotObject, [Piece(0, "a", "f", "\"{}\""), Finish("tool_calls"), "[DONE]"]),
        ("the same name twice", UnsafeReasons.RepeatedNames, [Piece(0, "a", "f", "{\"x\":1,\"x\":2}"), Finish("tool_calls"), "[DONE]"]),
        ("the same name twice, escaped, deep", UnsafeReasons.RepeatedNames, [Piece(0, "a", "f", "{\"o\":[{\"x\":1,\"\\u0078\":2}]}"), Finish("tool_calls"), "[DONE]"]),
        ("the same name in two objects is fine", UnsafeReasons.None, [Piece(0, "a", "f", "{\"x\":{\"x\":2}}"), Finish("tool_calls"), "[DONE]"]),
        ("a repetition was dropped", UnsafeReasons.Repaired, [Piece(0, "a", "f", "{\"x\""), Piece(0, null, null, "{\"x\":1}"), Finish("tool_calls"), "[DONE]"]),
        ("half a pair was replaced", UnsafeReasons.Repaired, [Whole.Replace("1}", "\\\"\\ud83d\\\"}", StringComparison.Ordinal), Finish("tool_calls"), "[DONE]"]),
        ("more after the end", UnsafeReasons.ArgumentsAfterEnd, [Whole, Finish("tool_calls"), Piece(0, null, null, "x"), "[DONE]"]),
        ("another id, no name", UnsafeReasons.IdentityDoubt, [Piece(0, "a", "f", "{\"x\":"), Piece(0, "b", null, "1}"), Finish("tool_calls"), "[DONE]"]),
        ("a piece from nowhere", UnsafeReasons.IdentityDoubt | UnsafeReasons.MissingName, [Piece(0, null, null, "{}"), Finish("tool_calls"), "[DONE]"]),
        ("no name", UnsafeReasons.MissingName, [Piece(0, "a", null, "{}"), Finish("tool_calls"), "[DONE]"]),
        ("the stream just ends", UnsafeReasons.NoExplicitEnd, [Whole]),
        ("done, but nobody finished", UnsafeReasons.NoExplicitEnd, [Whole, "[DONE]"]),
        ("cut by length", UnsafeReasons.FinishReason, [Whole, Finish("length"), "[DONE]"]),
        ("filtered", UnsafeReasons.FinishReason, [Whole, Finish("content_filter"), "[DONE]"]),
        ("a reason nobody knows", UnsafeReasons.FinishReason, [Whole, Finish("because"), "[DONE]"]),
        ("the reason stands there twice, the last says nothing", UnsafeReasons.NoExplicitEnd, [Whole, Twice("finish_reason"), "[DONE]"]),
        ("the reason stands there twice, once with an escape", UnsafeReasons.NoExplicitEnd, [Whole, Twice("finish\\u005freason"), "[DONE]"]),
        ("the reason is taken back", UnsafeReasons.FinishReason, [Whole, Finish("tool_calls"), Finish("length"), "[DONE]"]),
        ("an error meanwhile", UnsafeReasons.StreamError, [Whole, """{"error":{"message":"m"}}""", Finish("tool_calls"), "[DONE]"]),
        ("a payload was lost", UnsafeReasons.StreamError, [Piece(0, "a", "f", "{\"x\":"), "{\"choices\":[{\"index\":0,", Piece(0, null, null, "1}"), Finish("tool_calls"), "[DONE]"]),
        ("it begins after the end", UnsafeReasons.AfterFinish, [Finish("stop"), Whole, Finish("stop"), "[DONE]"]),
        ("an index that is none", UnsafeReasons.LimitExceeded | UnsafeReasons.NoExplicitEnd, [Piece(4294967294, "a", "f", "{}"), Finish("tool_calls"), "[DONE]"]),
        ("a negative index", UnsafeReasons.LimitExceeded | UnsafeReasons.NoExplicitEnd, [Piece(-2, "a", "f", "{}"), Finish("tool_calls"), "[DONE]"]),
    ];

    public static TheoryData<string, UnsafeReasons, string[]> Rows
    {
        get
        {
            var rows = new TheoryData<string, UnsafeReasons, string[]>();
            foreach ((string row, UnsafeReasons reasons, string[] payloads) in Table)
            {
                rows.Add(row, reasons, payloads);
            }

            return rows;
        }
    }

    /// <summary>As two chunks that were glued together inside an object have it: to every reader of the providers the last one counts.</summary>
    private static string Twice(string name) => Finish("tool_calls").Replace("\"}]", $"\",\"{name}\":null}}]", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Verdict(string row, UnsafeReasons reasons, string[] payloads)
    {
        foreach (int chunkSize in new[] { 0, 1, 3 })
        {
            using ModelStreamReader reader = new(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
            ToolCall call = ModelRun.Of(reader, ModelRun.Sse(payloads), chunkSize).Calls.First();
            Assert.True(reasons == call.Reasons, $"{row}: {call.Reasons}");
            Assert.Equal(reasons == UnsafeReasons.None, call.IsSafeToExecute);
            Assert.True(call.IsSafeToExecute || call.Reasons != UnsafeReasons.None);
        }
    }

    [Fact]
    public void TheRows_ShowEveryReasonThatChatCanShow()
    {
        UnsafeReasons shown = UnsafeReasons.None;
        foreach ((_, UnsafeReasons reasons, _) in Table)
        {
            shown |= reasons;
        }

        // Open calls, free text, a final text, a provider's own verdict, its own tools and guards are other protocols' or other tests'.
        UnsafeReasons all = Enum.GetValues<UnsafeReasons>().Aggregate((left, right) => left | right);
        Assert.Equal(
            UnsafeReasons.NotEnded | UnsafeReasons.ArgumentsRaw | UnsafeReasons.ArgumentsContradicted | UnsafeReasons.ProviderRejected | UnsafeReasons.ProviderExecuted
                | UnsafeReasons.Stopped,
            all & ~shown);
    }

    /// <summary>What the provider runs itself is nobody else's to execute, from the call's first byte on, and that alone is no fault of the call; what others are to run has no such reason.</summary>
    [Theory]
    [InlineData("anthropic/server-tools.sse", "srvtoolu_01Q mcptoolu_01R srvtoolu_01S", "")]
    [InlineData("bedrock-converse/server-tool.eventstream", "tooluse_S", "")]
    [InlineData("openai-responses/mcp-call.sse", "mcp_1", "")]
    [InlineData("gemini-interactions/mcp-call.sse", "mc1", "")]
    [InlineData("gemini-interactions/whole-answer.json", "mc1", "fc1")]
    [InlineData("ui-message-stream/provider-executed.sse", "srv_1", "call_2")]
    public void WhatTheProviderRuns_IsNotToBeExecuted(string name, string providers, string clients)
    {
        Fixture fixture = Fixture.Load(name);
        using var reader = new ModelStreamReader(fixture.Options(isAuto: true));
        reader.Append(fixture.Content);
        reader.Complete();
        string[] told = ["", ""];
        while (reader.TryRead(out ModelEvent next))
        {
            if (next.Kind == ModelEventKind.ToolCallStarted)
            {
                told[next.ToolCall!.IsProviderExecuted ? 0 : 1] += $" {next.ToolCall.Id}";
            }
        }

        Assert.Equal([providers, clients], told.Select(ids => ids.Trim()));
        Assert.All(reader.Message.Items.OfType<ToolCall>(), call => Assert.Equal(
            (ToolCallOutcome.Complete, call.IsProviderExecuted ? UnsafeReasons.ProviderExecuted : UnsafeReasons.None, !call.IsProviderExecuted),
            (call.Outcome, call.Reasons, call.IsSafeToExecute)));
    }

    [Fact]
    public void WhichOfTwoCallsAPieceIsOf_NobodyKnows_BothAreDoubted()
    {
        string first = """{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}]}""";
        string second = """{"tool_calls":[{"id":"b","function":{"name":"g","arguments":"{\"y\":"}}]}""";
        ModelRun run = ModelRun.OfChat(Chunk(first), Chunk(second), Chunk("""{"tool_calls":[{"function":{"arguments":"2}"}}]}"""), Finish("tool_calls"), "[DONE]");
        Assert.All(run.Calls, call => Assert.Equal((UnsafeReasons.IdentityDoubt, ToolCallOutcome.Complete), (call.Reasons, call.Outcome)));
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(500)]
    public void RepeatedNames_AmongFewAndAmongMany(int count)
    {
        string names = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"name{i}\":{i}"));
        foreach ((string arguments, bool isRepeated) in new[] { ($"{{{names}}}", false), ($"{{{names},\"name0\":1}}", true), ($"{{\"o\":[{{{names},\"n\\u0061me1\":1}}]}}", true) })
        {
            ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", arguments), Finish("tool_calls"), "[DONE]");
            Assert.Equal(isRepeated ? UnsafeReasons.RepeatedNames : UnsafeReasons.None, run.Calls.Single().Reasons);
            run.Reader.Dispose();
        }
    }
}
