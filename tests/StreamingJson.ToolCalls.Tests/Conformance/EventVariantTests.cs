using System.Linq;
using System.Text;
using StreamingJson.Framing;
using Xunit;
using static StreamingJson.ToolCalls.Tests.VariantTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Events of OpenAI and Anthropic that say a thing only once where others say it twice, that come without what identifies them, or out of the usual order.</summary>
public sealed class EventVariantTests
{
    private const string Start = """{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"fc","call_id":"c","name":"f"}}""";
    private const string StartSecond = """{"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","id":"fd","call_id":"d","name":"g"}}""";
    private const string Completed = """{"type":"response.completed","response":{"status":"completed"}}""";

    public static TheoryData<string, string[]> Responses => new()
    {
        // Each kind of text, in pieces alone or whole alone.
        { "Text 'x'", ["""{"type":"response.output_text.delta","output_index":0,"delta":"x"}"""] },
        { "Text 'x'", ["""{"type":"response.output_text.done","output_index":0,"text":"x"}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_text.delta","output_index":0,"delta":"x"}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning.delta","output_index":0,"delta":"x"}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_text.done","output_index":0,"text":"x"}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_summary_text.delta","output_index":0,"delta":"x"}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_summary.delta","output_index":0,"delta":"x"}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_summary_text.done","output_index":0,"text":"x"}"""] },
        { "Refusal 'x'", ["""{"type":"response.refusal.delta","output_index":0,"delta":"x"}"""] },
        { "Refusal 'x'", ["""{"type":"response.refusal.done","output_index":0,"refusal":"x"}"""] },
        { "Text 'x'", ["""{"type":"response.output_audio_transcript.delta","output_index":0,"delta":"x"}"""] },
        { "Text 'x'", ["""{"type":"response.audio_transcript.delta","output_index":0,"delta":"x"}"""] },
        { "Text 'x'", ["""{"type":"response.audio.transcript.delta","output_index":0,"delta":"x"}"""] },
        { "Text 'x'", ["""{"type":"response.output_audio_transcript.done","output_index":0,"transcript":"x"}"""] },
        { "", ["""{"type":"response.output_audio.delta","output_index":0,"delta":"AAAA"}"""] },

        // Parts: each of its own, told apart by its number and, of summaries, by being one.
        { "Text 'x'", ["""{"type":"response.content_part.done","output_index":0,"content_index":0,"part":{"type":"output_text","text":"x"}}"""] },
        { "Text 'x'; Text 'y'", ["""{"type":"response.content_part.done","output_index":0,"content_index":0,"part":{"type":"output_text","text":"x"}}""", """{"type":"response.content_part.done","output_index":0,"content_index":1,"part":{"type":"output_text","text":"y"}}"""] },
        { "Text 'x'; Text 'y'", ["""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"x"}""", """{"type":"response.output_text.delta","output_index":0,"content_index":1,"delta":"y"}"""] },
        { "Refusal 'x'", ["""{"type":"response.content_part.done","output_index":0,"part":{"type":"refusal","refusal":"x"}}"""] },
        { "Text 'x'", ["""{"type":"response.content_part.done","output_index":0,"part":{"type":"output_audio","transcript":"x"}}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_part.done","output_index":0,"part":{"type":"reasoning_text","text":"x"}}"""] },
        { "Reasoning 'x'", ["""{"type":"response.reasoning_summary_part.done","output_index":0,"part":{"type":"summary_text","text":"x"}}"""] },
        { "Reasoning 'x'; Reasoning 'y'", ["""{"type":"response.reasoning_text.delta","output_index":0,"delta":"x"}""", """{"type":"response.reasoning_summary_part.done","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"y"}}"""] },
        { "Reasoning 'x'; Reasoning 'y'", ["""{"type":"response.reasoning_summary_part.done","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"x"}}""", """{"type":"response.reasoning_summary_part.done","output_index":0,"summary_index":1,"part":{"type":"summary_text","text":"y"}}"""] },
        { "Text 'x'; Text 'y'; anomaly TextContradicted",
            ["""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"x"}""", """{"type":"response.output_text.delta","output_index":0,"content_index":1,"delta":"y"}""",
             """{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":"x"},{"type":"output_text","text":"z"}]}}"""] },

        // The last event has all of it once more: it counts where nothing came before, whatever numbers it has.
        { "Text 'x'; finish 0 completed", ["""{"type":"response.output_text.delta","output_index":5,"delta":"x"}""", """{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"x"}]}]}}"""] },
        { "Text 'x'; finish 0 completed", ["""{"type":"response.output_text.done","output_index":5,"text":"x"}""", """{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"x"}]}]}}"""] },
        { "Text 'x'; finish 0 completed", ["""{"type":"response.output_audio.delta","output_index":0,"delta":"AAAA"}""", """{"type":"response.output_audio.done","output_index":0}""", """{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"x"}]}]}}"""] },
        { "f({}) Complete; finish 0 completed", [Start, """{"type":"response.completed","response":{"status":"completed","output":[{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{}"}]}}"""] },
        { "f({}) Complete; finish 0 completed",
            ["""{"type":"response.output_item.done","output_index":3,"item":{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{}"}}""",
             """{"type":"response.completed","response":{"status":"completed","output":[{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{}"}]}}"""] },
        { "Refusal 'no'; finish 0 completed", ["""{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"no"}]}]}}"""] },
        { "Text 'x'; Text 'y'; anomaly EventAfterEnd; anomaly SecondMessage; finish 0 completed",
            ["""{"type":"response.created","response":{"id":"r1"}}""", """{"type":"response.output_text.delta","output_index":0,"delta":"x"}""", Completed,
             """{"type":"response.created","response":{"id":"r2"}}""", """{"type":"response.completed","response":{"id":"r2","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"y"}]}]}}"""] },

        // Which call a piece is of: item and index, else the item, else the call, else the index; without any the newest.
        { "f({}) Complete; g([]) Complete; finish 0 completed", [Start, StartSecond, """{"type":"response.function_call_arguments.delta","call_id":"c","delta":"{}"}""", """{"type":"response.function_call_arguments.delta","call_id":"d","delta":"[]"}""", Completed] },
        { "f({}) Complete; g([]) Complete; finish 0 completed", [Start, StartSecond, """{"type":"response.function_call_arguments.delta","item_id":"fc","delta":"{}"}""", """{"type":"response.function_call_arguments.delta","item_id":"fd","delta":"[]"}""", Completed] },
        { "f([]) Complete; g({}) Complete; finish 0 completed", [Start, StartSecond, """{"type":"response.function_call_arguments.delta","delta":"{}"}""", """{"type":"response.function_call_arguments.delta","output_index":0,"delta":"[]"}""", Completed] },
        { "f({}) Complete; anomaly OrphanPiece; finish 0 completed", [Start, """{"type":"response.function_call_arguments.delta","delta":"{}"}""", """{"type":"response.function_call_arguments.delta","item_id":"other","delta":"x"}""", Completed] },
        { "f({}) Complete; anomaly OrphanPiece; finish 0 completed", [Start, """{"type":"response.function_call_arguments.delta","delta":"{}"}""", """{"type":"response.function_call_arguments.delta","output_index":7,"delta":"x"}""", Completed] },
        { "f({}) Complete; anomaly OrphanPiece; finish 0 completed", [Start, """{"type":"response.function_call_arguments.delta","delta":"{}"}""", """{"type":"response.function_call_arguments.delta","call_id":"other","delta":"x"}""", Completed] },
        { "f({}) Complete; anomaly IdentityRepeated; finish 0 completed", [Start, """{"type":"response.function_call_arguments.delta","item_id":"fc","delta":"{"}""", Start.Replace("\"fc\"", "\"fx\"", System.StringComparison.Ordinal), """{"type":"response.function_call_arguments.delta","item_id":"fc","delta":"}"}""", Completed] },
        { "f({}) Complete; g([]) Complete; anomaly IndexReused; finish 0 completed",
            [Start, """{"type":"response.function_call_arguments.done","output_index":0,"item_id":"fc","arguments":"{}"}""", """{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","id":"fc","call_id":"e","name":"g","arguments":"[]"}}""", Completed] },

        // Free text of a custom tool.
        { "f(free) Complete; finish 0 completed", ["""{"type":"response.completed","response":{"status":"completed","output":[{"type":"custom_tool_call","id":"ct","call_id":"c","name":"f","input":"free"}]}}"""] },
        { "f(free) Complete; finish 0 completed", [CustomStart, """{"type":"response.custom_tool_call_input.delta","output_index":0,"item_id":"ct","delta":"free"}""", Completed] },
        { "f(free) Complete; finish 0 completed", [CustomStart, """{"type":"response.custom_tool_call_input.done","output_index":0,"item_id":"ct","input":"free"}""", Completed] },
        { "f(free) Complete; finish 0 completed", ["""{"type":"response.custom_tool_call_input.done","output_index":0,"item_id":"ct","call_id":"c","name":"f","input":"free"}""", Completed] },

        { "f(xx) Complete; finish 0 completed", [CustomStart, """{"type":"response.custom_tool_call_input.delta","item_id":"ct","delta":"x"}""", """{"type":"response.custom_tool_call_input.delta","item_id":"ct","delta":"x"}""", Completed] },
        { "f(xy) Invalid; anomaly EventAfterEnd; anomaly ArgumentsAfterEnd; finish 0 completed", [CustomStart, """{"type":"response.custom_tool_call_input.delta","item_id":"ct","delta":"x"}""", Completed, """{"type":"response.custom_tool_call_input.delta","item_id":"ct","delta":"y"}"""] },

        // Errors, and what is of another protocol.
        { "error |m", ["""{"error":{"message":"m"}}"""] },
        { "error c|m", ["""{"type":"error","code":"c","message":"m"}"""] },
        { "error c|m", ["""{"type":"response.error","code":"c","message":"m"}"""] },
        { "error c|m; finish 0 failed", ["""{"type":"response.failed","response":{"status":"failed","error":{"code":"c","message":"m"}}}"""] },
        { "error c|m; finish 0 failed", ["""{"type":"response.failed","response":{"status":"failed","error":null},"error":{"code":"c","message":"m"}}"""] },
        { "anomaly ForeignPayload", ["""{"other":1}"""] },
        { "anomaly ForeignPayload", ["""{"type":"other","choices":[]}"""] },
        { "", ["""{"type":"other"}"""] },
        { "finish 0 failed", ["""{"type":"response.failed","response":{"status":"failed","incomplete_details":{"reason":"x"}}}"""] },
        { $"finish 0 incomplete:{new string('x', 117)}", [$$$$"""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"{{{{new string('x', 117)}}}}"}}}"""] },
        { "finish 0 incomplete", [$$$$"""{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"{{{{new string('x', 118)}}}}"}}}"""] },
    };

    private const string CustomStart = """{"type":"response.output_item.added","output_index":0,"item":{"type":"custom_tool_call","id":"ct","call_id":"c","name":"f"}}""";

    [Theory]
    [MemberData(nameof(Responses))]
    public void OfResponses(string expected, string[] payloads) => AssertReadAs(ModelProtocol.OpenAIResponses, expected, payloads);

    public static TheoryData<string, string[]> Realtime => new()
    {
        { "Text 'x'; finish 0 completed", ["""{"type":"response.done","response":{"id":"r","status":"completed","output":[{"type":"message","content":[{"type":"audio","transcript":"x"}]}]}}"""] },
        { "Text 'x'; finish 0 completed", ["""{"type":"response.output_text.delta","response_id":"r","output_index":5,"delta":"x"}""", """{"type":"response.done","response":{"id":"r","output":[{"type":"message","content":[{"type":"text","text":"x"}]}]}}"""] },
        { "Text 'x'; finish 0 completed", ["""{"type":"response.output_text.delta","output_index":5,"delta":"x"}""", """{"type":"response.done","response":{"id":"r","output":[{"type":"message","content":[{"type":"text","text":"x"}]}]}}"""] },
        { "Text 'x'; Text 'y'; finish 0 completed",
            ["""{"type":"response.output_text.delta","output_index":5,"delta":"x"}""", """{"type":"response.done","response":{"id":"r"}}""", """{"type":"response.created","response":{"id":"s"}}""",
             """{"type":"response.done","response":{"id":"s","output":[{"type":"message","content":[{"type":"text","text":"y"}]}]}}"""] },
        { "Text 'x'; Text 'y'", ["""{"type":"response.output_text.delta","item_id":"i","output_index":0,"delta":"x"}""", """{"type":"response.output_text.delta","item_id":"j","output_index":0,"delta":"y"}"""] },
        { "Text 'x'; Text 'y'", ["""{"type":"response.output_text.delta","item_id":"i","content_index":0,"delta":"x"}""", """{"type":"response.output_text.delta","item_id":"i","content_index":1,"delta":"y"}"""] },
        { "", ["""{"type":"response.output_item.other","response_id":"r","response":{"status":"completed"}}"""] },
    };

    [Theory]
    [MemberData(nameof(Realtime))]
    public void OfRealtime(string expected, string[] payloads) => AssertReadAs(ModelProtocol.OpenAIRealtime, expected, payloads);

    private const string Call = """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}""";

    public static TheoryData<string, string[]> Anthropic => new()
    {
        { "f({}) Complete", [Call, """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}""", """{"type":"content_block_stop","index":0}"""] },
        { "f({}) Complete", [Call, """{"type":"content_block_delta","delta":{"type":"input_json_delta","partial_json":"{}"}}""", """{"type":"content_block_stop"}"""] },
        { "f({}) Truncated", [Call, """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}""", """{"type":"content_block_stop","index":1}"""] },
        { "Reasoning 'xy'", ["""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"x"}}""", """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"y"}}"""] },
        { "Text 'xy'", ["""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"x"}}""", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"y"}}"""] },

        // Pieces of a block that is neither text nor call are nobody's; those of a block that was not seen to begin are of a call without a name.
        { "", ["""{"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result"}}""", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"""] },
        { "({}) Truncated; anomaly OrphanPiece; anomaly NameMissing", ["""{"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result"}}""", """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{}"}}"""] },
        { "({}) Truncated; anomaly OrphanPiece; anomaly IndexMissing; anomaly NameMissing", ["""{"type":"content_block_delta","delta":{"type":"input_json_delta","partial_json":"{}"}}"""] },
        { "({}) Truncated; anomaly SecondMessage; anomaly OrphanPiece; anomaly NameMissing; finish 0 end_turn",
            ["""{"type":"message_start","message":{"id":"m","content":[]}}""", """{"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result"}}""", """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""",
             """{"type":"message_start","message":{"id":"n","content":[]}}""", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"""] },

        // A reason that the message began with counts at its end.
        { "finish 0 end_turn", ["""{"type":"message_start","message":{"id":"m","content":[],"stop_reason":"end_turn"}}""", """{"type":"message_stop"}"""] },
        { "finish 0 max_tokens", ["""{"type":"message_start","message":{"id":"m","content":[],"stop_reason":"end_turn"}}""", """{"type":"message_delta","delta":{"stop_reason":"max_tokens"}}""", """{"type":"message_stop"}"""] },
        { "", ["""{"type":"message_start","message":{"id":"m","content":[],"stop_reason":null}}""", """{"type":"message_stop"}"""] },
        { $"finish 0 {new string('x', 64)}", [$$$"""{"type":"message_start","message":{"id":"m","content":[],"stop_reason":"{{{new string('x', 64)}}}"}}""", """{"type":"message_stop"}"""] },
        { "", [$$$"""{"type":"message_start","message":{"id":"m","content":[],"stop_reason":"{{{new string('x', 65)}}}"}}""", """{"type":"message_stop"}"""] },
        { "error |m", ["""{"error":{"message":"m"}}"""] },
        { "error t|m", ["""{"type":"error","error":{"type":"t","message":"m"}}"""] },
        { "anomaly ForeignPayload", ["""{"other":1}"""] },
        { "anomaly ForeignPayload", ["""{"type":"other","choices":[]}"""] },
        { "", ["""{"type":"other","content":[{"type":"text","text":"x"}]}"""] },
        { "Text 'x'; finish 0 stop_sequence", ["""{"type":"completion","completion":"x","stop_reason":"stop_sequence"}"""] },
        { "Text 'x'; Reasoning 'y'; f({}) Complete; finish 0 tool_use",
            ["""{"type":"message","content":[{"type":"text","text":"x"},{"type":"thinking","thinking":"y"},{"type":"tool_use","id":"a","name":"f","input":{}}],"stop_reason":"tool_use"}"""] },
    };

    [Theory]
    [MemberData(nameof(Anthropic))]
    public void OfAnthropic(string expected, string[] payloads) => AssertReadAs(ModelProtocol.Anthropic, expected, payloads);

    public static TheoryData<string, string[]> Chat => new()
    {
        { "error 400|m", ["""{"object":"error","code":400,"message":"m"}"""] },
        { "error |m", ["""{"error":"m"}"""] },
        { "error t|m", ["""{"error":{"type":"t","message":"m"}}"""] },
        { "error s|m", ["""{"error":{"status":"s","message":"m"}}"""] },
        { "error c|m", ["""{"error":{"code":"c","type":"t","status":"s","message":"m"}}"""] },
        { "anomaly ForeignPayload", ["""{"type":"other"}"""] },
        { "", ["""{"type":"other","choices":[]}"""] },
        { "", ["""{"other":1}"""] },
        { "Text 'x'", ["""{"choices":[{"delta":{"content":"x"},"message":{"content":"y"}}]}"""] },
        { "Text 'y'", ["""{"choices":[{"delta":null,"message":{"content":"y"}}]}"""] },
        { "Text 'x'; Reasoning 'ab'; Text 'y'", ["""{"choices":[{"delta":{"content":[{"type":"text","text":"x"},{"type":"thinking","thinking":"a"},{"type":"thinking","thinking":[{"type":"text","text":"b"}]},{"type":"text","text":"y"}]}}]}"""] },
        { "f({}) Complete; anomaly IdentityLate; finish 0 function_call",
            ["""{"choices":[{"delta":{"function_call":{"arguments":"{"}}}]}""", """{"choices":[{"delta":{"function_call":{"name":"f","arguments":"}"}},"finish_reason":"function_call"}]}"""] },
        { "Text 'x'", ["""{"choices":[{"delta":{"content":"x","audio":{"transcript":"x"}}}]}"""] },
        { "Text 'x'", ["""{"choices":[{"delta":{"audio":{"transcript":"x"}}}]}"""] },
        { "Reasoning 'x'", ["""{"choices":[{"delta":{"reasoning_content":"x","reasoning":"x","reasoning_text":"x","reasoning_details":[{"text":"x"}]}}]}"""] },
    };

    [Theory]
    [MemberData(nameof(Chat))]
    public void OfChat(string expected, string[] payloads) => AssertReadAs(ModelProtocol.OpenAIChat, expected, payloads);

    /// <summary>An item's id is kept to find its pieces by, but not one that is longer than any provider's.</summary>
    [Theory]
    [InlineData(256, "f({}) Complete; finish 0 completed")]
    [InlineData(257, "f() Complete; anomaly OrphanPiece; anomaly ArgumentsEmpty; finish 0 completed")]
    public void OfLongItemIds(int length, string expected)
    {
        string id = new('i', length);
        AssertReadAs(ModelProtocol.OpenAIResponses, expected,
            [Start.Replace("\"fc\"", $"\"{id}\"", System.StringComparison.Ordinal), $$"""{"type":"response.function_call_arguments.delta","item_id":"{{id}}","delta":"{}"}""", Completed]);
    }

    /// <summary>Payloads without a type: the name of the event stands in.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIResponses, "response.output_text.delta", """{"output_index":0,"delta":"x"}""", "x")]
    [InlineData(ModelProtocol.Anthropic, "content_block_delta", """{"index":0,"delta":{"type":"text_delta","text":"x"}}""", "x")]
    [InlineData(ModelProtocol.CohereV2, "content-delta", """{"index":0,"delta":{"message":{"content":{"text":"x"}}}}""", "x")]
    [InlineData(ModelProtocol.GeminiInteractions, "step.delta", """{"index":0,"delta":{"type":"text","text":"x"}}""", "x")]
    [InlineData(ModelProtocol.OpenAIResponses, "error", """{"message":"m"}""", "error m")]
    [InlineData(ModelProtocol.Anthropic, "error", """{"message":"m"}""", "error m")]
    [InlineData(ModelProtocol.OpenAIAssistants, "error", """{"message":"m"}""", "error m")]
    public void TheNameOfTheEvent_StandsInForTheType(ModelProtocol protocol, string name, string payload, string expected)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol }, Encoding.UTF8.GetBytes($"event: {name}\ndata: {payload}\n\n"));
        Assert.Equal(expected, run.Message.Items.Select(item => item.GetText()).Concat(run.Message.Errors.Select(error => $"error {error.Message}")).Single());
        run.Reader.Dispose();
    }

    /// <summary>What a protocol remembers of a stream, it forgets with it: the second stream reads as it does in a new reader.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.output_text.delta","output_index":0,"delta":"x"}""", """{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"y"}]}]}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"response.output_text.delta","sequence_number":7,"output_index":0,"delta":"x"}""", """{"type":"response.output_text.delta","sequence_number":3,"output_index":0,"delta":"y"}""")]
    [InlineData(ModelProtocol.OpenAIRealtime, """{"type":"response.output_text.delta","output_index":0,"delta":"x"}""", """{"type":"response.done","response":{"status":"completed","output":[{"type":"message","content":[{"type":"text","text":"y"}]}]}}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"message_start","message":{"id":"m","content":[],"stop_reason":"end_turn"}}""", """{"type":"message_stop"}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"content_block_start","index":0,"content_block":{"type":"web_search_tool_result"}}""", """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"is_finished":false,"text":"x"}""", """{"generation":"y"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"text-generation","text":"x"}""", """{"event_type":"stream-end","response":{"text":"y"}}""")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"tool-calls-generation","tool_calls":[{"name":"f","parameters":{}}]}""", """{"event_type":"tool-calls-generation","tool_calls":[{"name":"g","parameters":{}}]}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.start","index":0,"step":{"type":"function_call","id":"a","name":"f","arguments":{"x":1}}}""", """{"event_type":"interaction.completed","interaction":{"status":"completed"}}""")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.a","numberValue":1}]}}]}}]}""", """{"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.b","numberValue":2}]}}]},"finishReason":"STOP"}]}""")]
    [InlineData(ModelProtocol.UIMessageStream, """{"type":"text-delta","id":"1","delta":"x"}""", """{"type":"text-delta","id":"1","delta":"y"}""")]
    [InlineData(ModelProtocol.AgUI, """{"type":"TOOL_CALL_CHUNK","toolCallId":"a","toolCallName":"f","delta":"{"}""", """{"type":"TOOL_CALL_CHUNK","delta":"{}"}""")]
    [InlineData(ModelProtocol.AgUI, """{"type":"TEXT_MESSAGE_CHUNK","messageId":"a","delta":"x"}""", """{"type":"TEXT_MESSAGE_CHUNK","delta":"y"}""")]
    public void AStream_LeavesNothingToTheNext(ModelProtocol protocol, string first, string second)
    {
        var options = new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson };
        byte[] next = Encoding.UTF8.GetBytes(second + "\n");
        ModelRun expected = ModelRun.Of(options, next);
        using ModelStreamReader reader = ModelRun.Of(options, Encoding.UTF8.GetBytes(first + "\n")).Reader;
        reader.Reset();
        ModelRun run = ModelRun.Of(reader, next);
        Assert.Equal((expected.FinalLine(), expected.Events), (run.FinalLine(), run.Events));
        expected.Reader.Dispose();
    }
}
