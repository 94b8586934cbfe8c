using System;
using System.Linq;
using System.Text;
using StreamingJson.Framing;
using Xunit;
using static StreamingJson.ToolCalls.Tests.VariantTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>As <see cref="EventVariantTests"/>, of the other protocols: what ends a call, what tells texts and calls apart, and what is said only once.</summary>
public sealed class ProtocolVariantTests
{
    public static TheoryData<ModelProtocol, string, string[]> Rows => new()
    {
        // AG-UI: texts by id, an id that comes again; ends; chunks, which end when anything else comes.
        { ModelProtocol.AgUI, "Text 'ac'; Text 'b'", ["""{"type":"TEXT_MESSAGE_CONTENT","messageId":"1","delta":"a"}""", """{"type":"TEXT_MESSAGE_CONTENT","messageId":"2","delta":"b"}""", """{"type":"TEXT_MESSAGE_CONTENT","messageId":"1","delta":"c"}"""] },
        { ModelProtocol.AgUI, "Text 'a'; Text 'b'", ["""{"type":"TEXT_MESSAGE_START","messageId":"1"}""", """{"type":"TEXT_MESSAGE_CONTENT","messageId":"1","delta":"a"}""", """{"type":"TEXT_MESSAGE_START","messageId":"1"}""", """{"type":"TEXT_MESSAGE_CONTENT","messageId":"1","delta":"b"}"""] },
        { ModelProtocol.AgUI, "Text 'ab'", ["""{"type":"TEXT_MESSAGE_CHUNK","messageId":"1","delta":"a"}""", """{"type":"TEXT_MESSAGE_CHUNK","delta":"b"}"""] },
        { ModelProtocol.AgUI, "Reasoning 'a'; Reasoning 'b'", ["""{"type":"REASONING_MESSAGE_CHUNK","messageId":"1","delta":"a"}""", """{"type":"THINKING_TEXT_MESSAGE_CONTENT","messageId":"2","delta":"b"}"""] },
        { ModelProtocol.AgUI, "f({}) Complete", [AgUIStart, AgUIArguments, """{"type":"TOOL_CALL_END","toolCallId":"a"}"""] },
        { ModelProtocol.AgUI, "f({}) Truncated", [AgUIStart, AgUIArguments, """{"type":"TOOL_CALL_RESULT","toolCallId":"a"}"""] },
        { ModelProtocol.AgUI, "f({}) Truncated", [AgUIStart, AgUIArguments, """{"type":"TOOL_CALL_END","toolCallId":"b"}"""] },
        { ModelProtocol.AgUI, "f({}) Complete", ["""{"type":"TOOL_CALL_CHUNK","toolCallId":"a","toolCallName":"f","delta":"{"}""", """{"type":"RAW"}""", """{"type":"TOOL_CALL_CHUNK","delta":"}"}""", """{"type":"STATE_DELTA"}"""] },
        { ModelProtocol.AgUI, "f({}) Complete; g([]) Truncated", ["""{"type":"TOOL_CALL_CHUNK","toolCallId":"a","toolCallName":"f","delta":"{}"}""", """{"type":"TOOL_CALL_CHUNK","toolCallId":"b","toolCallName":"g","delta":"[]"}"""] },
        { ModelProtocol.AgUI, "({}) Complete; anomaly OrphanPiece; anomaly NameMissing", ["""{"type":"TOOL_CALL_CHUNK","delta":"{}"}""", """{"type":"CUSTOM"}"""] },
        { ModelProtocol.AgUI, "({}) Complete; anomaly OrphanPiece; anomaly NameMissing", ["""{"type":"TOOL_CALL_CHUNK","toolCallId":"a","delta":"{}"}""", """{"type":"CUSTOM"}"""] },
        { ModelProtocol.AgUI, "finish 0 success", ["""{"type":"RUN_FINISHED","outcome":"success"}"""] },
        { ModelProtocol.AgUI, "finish 0 interrupt", ["""{"type":"RUN_FINISHED","outcome":{"type":"interrupt"}}"""] },

        // Bedrock.
        { ModelProtocol.BedrockConverse, "f() Truncated; g({}) Complete", ["""{"contentBlockStart":{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"a","name":"f"}}}}""", """{"contentBlockStart":{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"b","name":"g"}}}}""",
            """{"contentBlockDelta":{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{}"}}}}""", """{"contentBlockStop":{"contentBlockIndex":1}}"""] },
        { ModelProtocol.BedrockInvoke, "Text 't'; finish 1 FINISH", ["""{"outputText":"t","index":1,"completionReason":"FINISH"}"""] },
        { ModelProtocol.BedrockInvoke, "f({}) Complete; Text 't'; anomaly IndexMissing; finish 0 tool_calls; finish 1 stop",
            ["""{"outputs":[{"text":"","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}],"stop_reason":"tool_calls"},{"text":"t","stop_reason":"stop"}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'a'; Text 'b'; finish 0 x; finish 1 y", ["""{"choices":[{"message":{"content":"a"},"stop_reason":"x"},{"text":"b","stop_reason":"y"}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'a'; Text 'b'; finish 0 x; finish 1 y", ["""{"completions":[{"data":{"text":"a"},"finishReason":{"reason":"x"}},{"data":{"text":"b"},"finishReason":{"reason":"y"}}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'a'", ["""{"choices":[{"delta":{"content":"a"},"text":"b","stop_reason":"x"}]}"""] },
        { ModelProtocol.BedrockInvoke, "Text 'a'", ["""{"choices":[{"message":{"content":"a"}}]}"""] },

        // Cohere.
        { ModelProtocol.CohereV1, "Text 'a'; Text 'b'; finish 0 COMPLETE; finish 1 MAX_TOKENS", ["""{"event_type":"stream-end","response":{"generations":[{"text":"a","finish_reason":"COMPLETE"},{"text":"b","finish_reason":"MAX_TOKENS"}]}}"""] },
        { ModelProtocol.CohereV1, "f({\"x\":1}) Truncated", ["""{"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"name":"f","parameters":{"x":1}}}"""] },
        { ModelProtocol.CohereV1, "Reasoning 'plan'; finish 0 COMPLETE", ["""{"event_type":"tool-calls-chunk","text":"plan"}""", """{"event_type":"tool-calls-generation","text":"plan"}""", """{"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"plan"}}"""] },
        { ModelProtocol.CohereV2, "f({}) Truncated; g([]) Complete", [V2Start("0", "f", "{}"), V2Start("1", "g", "[]"), """{"type":"tool-call-end","index":1}"""] },
        { ModelProtocol.CohereV2, "f({}) Complete; g([]) Truncated", [V2Start("0", "f", "{}"), V2Start("1", "g", "[]"), """{"type":"tool-call-end"}"""] },
        { ModelProtocol.CohereV2, "", ["""{"type":"other","message":"m"}"""] },
        { ModelProtocol.CohereV2, "Reasoning 'a'; Text 'b'; Reasoning 'p'", ["""{"type":"content-start","index":0,"delta":{"message":{"content":{"thinking":"a"}}}}""", """{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"b"}}}}""", """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"p"}}}"""] },

        // Gemini: a part that does not say that it goes on is the end of its call; which call a part goes on with.
        { ModelProtocol.Gemini, "f({}) Complete", [Gemini("""{"name":"f","args":{}}""")] },
        { ModelProtocol.Gemini, "f({}) Complete", [Gemini("""{"name":"f"}""")] },
        { ModelProtocol.Gemini, "f({\"a\":1}) Complete", [Gemini("""{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}"""), Gemini("{}")] },
        { ModelProtocol.Gemini, "f({\"a\":1}) Complete", [Gemini("""{"name":"f","partialArgs":[{"jsonPath":"$.a","numberValue":1}]}"""), Gemini("{}")] },
        { ModelProtocol.Gemini, "f({\"a\":1,\"b\":2}) Complete; f({\"a\":3) Truncated; anomaly ArgumentsInterleaved",
            [Gemini("""{"id":"1","name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}"""), Gemini("""{"id":"2","name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":3}]}"""),
             Gemini("""{"id":"1","name":"f","partialArgs":[{"jsonPath":"$.b","numberValue":2}]}""")] },
        { ModelProtocol.Gemini, "f({\"a\":1,\"b\":2}) Complete", [Gemini("""{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}"""), Gemini("""{"name":"f","partialArgs":[{"jsonPath":"$.b","numberValue":2}]}""")] },
        { ModelProtocol.Gemini, "finish 0 prompt_blocked:1", ["""{"promptFeedback":{"blockReason":1}}"""] },
        { ModelProtocol.Gemini, "", ["""{"promptFeedback":{"blockReason":0}}"""] },
        { ModelProtocol.GeminiLive, "f({\"x\":1}) Complete; g({}) Complete", ["""{"toolCall":{"functionCalls":[{"id":"a","name":"f","args":{"x":1}},{"id":"b","name":"g"}]}}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"x\":1}) Complete", [InteractionStart, """{"event_type":"step.stop","index":0}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"x\":1}) Complete", ["""{"event_type":"content.start","index":0,"content":{"type":"function_call","id":"a","name":"f","arguments":{"x":1}}}""", """{"event_type":"content.stop","index":0}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"x\":1}) Complete; finish 0 completed", [InteractionStart, """{"event_type":"interaction.completed","interaction":{"status":"completed"}}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"x\":1}) Complete; finish 0 completed", [InteractionStart, """{"event_type":"interaction.status_update","interaction_id":"i","status":"completed"}"""] },
        { ModelProtocol.GeminiInteractions, "f() Truncated; finish 0 incomplete", [InteractionStart, """{"event_type":"interaction.completed","interaction":{"status":"incomplete"}}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"x\":1}) Complete; g({\"x\":2}) Complete; finish 0 completed",
            [InteractionStart, """{"event_type":"step.start","index":1,"step":{"type":"function_call","id":"b","name":"g","arguments":{"x":2}}}""", """{"event_type":"interaction.completed","interaction":{"status":"completed"}}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"y\":2}) Truncated", [InteractionStart, """{"event_type":"step.delta","index":0,"delta":{"type":"arguments_delta","arguments":{"y":2}}}"""] },
        { ModelProtocol.GeminiInteractions, "f({\"y\":2}) Complete", [InteractionStart, """{"event_type":"step.delta","index":0,"delta":{"type":"arguments_delta","arguments":"{\"y\":2}"}}""", """{"event_type":"step.delta","index":1,"delta":{"type":"arguments_delta","arguments":{"z":3}}}""", """{"event_type":"step.stop","index":0}"""] },
        { ModelProtocol.GeminiInteractions, "f({}) Complete", ["""{"object":"interaction","status":"in_progress","steps":[{"type":"function_call","id":"a","name":"f","arguments":{}}]}"""] },
        { ModelProtocol.GeminiInteractions, "Reasoning 'ab'", ["""{"event_type":"step.delta","index":0,"delta":{"type":"thought","text":"a"}}""", """{"event_type":"step.delta","index":0,"delta":{"type":"thought_summary","content":{"text":"b"}}}"""] },

        // OpenAI's other two.
        { ModelProtocol.OpenAIAssistants, "Text 'a'; Text 'b'; Refusal 'c'",
            ["""{"object":"thread.message.delta","delta":{"content":[{"index":0,"text":{"value":"a"}},{"index":1,"text":{"value":"b"}},{"index":2,"refusal":"c"}]}}"""] },
        { ModelProtocol.OpenAIAssistants, "Text 'a'; Refusal 'b'", ["""{"object":"thread.message","id":"m","role":"assistant","content":[{"text":{"value":"a"}},{"refusal":"b"}]}"""] },
        { ModelProtocol.OpenAIAssistants, "", ["""{"object":"thread.message","id":"m","role":"user","content":[{"text":{"value":"a"}},{"refusal":"b"}]}"""] },
        { ModelProtocol.OpenAIAssistants, "Text 'a'; Text 'b'; anomaly TextContradicted",
            ["""{"object":"thread.message.delta","id":"m","delta":{"content":[{"index":0,"text":{"value":"a"}},{"index":1,"text":{"value":"b"}}]}}""", """{"object":"thread.message","id":"m","role":"assistant","content":[{"text":{"value":"a"}},{"text":{"value":"c"}}]}"""] },
        { ModelProtocol.OpenAIAssistants, "Text 'a'; Text 'b'", ["""{"object":"thread.message.delta","id":"m","delta":{"content":[{"index":0,"text":{"value":"a"}}]}}""", """{"object":"thread.message.delta","id":"n","delta":{"content":[{"index":0,"text":{"value":"b"}}]}}"""] },
        { ModelProtocol.OpenAIAssistants, "error |m", ["""{"error":{"message":"m"}}"""] },
        { ModelProtocol.OpenAIAssistants, "anomaly ForeignPayload", ["""{"other":1}"""] },
        { ModelProtocol.OpenAIAssistants, "", ["""{"object":"other"}"""] },
        { ModelProtocol.OpenAIAssistants, "anomaly SecondMessage; finish 0 completed", ["""{"object":"thread.run","id":"r","status":"completed"}""", """{"object":"thread.run","id":"s","status":"queued"}"""] },
        { ModelProtocol.OpenAIAssistants, "finish 0 completed", ["""{"object":"thread.run","id":"r","status":"queued"}""", """{"object":"thread.run","id":"r","status":"cancelling"}""", """{"object":"thread.run","id":"r","status":"completed"}""", """{"object":"thread.run","id":"r","status":"completed"}"""] },
        { ModelProtocol.OpenAICompletions, "Reasoning 'r'; Text 't'", ["""{"choices":[{"reasoning":"r","text":"t"}]}"""] },
        { ModelProtocol.OpenAICompletions, "anomaly ForeignPayload", ["""{"type":"other"}"""] },
        { ModelProtocol.OpenAICompletions, "", ["""{"type":"other","choices":[]}"""] },
        { ModelProtocol.OpenAICompletions, "error |m", ["""{"error":{"message":"m"}}"""] },
        { ModelProtocol.OpenAICompletions, "error |m", ["""{"object":"error","message":"m"}"""] },
        { ModelProtocol.OpenAICompletions, "error |m; anomaly ErrorInChunk", ["""{"choices":[],"error":{"message":"m"}}"""] },

        // Ollama, and the UI message stream.
        { ModelProtocol.Ollama, "Reasoning 't'; Text 'x'", ["""{"response":"x","thinking":"t","done":false}"""] },
        { ModelProtocol.Ollama, "error |m", ["""{"error":"m"}"""] },
        { ModelProtocol.Ollama, "f({\"x\":1}) Complete", ["""{"message":{"tool_calls":[{"function":{"name":"f","arguments":{"x":1}}}]},"done":false}"""] },
        { ModelProtocol.UIMessageStream, "f({}) Complete", [UIStart, UIStart, UIDelta, """{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{}}"""] },
        { ModelProtocol.UIMessageStream, "f({\"x\":1}) Complete", ["""{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{"x":1}}"""] },
        { ModelProtocol.UIMessageStream, "f({}) Complete; anomaly ArgumentsContradicted", [UIStart, UIDelta, """{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{"x":1}}"""] },
        { ModelProtocol.UIMessageStream, "f({}) Truncated", [UIStart, UIDelta] },
        { ModelProtocol.UIMessageStream, "f() Truncated", [UIStart.Replace("\"f\"", "\"f\",\"input\":{\"x\":1}", StringComparison.Ordinal)] },
        { ModelProtocol.UIMessageStream, "({}) Truncated; anomaly OrphanPiece; anomaly NameMissing", [UIDelta] },
        { ModelProtocol.UIMessageStream, "f({}) Complete; anomaly IdentityLate", ["""{"type":"tool-input-start","toolCallId":"a"}""", UIDelta, """{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{}}"""] },
        { ModelProtocol.UIMessageStream, "f({}) Complete; f({}) Truncated; anomaly DuplicateId", [UIStart, UIDelta, """{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{}}""", UIStart, UIDelta] },

        // What is taken back leaves the message, with all of its step and nothing else.
        { ModelProtocol.UIMessageStream, "Text 'a'; Text 'c'; anomaly StepDropped", [UIText("1", "a"), """{"type":"start-step"}""", UIText("2", "b"), """{"type":"reset-step"}""", UIText("2", "c")] },
        { ModelProtocol.UIMessageStream, "Text 'a\uFFFD'; anomaly StepDropped; anomaly SurrogateUnpaired", [UIText("1", "a\\ud83d"), """{"type":"start-step"}""", UIText("2", "b\\ud83d"), """{"type":"reset-step"}"""] },
        { ModelProtocol.UIMessageStream, "Text 'a'; anomaly StepDropped", [UIText("1", "a"), """{"type":"start-step"}""", UIStart, UIDelta, """{"type":"reset-step"}"""] },
        { ModelProtocol.UIMessageStream, "Text 'a'", [UIText("1", "a"), """{"type":"start-step"}""", """{"type":"reset-step"}"""] },
        { ModelProtocol.UIMessageStream, "g({}) Complete; anomaly StepDropped", ["""{"type":"start-step"}""", UIStart, UIDelta, """{"type":"reset-step"}""", """{"type":"tool-input-available","toolCallId":"a","toolName":"g","input":{}}"""] },
        { ModelProtocol.UIMessageStream, "Text 'c'; anomaly StepDropped", ["""{"type":"start-step"}""", UIText("1", "a"), """{"type":"reset-step"}""", UIText("1", "b"), """{"type":"reset-step"}""", UIText("1", "c")] },
    };

    private const string AgUIStart = """{"type":"TOOL_CALL_START","toolCallId":"a","toolCallName":"f"}""";
    private const string AgUIArguments = """{"type":"TOOL_CALL_ARGS","toolCallId":"a","delta":"{}"}""";
    private const string InteractionStart = """{"event_type":"step.start","index":0,"step":{"type":"function_call","id":"a","name":"f","arguments":{"x":1}}}""";
    private const string UIStart = """{"type":"tool-input-start","toolCallId":"a","toolName":"f"}""";
    private const string UIDelta = """{"type":"tool-input-delta","toolCallId":"a","inputTextDelta":"{}"}""";

    [Theory]
    [MemberData(nameof(Rows))]
    public void IsReadAs(ModelProtocol protocol, string expected, string[] payloads) => AssertReadAs(protocol, expected, payloads);

    /// <summary>A call that was complete and is taken back is not to be executed, whoever still holds it.</summary>
    [Fact]
    public void ACallThatIsTakenBack_IsNotSafe()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.UIMessageStream });
        string second = UIStart.Replace("\"a\"", "\"b\"", StringComparison.Ordinal);
        reader.Append(ModelRun.Sse("""{"type":"start-step"}""", UIStart, UIDelta, """{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{}}""", second));
        ToolCall[] calls = Read(reader);
        Assert.Equal([true, false], calls.Select(call => call.IsSafeToExecute));
        reader.Append(ModelRun.Sse("""{"type":"reset-step"}"""));
        Read(reader);
        Assert.Equal(
            [(ToolCallOutcome.Complete, UnsafeReasons.ProviderRejected), (ToolCallOutcome.Truncated, UnsafeReasons.ProviderRejected)],
            calls.Select(call => (call.Outcome, call.Reasons)));
        Assert.Empty(reader.Message.Items);
    }

    /// <summary>A piece of a call that nobody announced may be the rest of one: what it is part of is doubted, whatever comes later.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{}"}}}}""")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}}]}}]}""")]
    [InlineData(ModelProtocol.CohereV2, """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{}"}}}}}""")]
    [InlineData(ModelProtocol.UIMessageStream, """{"type":"tool-input-delta","toolCallId":"a","inputTextDelta":"{}"}""")]
    [InlineData(ModelProtocol.AgUI, """{"type":"TOOL_CALL_ARGS","toolCallId":"a","delta":"{}"}""")]
    [InlineData(ModelProtocol.AgUI, """{"type":"TOOL_CALL_CHUNK","toolCallId":"a","delta":"{}"}""")]
    public void APieceFromNowhere_IsDoubted(ModelProtocol protocol, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n"));
        Assert.True(run.Calls.Single().Reasons.HasFlag(UnsafeReasons.IdentityDoubt | UnsafeReasons.MissingName));
        Assert.Contains(AnomalyKind.OrphanPiece, run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>Where calls have neither index nor id, their place in the list is their index.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}},{"function":{"name":"g","arguments":"{}"}}]}}]}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}},{"function":{"name":"g","arguments":"{}"}}]},"stop_reason":"tool_calls"}]}""")]
    [InlineData(ModelProtocol.CohereV2, """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}},{"function":{"name":"g","arguments":"{}"}}]}}}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, """{"object":"thread.run.step.delta","delta":{"step_details":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}},{"function":{"name":"g","arguments":"{}"}}]}}}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"tool-calls-generation","tool_calls":[{"name":"f","parameters":{}},{"name":"g","parameters":{}}]}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"message","content":[{"type":"tool_use","name":"f","input":{}},{"type":"tool_use","name":"g","input":{}}]}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"output":{"message":{"content":[{"toolUse":{"name":"f","input":{}}},{"toolUse":{"name":"g","input":{}}}]}}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"object":"response","output":[{"type":"function_call","name":"f","arguments":"{}"},{"type":"function_call","name":"g","arguments":"{}"}]}""")]
    public void CallsWithoutAnIndex_HaveTheirPlace(ModelProtocol protocol, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n"));
        Assert.Equal([(0, "f", "{}"), (1, "g", "{}")], run.Calls.Select(call => (call.Index, call.Name, call.GetText())));
        run.Reader.Dispose();
    }

    /// <summary>Also where that is said only with the call whole, or with its pieces.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.output_item.done","output_index":0,"item":{"type":"mcp_call","id":"a","name":"f","arguments":"{}"}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.delta","index":0,"delta":{"type":"mcp_server_tool_call","id":"a","name":"f","arguments":{}}}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"message","content":[{"type":"mcp_tool_use","id":"a","name":"f","input":{}}]}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"output":{"message":{"content":[{"toolUse":{"name":"f","type":"server_tool_use","input":{}}}]}}}""")]
    public void WhatTheProviderRuns_IsKnown(ModelProtocol protocol, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n"));
        ToolCall call = run.Calls.Single();
        Assert.True(call.IsProviderExecuted);
        Assert.True(call.Reasons.HasFlag(UnsafeReasons.ProviderExecuted));
        run.Reader.Dispose();
    }

    /// <summary>Payloads inside of others are never compared with the one before: their places are those of another text.</summary>
    [Fact]
    public void PiecesInsideOfBase64_AreAllRead()
    {
        string[] deltas = ["[1,", "2,", "3,", "4,", "5,", "6]"];
        string[] inner = ["""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}""",
            .. deltas.Select(delta => $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{{{delta}}}"}}""")];
        string[] payloads = [.. inner.Select(payload => $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(payload))}}"}""")];
        AssertReadAs(ModelProtocol.BedrockInvoke, "f([1,2,3,4,5,6]) Truncated", payloads);
    }

    private static ToolCall[] Read(ModelStreamReader reader)
    {
        while (reader.TryRead(out _))
        {
        }

        return [.. reader.Message.Items.OfType<ToolCall>()];
    }

    private static string Gemini(string functionCall) => $$$"""{"candidates":[{"content":{"parts":[{"functionCall":{{{functionCall}}}}]}}]}""";

    private static string UIText(string id, string text) => $$"""{"type":"text-delta","id":"{{id}}","delta":"{{text}}"}""";

    private static string V2Start(string index, string name, string arguments) =>
        $$"""{"type":"tool-call-start","index":{{index}},"delta":{"message":{"tool_calls":""" + $$"""{"id":"{{name}}","function":{"name":"{{name}}","arguments":"{{arguments}}"} } } } }""";
}
