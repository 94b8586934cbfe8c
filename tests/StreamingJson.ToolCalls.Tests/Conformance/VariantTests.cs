using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What a provider, a model or a gateway also says: errors without their usual place, calls as an object, numbers for words. Each in as few payloads as show it.</summary>
public sealed class VariantTests
{
    private const string Start = """{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"fc","call_id":"c","name":"f"}}""";

    public static TheoryData<ModelProtocol, string, string[]> Rows => new()
    {
        // Bedrock, unwrapped by a gateway.
        { ModelProtocol.BedrockConverse, "error throttlingException|", ["""{"throttlingException":{"message":5}}"""] },
        { ModelProtocol.BedrockConverse, "error throttlingException|slow", ["""{"throttlingException":{"message":"slow"}}"""] },
        { ModelProtocol.BedrockConverse, "error |m", ["""{"error":{"message":"m"}}"""] },
        { ModelProtocol.BedrockConverse, "", ["""{"throttlingException":"no object","other":{}}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'ab'", ["""{"generation":"a"}""", """{"generation":"b"}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'a'", ["""{"chunk":{"bytes":"eyJnZW5lcmF0aW9uIjoiYSJ9"}}"""] }, // {"generation":"a"}
        { ModelProtocol.BedrockInvoke, "error |m", ["""{"bytes":"eyJlcnJvciI6eyJtZXNzYWdlIjoibSJ9fQ=="}"""] }, // {"error":{"message":"m"}}
        { ModelProtocol.BedrockInvoke, "usage 3 4", ["""{"amazon-bedrock-invocationMetrics":{"inputTokenCount":3,"outputTokenCount":4}}"""] },
        { ModelProtocol.BedrockInvoke, "anomaly UnrecognizedPayload", ["""{"other":1}"""] },
        { ModelProtocol.BedrockInvoke, "anomaly UnrecognizedPayload", ["""{"bytes":"eyJieXRlcyI6ImUzMD0ifQ=="}"""] }, // {"bytes":"e30="}: it is not unwrapped twice
        { ModelProtocol.BedrockInvoke, "anomaly MalformedFrame", ["""{"bytes":"eyJ"}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'a'; finish 0 stop", ["""{"choices":[{"text":"a","stop_reason":"stop"}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'b'; finish 1 stop", ["""{"choices":[{"index":1,"message":{"content":"b"},"stop_reason":null,"finish_reason":"stop"}]}"""] },
        { ModelProtocol.BedrockInvoke, "f({}) Complete; anomaly IndexMissing; finish 0 tool_calls", ["""{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},"stop_reason":"tool_calls"}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 't'; finish 0 endoftext", ["""{"completions":[{"data":{"text":"t"},"finishReason":{"reason":"endoftext"}}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 't'; finish 0 FINISH", ["""{"outputText":"t","completionReason":"FINISH"}"""] },

        // Cohere.
        { ModelProtocol.CohereV1, "error |m", ["""{"message":"m"}"""] },
        { ModelProtocol.CohereV1, "error |m", ["""{"error":"m"}"""] },
        { ModelProtocol.CohereV1, "Text 'a'; Text 'b'; finish 0 COMPLETE; finish 1 MAX_TOKENS", ["""{"event_type":"stream-end","response":{"generations":[{"text":"a","finish_reason":"COMPLETE"},{"index":1,"text":"b","finish_reason":"MAX_TOKENS"}]}}"""] },
        { ModelProtocol.CohereV1, "Text 't'; usage 1 2", ["""{"event_type":"stream-end","response":{"text":"t","meta":{"billed_units":{"input_tokens":1,"output_tokens":2}}}}"""] },
        { ModelProtocol.CohereV1, "Text 't'; usage 3 4", ["""{"event_type":"stream-end","response":{"text":"t","meta":{"tokens":{"input_tokens":3,"output_tokens":4},"billed_units":{"input_tokens":1}}}}"""] },
        { ModelProtocol.CohereV1, "Reasoning 'plan'; f({\"x\":1}) Complete", ["""{"event_type":"tool-calls-generation","text":"plan","tool_calls":[{"name":"f","parameters":{"x":1}}]}"""] },
        { ModelProtocol.CohereV2, "error |m", ["""{"error":"m"}"""] },
        { ModelProtocol.CohereV2, "error |m", ["""{"message":"m"}"""] },
        { ModelProtocol.CohereV2, "error E|m", ["""{"type":"message-end","delta":{"error":"m","error_type":"E"}}"""] },
        { ModelProtocol.CohereV2, "error |m", ["""{"type":"message-end","delta":{"error":"m"}}"""] },
        { ModelProtocol.CohereV2, "error |m", ["""{"type":"message-end","delta":{"error":{"message":"m"}}}"""] },
        { ModelProtocol.CohereV2, "f({}) Complete; g([]) Complete; anomaly IndexMissing; anomaly IndexMissing; finish 0 TOOL_CALL",
            ["""{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":"[]"}}]}}}""",
             """{"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}"""] },

        { ModelProtocol.CohereV2, "f({}) Complete; finish 0 TOOL_CALL",
            ["""{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}}}""", """{"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}"""] },

        // Google.
        { ModelProtocol.Gemini, "error 429|m", ["""{"error":{"code":429,"message":"m"}}"""] },
        { ModelProtocol.Gemini, "Text 't'; finish 0 1", ["""{"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":1}]}"""] },
        { ModelProtocol.Gemini, "Text 't'; finish 0 2", ["""{"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":2}]}"""] },
        { ModelProtocol.Gemini, "Text 't'; finish 0 3", ["""{"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":3}]}"""] },
        { ModelProtocol.Gemini, "Text 't'; finish 0 4", ["""{"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":4}]}"""] },
        { ModelProtocol.Gemini, "Text 't'; finish 0 5", ["""{"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":5}]}"""] },
        { ModelProtocol.Gemini, "Text 't'", ["""{"candidates":[{"content":{"parts":[{"text":"t"}]},"finishReason":0}]}"""] },
        { ModelProtocol.Gemini, "f({\"a\":\"xy\"}) Complete; finish 0 STOP",
            ["""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","stringValue":"x","willContinue":true}]}}]}}]}""",
             """{"candidates":[{"content":{"parts":[{"functionCall":{"willContinue":true,"partialArgs":[{"jsonPath":"$.a","stringValue":"y","willContinue":true}]}}]},"finishReason":"STOP"}]}"""] },
        { ModelProtocol.Gemini, "f({\"a\":1}) Complete; f({\"a\":2}) Complete; finish 0 STOP; finish 1 STOP",
            ["""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}}]}},{"index":1,"content":{"parts":[{"functionCall":{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":2}]}}]}}]}""",
             """{"candidates":[{"index":1,"finishReason":"STOP"}]}""", """{"candidates":[{"finishReason":"STOP"}]}"""] },
        { ModelProtocol.GeminiLive, "error 1|m", ["""{"error":{"code":1,"message":"m"}}"""] },
        { ModelProtocol.GeminiInteractions, "error |m", ["""{"event_type":"interaction.failed","interaction":{"error":{"message":"m"}}}"""] },
        { ModelProtocol.GeminiInteractions, "Text 'ab'", ["""{"event_type":"step.start","index":0,"step":{"type":"model_output","content":[{"text":"a"},{"text":"b"}]}}"""] },
        { ModelProtocol.GeminiInteractions, "", ["""{"event_type":"step.delta","delta":{"type":"function_call","arguments":{"x":1}}}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"x\":1}) Truncated; anomaly IndexMissing", ["""{"event_type":"step.start","step":{"type":"function_call","id":"c","name":"f"}}""", """{"event_type":"step.delta","delta":{"type":"function_call","arguments":{"x":1}}}"""] },

        // OpenAI's events.
        { ModelProtocol.OpenAIResponses, "error c|m", ["""{"type":"response.error","error":{"code":"c","message":"m"}}"""] },
        { ModelProtocol.OpenAIResponses, "Text 'x'; finish 0 completed", ["""{"type":"response.output_text.delta","output_index":0,"delta":{"text":"x"}}""", """{"type":"response.done","response":{"status":"in_progress"}}"""] },
        { ModelProtocol.OpenAIResponses, "f([1,2]) Complete; finish 0 completed",
            [Start, """{"type":"response.function_call_arguments.delta","output_index":0,"delta":"[1,2]"}""", """{"type":"response.function_call_arguments.done","output_index":0,"arguments":" [1,2]\n"}""", """{"type":"response.completed","response":{"status":"completed"}}"""] },
        { ModelProtocol.OpenAIResponses, "f([1,2]) Complete; anomaly ArgumentsContradicted; finish 0 completed",
            [Start, """{"type":"response.function_call_arguments.delta","output_index":0,"delta":"[1,2]"}""", """{"type":"response.function_call_arguments.done","output_index":0,"arguments":"[1,3]"}""", """{"type":"response.completed","response":{"status":"completed"}}"""] },
        { ModelProtocol.OpenAIRealtime, "Text 'x'; error c|m; finish 0 failed",
            ["""{"type":"response.output_text.delta","response_id":"r","output_index":0,"delta":"x"}""", """{"type":"response.done","response":{"id":"r","status":"failed","status_details":{"error":{"code":"c","message":"m"}}}}"""] },
        { ModelProtocol.OpenAIAssistants, "Text 'x'; f({}) Complete; finish 0 requires_action",
            ["""{"object":"thread.message.delta","delta":{"content":[{"index":0,"text":{"value":"x"}}]}}""",
             """{"object":"thread.run","id":"r","status":"requires_action","required_action":{"submit_tool_outputs":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}}"""] },
        { ModelProtocol.OpenAIAssistants, "f({}) Complete; finish 0 requires_action",
            ["""{"object":"thread.run.step.delta","delta":{"step_details":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":null}}]}}}""",
             """{"object":"thread.run","id":"r","status":"requires_action","required_action":{"submit_tool_outputs":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}}}"""] },

        // The others.
        { ModelProtocol.Ollama, "f({}) Complete; finish 0 stop", ["""{"message":{"tool_calls":[{"function":{"name":"f"}}]},"done":false}""", """{"message":{"content":""},"done":true,"done_reason":"stop"}"""] },
        { ModelProtocol.UIMessageStream, "error |", ["""{"type":"error","errorText":5}"""] },
        { ModelProtocol.UIMessageStream, "error |m", ["""{"type":"error","errorText":"m"}"""] },
        { ModelProtocol.AgUI, "error |", ["""{"type":"RUN_ERROR","message":5}"""] },
        { ModelProtocol.AgUI, "error 7|m", ["""{"type":"RUN_ERROR","message":"m","code":"7"}"""] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void IsReadAs(ModelProtocol protocol, string expected, string[] payloads) => AssertReadAs(protocol, expected, payloads);

    internal static void AssertReadAs(ModelProtocol protocol, string expected, string[] payloads)
    {
        foreach (int chunkSize in new[] { 0, 1 })
        {
            ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(string.Join('\n', payloads) + "\n"), chunkSize);
            Assert.Equal(expected, Describe(run.Message));
            run.Reader.Dispose();
        }
    }

    /// <summary>Where nobody said which protocol it is, the first payload that only one of them has says it.</summary>
    [Theory]
    [InlineData(ModelProtocol.Gemini, """{"usageMetadata":{},"modelVersion":"g"}""")]
    [InlineData(ModelProtocol.Gemini, """{"promptFeedback":{"blockReason":"SAFETY"}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"error","error":{"message":"m"}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"content.start"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"stream-start"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"text-generation"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"tool-calls-chunk"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"tool-calls-generation"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"citation-generation"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"search-queries-generation"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"search-results"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"stream-end"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"is_finished":false}""")]
    [InlineData(ModelProtocol.CohereV1, """{"generations":[]}""")]
    [InlineData(ModelProtocol.Ollama, """{"response":"x","created_at":"t"}""")]
    [InlineData(ModelProtocol.Ollama, """{"message":{},"done":false}""")]
    public void IsRecognised(ModelProtocol expected, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n"));
        Assert.Equal(expected, run.Reader.Recognition.Protocol);
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData("error: {\"code\":500,\"message\":\"m\"}\n\n", "500", "m")]
    [InlineData("error: {\"error\":{\"code\":500,\"message\":\"m\"}}\n\n", "500", "m")]
    [InlineData("data: {\"choices\":[]}\n\n[{\"error\":{\"code\":429,\"message\":\"quota\"}}]\n", "429", "quota")]
    [InlineData("data: {\"choices\":[]}\n\n{\n\"error\":{\"code\":429,\"message\":\"quota\"}}\n", "429", "quota")]
    public void AnErrorThatIsNoEvent_IsAnError(string stream, string code, string text)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = FrameFormat.ServerSentEvents }, Encoding.UTF8.GetBytes(stream));
        Assert.Equal(new ModelError(code, text), Assert.Single(run.Message.Errors));
        run.Reader.Dispose();
    }

    /// <summary>A call beyond the number of items is not even listed; the rest of the payload is read on.</summary>
    [Theory]
    [InlineData(ModelProtocol.GeminiLive, """{"toolCall":{"functionCalls":[{"name":"f","args":{}},{"name":"g","args":{}},{"name":"h","args":{}}]}}""")]
    [InlineData(ModelProtocol.Ollama, """{"message":{"tool_calls":[{"function":{"name":"f"}},{"function":{"name":"g"}},{"function":{"name":"h"}}]},"done":false}""")]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f"}},{"index":1,"id":"b","function":{"name":"g"}},{"index":2,"id":"c","function":{"name":"h","arguments":"{}"}}]}}]}""")]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"message":{"tool_calls":[{"function":{"name":"f"}},{"function":{"name":"g"}},{"function":{"name":"h","arguments":"{}"}}]}}]}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.completed","response":{"status":"completed","output":[{"type":"mcp_call","name":"f"},{"type":"function_call","name":"g"},{"type":"mcp_call","name":"h","arguments":"{}"}]}}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"message","content":[{"type":"tool_use","name":"f"},{"type":"tool_use","name":"g"},{"type":"server_tool_use","name":"h","input":{"x":1}}]}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"output":{"message":{"content":[{"toolUse":{"name":"f"}},{"toolUse":{"name":"g"}},{"toolUse":{"name":"h","type":"server_tool_use"}}]}}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"object":"interaction","steps":[{"type":"function_call","name":"f"},{"type":"function_call","name":"g"},{"type":"mcp_server_tool_call","name":"h"}]}""")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}},{"functionCall":{"name":"g"}},{"functionCall":{"name":"h"}}]}}]}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"tool-calls-generation","tool_calls":[{"name":"f"},{"name":"g"},{"name":"h"}]}""")]
    [InlineData(ModelProtocol.CohereV2, """{"finish_reason":"TOOL_CALL","message":{"tool_calls":[{"function":{"name":"f"}},{"function":{"name":"g"}},{"function":{"name":"h"}}]}}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, """{"object":"thread.run","status":"requires_action","required_action":{"submit_tool_outputs":{"tool_calls":[{"function":{"name":"f"}},{"function":{"name":"g"}},{"function":{"name":"h"}}]}}}""")]
    public void ACallThatIsOneTooMany_IsReported(ModelProtocol protocol, string payload)
    {
        var options = new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson, Limits = ToolCallLimits.Default with { MaxItems = 2 } };
        ModelRun run = ModelRun.Of(options, Encoding.UTF8.GetBytes(payload + "\n"));
        Assert.Equal(["f", "g"], run.Calls.Select(call => call.Name));
        Assert.Contains(AnomalyKind.LimitExceeded, run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>The same where calls come one by one.</summary>
    [Theory]
    [InlineData(ModelProtocol.Anthropic, """{"type":"content_block_start","index":INDEX,"content_block":{"type":"server_tool_use","id":"INDEX","name":"fINDEX","input":{"x":1}}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.output_item.added","output_index":INDEX,"item":{"type":"mcp_call","id":"INDEX","name":"fINDEX"}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.output_item.done","output_index":INDEX,"item":{"type":"mcp_call","id":"INDEX","name":"fINDEX","arguments":"{}"}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.function_call_arguments.done","output_index":INDEX,"item_id":"INDEX","call_id":"INDEX","name":"fINDEX","arguments":"{}"}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"contentBlockStart":{"contentBlockIndex":INDEX,"start":{"toolUse":{"toolUseId":"INDEX","name":"fINDEX","type":"server_tool_use"}}}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.start","index":INDEX,"step":{"type":"mcp_server_tool_call","id":"INDEX","name":"fINDEX","arguments":{"x":1}}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.delta","index":INDEX,"delta":{"type":"mcp_server_tool_call","id":"INDEX","name":"fINDEX","arguments":{"x":1}}}""")]
    [InlineData(ModelProtocol.CohereV2, """{"type":"tool-call-start","index":INDEX,"delta":{"message":{"tool_calls":{"id":"INDEX","function":{"name":"fINDEX","arguments":"{}"}}}}}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"tool-calls-chunk","tool_call_delta":{"index":INDEX,"name":"fINDEX","parameters":"{}"}}""")]
    [InlineData(ModelProtocol.UIMessageStream, """{"type":"tool-input-start","toolCallId":"INDEX","toolName":"fINDEX","providerExecuted":true}""")]
    [InlineData(ModelProtocol.UIMessageStream, """{"type":"tool-input-available","toolCallId":"INDEX","toolName":"fINDEX","input":{}}""")]
    [InlineData(ModelProtocol.AgUI, """{"type":"TOOL_CALL_START","toolCallId":"INDEX","toolCallName":"fINDEX"}""")]
    [InlineData(ModelProtocol.AgUI, """{"type":"TOOL_CALL_CHUNK","toolCallId":"INDEX","toolCallName":"fINDEX","delta":"{}"}""")]
    public void OneAfterTheOther_ACallThatIsOneTooMany_IsReported(ModelProtocol protocol, string payload)
    {
        var options = new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson, Limits = ToolCallLimits.Default with { MaxItems = 2 } };
        string lines = string.Concat(Enumerable.Range(0, 4).Select(index => payload.Replace("INDEX", index.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) + "\n"));
        ModelRun run = ModelRun.Of(options, Encoding.UTF8.GetBytes(lines));
        Assert.Equal(["f0", "f1"], run.Calls.Select(call => call.Name));
        Assert.Contains(AnomalyKind.LimitExceeded, run.Anomalies);
        run.Reader.Dispose();
    }

    private static string Describe(ModelMessage message)
    {
        var parts = new List<string>();
        parts.AddRange(message.Items.Select(item => item is ToolCall call ? $"{call.Name}({call.GetText()}) {call.Outcome}" : $"{item.Kind} '{item.GetText()}'"));
        Assert.DoesNotContain(message.Errors, error => error.Code is "" || error.Message is "");
        parts.AddRange(message.Errors.Select(error => $"error {error.Code}|{error.Message}"));
        parts.AddRange(message.Anomalies.Where(anomaly => anomaly.Kind is not (AnomalyKind.MissingTerminator or AnomalyKind.MissingFinishReason)).Select(anomaly => $"anomaly {anomaly.Kind}"));
        parts.AddRange(Enumerable.Range(0, message.FinishedChoiceCount).Select(message.GetFinish).OrderBy(finish => finish.Choice).Select(finish => $"finish {finish.Choice} {finish.Word}"));
        if (message.Usage != default)
        {
            parts.Add($"usage {message.Usage.InputTokens} {message.Usage.OutputTokens}");
        }

        return string.Join("; ", parts);
    }
}
