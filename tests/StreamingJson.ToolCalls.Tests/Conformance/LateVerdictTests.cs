using System.Linq;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What a provider says behind a call, or says a second time, counts against it; what cannot be told from its words does as well.</summary>
public sealed class LateVerdictTests
{
    private const string AnthropicCall = """
        {"type":"message_start","message":{"id":"m","model":"c"}}
        {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}
        {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"x\":1}"}}
        {"type":"content_block_stop","index":0}
        """;

    [Theory]
    [InlineData("end_turn", UnsafeReasons.None)]
    [InlineData("max_tokens", UnsafeReasons.None)]
    [InlineData("refusal", UnsafeReasons.FinishReason)]
    [InlineData("something new", UnsafeReasons.FinishReason)]
    public void AReasonAfterTheEndOfTheCall_Anthropic(string reason, UnsafeReasons expected) => AssertOnly(
        ModelProtocol.Anthropic,
        expected,
        AnthropicCall + "\n{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason + "\"}}\n{\"type\":\"message_stop\"}");

    [Fact]
    public void AnErrorAfterTheEndOfTheCall() => AssertOnly(
        ModelProtocol.Anthropic,
        UnsafeReasons.StreamError,
        AnthropicCall + "\n{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}");

    [Theory]
    [InlineData("completed", "", UnsafeReasons.None)]
    [InlineData("incomplete", "max_output_tokens", UnsafeReasons.None)]
    [InlineData("incomplete", "content_filter", UnsafeReasons.FinishReason)]
    [InlineData("failed", "", UnsafeReasons.FinishReason)]
    [InlineData("cancelled", "", UnsafeReasons.FinishReason)]
    public void AStatusOfAWholeAnswer_Responses(string status, string reason, UnsafeReasons expected) => AssertOnly(
        ModelProtocol.OpenAIResponses,
        expected,
        "{\"id\":\"r\",\"object\":\"response\",\"status\":\"" + status + "\",\"incomplete_details\":{\"reason\":\"" + reason + "\"}," +
        "\"output\":[{\"id\":\"fc\",\"type\":\"function_call\",\"status\":\"completed\",\"arguments\":\"{}\",\"call_id\":\"a\",\"name\":\"f\"}]}");

    [Fact]
    public void AReasonAfterTheCall_Gemini() => AssertOnly(
        ModelProtocol.Gemini,
        UnsafeReasons.FinishReason,
        """
        {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"x":1}}}]}}]}
        {"candidates":[{"finishReason":"SAFETY"}]}
        """);

    [Fact]
    public void AWholeInteractionThatFailed() => AssertOnly(
        ModelProtocol.GeminiInteractions,
        UnsafeReasons.FinishReason,
        """{"id":"i","object":"interaction","status":"failed","steps":[{"type":"function_call","id":"a","name":"f","arguments":{"x":1}}]}""");

    [Fact]
    public void ARefusalOfTheNextMessage_IsNotOne_OfTheOneBefore()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.Anthropic });
        string second = AnthropicCall.Replace("\"m\"", "\"n\"", System.StringComparison.Ordinal).Replace("\"a\"", "\"b\"", System.StringComparison.Ordinal);
        const string End = "\n{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"REASON\"}}\n{\"type\":\"message_stop\"}\n";
        ModelRun run = Run(reader, AnthropicCall + End.Replace("REASON", "tool_use", System.StringComparison.Ordinal) + second + End.Replace("REASON", "refusal", System.StringComparison.Ordinal));
        Assert.Equal([UnsafeReasons.None, UnsafeReasons.FinishReason], run.Calls.Select(call => call.Reasons));
    }

    [Theory]
    [InlineData("added as a function, done as MCP", """
        {"type":"response.output_item.added","output_index":0,"item":{"id":"i","type":"function_call","arguments":"","call_id":"a","name":"f"}}
        {"type":"response.output_item.done","output_index":0,"item":{"id":"i","type":"mcp_call","arguments":"{}","name":"f","status":"completed"}}
        {"type":"response.completed","response":{"status":"completed","output":[]}}
        """)]
    [InlineData("only its end", """
        {"type":"response.mcp_call_arguments.done","output_index":0,"item_id":"i","name":"f","arguments":"{}"}
        {"type":"response.completed","response":{"status":"completed","output":[]}}
        """)]
    public void ACallOfMcp_IsTheProviders(string why, string payloads)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIResponses });
        ToolCall call = Run(reader, payloads).Calls.Single();
        Assert.True(call.IsProviderExecuted && !call.IsSafeToExecute, why);
    }

    [Theory]
    [InlineData(ModelProtocol.AgUI, """
        {"type":"TOOL_CALL_START","toolCallId":"a","toolCallName":"f"}
        {"type":"TOOL_CALL_ARGS","toolCallId":"a","delta":"{}"}
        {"type":"TOOL_CALL_END","toolCallId":"a"}
        {"type":"TOOL_CALL_RESULT","messageId":"m","toolCallId":"a","content":"done"}
        {"type":"RUN_FINISHED"}
        """)]
    [InlineData(ModelProtocol.UIMessageStream, """
        {"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{}}
        {"type":"tool-output-error","toolCallId":"a","errorText":"no"}
        {"type":"finish","finishReason":"tool-calls"}
        """)]
    public void ACallWhoseResultFollows_WasRun(ModelProtocol protocol, string payloads) => AssertOnly(protocol, UnsafeReasons.ProviderExecuted, payloads);

    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, """{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"a","function":{"name":"g","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[{"content":{"parts":[{"functionCall":{"id":"a","name":"f","args":{}}},{"functionCall":{"id":"a","name":"g","args":{}}}]},"finishReason":"STOP"}]}""")]
    public void TwoWholeCallsOfOneId(ModelProtocol protocol, string payload)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = protocol });
        ModelRun run = Run(reader, payload);
        Assert.Equal(["f", "g"], run.Calls.Select(call => call.Name));
        Assert.All(run.Calls, call => Assert.Equal(UnsafeReasons.IdentityDoubt, call.Reasons));
        Assert.Contains(AnomalyKind.DuplicateId, run.Anomalies);
    }

    [Theory]
    [InlineData("""{"x":1}""", """{ "x": 1.0 }""", UnsafeReasons.None)]
    [InlineData("""{"x":1}""", """{"x":2}""", UnsafeReasons.ArgumentsContradicted)]
    [InlineData("{}", "[]", UnsafeReasons.ArgumentsContradicted)]
    public void ASecondInput_BehindTheEndOfTheCall_UIMessageStream(string first, string second, UnsafeReasons expected) => AssertOnly(
        ModelProtocol.UIMessageStream,
        expected,
        $$"""
        {"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{{first}}}
        {"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{{second}}}
        {"type":"finish","finishReason":"tool-calls"}
        """);

    [Theory]
    [InlineData("{}", "{}", "{}", UnsafeReasons.None)]
    [InlineData("", "{}", "", UnsafeReasons.None)]
    [InlineData("{}", "{\"x\":1}", "{}", UnsafeReasons.ArgumentsContradicted)]
    [InlineData("{}", "{}", "{\"x\":1}", UnsafeReasons.ArgumentsContradicted)]
    [InlineData("", "{}", "{\"x\":1}", UnsafeReasons.ArgumentsContradicted)]
    [InlineData("{}", "{}", " {} ", UnsafeReasons.None)]
    public void OtherArguments_BehindTheEndOfTheCall_Responses(string said, string ofItem, string ofResponse, UnsafeReasons expected)
    {
        static string Item(string arguments) => "{\"id\":\"i\",\"type\":\"function_call\",\"status\":\"completed\",\"arguments\":" +
            System.Text.Json.JsonSerializer.Serialize(arguments) + ",\"call_id\":\"a\",\"name\":\"f\"}";
        AssertOnly(
            ModelProtocol.OpenAIResponses,
            expected,
            "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":" + Item("") + "}\n" +
            "{\"type\":\"response.function_call_arguments.done\",\"output_index\":0,\"item_id\":\"i\",\"arguments\":" + System.Text.Json.JsonSerializer.Serialize(said) + "}\n" +
            "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + Item(ofItem) + "}\n" +
            "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[" + Item(ofResponse) + "]}}");
    }

    [Fact]
    public void AnotherNameAtTheEnd_UIMessageStream() => AssertOnly(
        ModelProtocol.UIMessageStream,
        UnsafeReasons.IdentityDoubt,
        """
        {"type":"tool-input-start","toolCallId":"a","toolName":"f"}
        {"type":"tool-input-delta","toolCallId":"a","inputTextDelta":"{}"}
        {"type":"tool-input-available","toolCallId":"a","toolName":"g","input":{}}
        {"type":"finish","finishReason":"tool-calls"}
        """);

    [Fact]
    public void AnotherCallInItsPlace_CohereV1() => AssertOnly(
        ModelProtocol.CohereV1,
        UnsafeReasons.IdentityDoubt | UnsafeReasons.ArgumentsContradicted,
        """
        {"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"name":"f","parameters":"{\"a\":1}"}}
        {"event_type":"tool-calls-generation","tool_calls":[{"name":"g","parameters":{"b":2}}]}
        {"event_type":"stream-end","finish_reason":"COMPLETE"}
        """);

    [Fact]
    public void APieceOfANameWithArguments_Chat() => AssertOnly(
        ModelProtocol.OpenAIChat,
        UnsafeReasons.IdentityDoubt,
        """
        {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"list","arguments":""}}]}}]}
        {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"name":"_delete","arguments":"{}"}}]}}]}
        {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
        """);

    [Fact]
    public void HalfASurrogatePairInAName_IsRepaired()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        ToolCall call = Run(reader, """
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f\ud800","arguments":"{}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            """).Calls.Single();
        Assert.Equal(("f\uFFFD", UnsafeReasons.Repaired), (call.Name, call.Reasons));
    }

    [Fact]
    public void ACallOnlyInTheLastEvent_IsThere_AndDoubted() => AssertOnly(
        ModelProtocol.OpenAIResponses,
        UnsafeReasons.IdentityDoubt,
        """
        {"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":"text"}
        {"type":"response.completed","response":{"status":"completed","output":[{"id":"m","type":"message","content":[]},{"id":"i","type":"function_call","call_id":"a","name":"f","arguments":"{}","status":"completed"}]}}
        """);

    [Theory]
    [InlineData(ModelProtocol.UIMessageStream, """
        {"type":"tool-input-available","toolCallId":"a","toolName":"f","input":"{\"path\":\"/etc\"}"}
        {"type":"finish","finishReason":"tool-calls"}
        """)]
    [InlineData(ModelProtocol.Anthropic, """{"id":"m","type":"message","role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":"{\"path\":\"/etc\"}"}],"stop_reason":"tool_use"}""")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":"{\"path\":\"/etc\"}"}}]},"finishReason":"STOP"}]}""")]
    public void AStringWhereAValueStands_IsAString(ModelProtocol protocol, string payloads)
    {
        ToolCall call = AssertOnly(protocol, UnsafeReasons.ArgumentsNotObject, payloads);
        Assert.Equal("\"{\\\"path\\\":\\\"/etc\\\"}\"", call.GetText());
    }

    [Fact]
    public void APlaceholderThatGoesOn_Gemini()
    {
        ToolCall call = AssertOnly(ModelProtocol.Gemini, UnsafeReasons.None, """
            {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{},"willContinue":true}}]}}]}
            {"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.x","numberValue":1}],"willContinue":true}}]}}]}
            {"candidates":[{"content":{"parts":[{"functionCall":{}}]},"finishReason":"STOP"}]}
            """);
        Assert.Equal("{\"x\":1}", call.GetText());
    }

    [Fact]
    public void WholeArgumentsThatGoOn_AndPatchesThatDoNotFit_Gemini()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.Gemini });
        ToolCall call = Run(reader, """
            {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"y":2},"willContinue":true}}]}}]}
            {"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.x","numberValue":1}]}}]},"finishReason":"STOP"}]}
            """).Calls.Single();
        Assert.False(call.IsSafeToExecute);
    }

    /// <summary>Nothing that is shorter goes into the hole.</summary>
    [Fact]
    public void TextBeyondTheLimit_LeavesNoHole()
    {
        var options = new ModelStreamOptions
        {
            Protocol = ModelProtocol.OpenAIChat,
            ReadTextAsJson = true,
            Limits = new ToolCallLimits { MaxTextBytes = 24 },
        };
        string[] pieces = ["{\\\"path\\\":\\\"/tmp", "/very/long/name/of/a/file", "\\\"", "}"];
        string payloads = string.Concat(pieces.Select(piece => "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + piece + "\"}}]}\n")) +
            "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
        using var reader = new ModelStreamReader(options);
        ModelRun run = Run(reader, payloads);
        MessageItem text = run.Message.Items.Single();
        Assert.Equal("{\"path\":\"/tmp", text.GetText());
        Assert.False(text.TextSnapshot.RootElement.IsComplete);
        Assert.Equal(JsonOutcome.Truncated, run.Message.Outcome);
        Assert.Contains(AnomalyKind.LimitExceeded, run.Anomalies);
    }

    private static ToolCall AssertOnly(ModelProtocol protocol, UnsafeReasons expected, string payloads)
    {
        ToolCall? call = null;
        foreach (int chunkSize in new[] { 0, 1, 7 })
        {
            var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = protocol });
            call = Run(reader, payloads, chunkSize).Calls.Single();
            Assert.Equal(expected, call.Reasons);
            Assert.Equal(expected == UnsafeReasons.None, call.IsSafeToExecute);
        }

        return call!;
    }

    // Each line a payload.
    private static ModelRun Run(ModelStreamReader reader, string payloads, int chunkSize = 0) =>
        ModelRun.Of(reader, ModelRun.Sse([.. payloads.Split('\n').Where(line => line.Trim().Length > 0)]), chunkSize);
}
