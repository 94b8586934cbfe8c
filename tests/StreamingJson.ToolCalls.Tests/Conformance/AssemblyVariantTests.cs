using System;
using System.Linq;
using System.Text;
using StreamingJson.Framing;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;
using static StreamingJson.ToolCalls.Tests.FinishReasonTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Which call a piece is of, which text, and of which choice: what all protocols have in common, shown by payloads of Chat.</summary>
public sealed class AssemblyVariantTests
{
    private const string F = """{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}""";
    private const string G = """{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}""";

    public static TheoryData<string, string[]> Rows => new()
    {
        // Without an index: an id says which, or the place in a list of several, or else it is the newest, and doubted where there are several.
        { "f({}) None; g({}) None; anomaly IdentityRepeated; anomaly IndexMissing; anomaly ArgumentsInterleaved", [Calls("""{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}"""), Calls(G), Calls("""{"id":"a","function":{"arguments":"}"}}"""), Finish("stop")] },
        { "f({}) None; g({}) None; anomaly IndexMissing; anomaly IndexMissing; anomaly ArgumentsInterleaved; anomaly ArgumentsInterleaved",
            [Calls("""{"function":{"name":"f","arguments":"{"}},{"function":{"name":"g","arguments":"{"}}"""),
             Calls("""{"function":{"arguments":"}"}},{"function":{"arguments":"}"}}"""), Finish("stop")] },
        { "f({}) IdentityDoubt; g({}) IdentityDoubt; anomaly IndexMissing; anomaly IndexReused; anomaly IndexMissing",
            [Calls("""{"function":{"name":"f","arguments":"{}"}}"""), Calls("""{"function":{"name":"g","arguments":"{}"}}"""), Finish("stop")] },
        { "f({}) IdentityDoubt; anomaly IndexMissing; anomaly IdChanged", [Calls("""{"id":"a","function":{"name":"f","arguments":"{"}}"""), Calls("""{"id":"z","function":{"arguments":"}"}}"""), Finish("stop")] },
        { "f({}) None; g({}x) ArgumentsAfterEnd, IdentityDoubt; anomaly IndexMissing; anomaly ArgumentsAfterEnd", [Calls(F), Calls(G), Finish("stop"), Calls("""{"function":{"arguments":"x"}}""")] },
        { "f({}) None; g({}) None; anomaly IndexMissing; anomaly IndexMissing", [Calls("""{"id":"a","function":{"name":"f","arguments":"{}"}}"""), OfChoice1(Calls("""{"id":"b","function":{"name":"g","arguments":"{}"}}""")), Finish("stop"), OfChoice1(Finish("stop"))] },

        // Ids and names that come again, late, in pieces, or for another call.
        { "f({}) None; anomaly IdentityRepeated", [Calls(F), Calls("""{"index":0,"id":"a"}"""), Finish("stop")] },
        { "f({}) None; anomaly IdentityRepeated", [Calls(F), Calls("""{"index":0,"id":"\u0061"}"""), Finish("stop")] },
        { "f({}) None; anomaly IdentityRepeated", [Calls(F), Calls("""{"index":0,"function":{"name":"f"}}"""), Finish("stop")] },
        { "f({}) None; anomaly IdentityRepeated", [Calls(F), Calls("""{"index":0,"function":{"name":"\u0066"}}"""), Finish("stop")] },
        { "f({}) None; anomaly IdentityLate", [Calls("""{"index":0,"id":"a"}"""), Calls("""{"index":0,"function":{"name":"f","arguments":"{}"}}"""), Finish("stop")] },
        { "f({}) None; anomaly IdentityLate", [Calls("""{"index":0,"function":{"name":"f","arguments":"{}"}}"""), Calls("""{"index":0,"id":"a"}"""), Finish("stop")] },
        { "f({}) None; anomaly IndexMissing; anomaly IdentityLate", [Calls("""{"id":"a"}"""), Calls("""{"function":{"name":"f","arguments":"{"}}"""), Calls("""{"function":{"arguments":"}"}}"""), Finish("stop")] },
        { "get_time({}) None; anomaly NameInPieces", [Calls("""{"index":0,"id":"a","function":{"name":"get_"}}"""), Calls("""{"index":0,"function":{"name":"time"}}"""), Calls("""{"index":0,"function":{"arguments":"{}"}}"""), Finish("stop")] },
        { "get_time({}) IdentityDoubt; anomaly NameInPieces", [Calls("""{"index":0,"id":"a","function":{"name":"get_"}}"""), Calls("""{"index":0,"function":{"name":"time","arguments":"{}"}}"""), Finish("stop")] },
        { "get_time({}) IdentityDoubt; anomaly IdentityRepeated; anomaly NameInPieces", [Calls("""{"index":0,"id":"a","function":{"name":"get_"}}"""), Calls("""{"index":0,"id":"a","function":{"name":"time","arguments":"{}"}}"""), Finish("stop")] },
        { "f({}) None; g({}) AfterFinish; anomaly CallAfterFinish; anomaly IndexReused", [Calls("""{"index":0,"function":{"name":"f","arguments":"{}"}}"""), Finish("stop"), Calls("""{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}"""), Finish("stop")] },

        // A finish ends the calls of its choice alone; one for a choice that cannot be ends none.
        { "f({}) None; g({}) NoExplicitEnd", [Calls(F), OfChoice1(Calls(G)), Finish("stop")] },
        { "f({}) NoExplicitEnd; anomaly LimitExceeded", [Calls(F), Finish("stop").Replace("\"index\":0", "\"index\":1025", StringComparison.Ordinal)] },
        { "f({}) None; f({}) IdentityDoubt; g({}) IdentityDoubt; anomaly IndexMissing",
            [OfChoice1(Calls(F)), Calls(F), Calls(G.Replace("}\"}}", "\"}}", StringComparison.Ordinal)), Calls("""{"function":{"arguments":"}"}}"""), Finish("stop"), OfChoice1(Finish("stop"))] },
        { "; anomaly LimitExceeded", [Calls(F).Replace("\"choices\":[{\"index\":0", "\"choices\":[{\"index\":1025", StringComparison.Ordinal)] },

        // How far an index may lie beyond the others, is counted in its choice, and without those that were refused.
        { "f({}) None; g() LimitExceeded, NoExplicitEnd; anomaly IndexJump; anomaly LimitExceeded", [Calls(F.Replace(":0", ":1000", StringComparison.Ordinal)), OfChoice1(Calls(G.Replace(":1,", ":2000,", StringComparison.Ordinal))), Finish("stop")] },
        { "f() LimitExceeded, NoExplicitEnd; g() LimitExceeded, NoExplicitEnd; anomaly IndexJump; anomaly LimitExceeded; anomaly IndexJump; anomaly LimitExceeded",
            [Calls(F.Replace(":0", ":5000", StringComparison.Ordinal)), Calls(G.Replace(":1,", ":5001,", StringComparison.Ordinal)), Finish("stop")] },

        // Pieces. One that repeats all before it is that again, and so are those that follow; of text that is no JSON nobody can tell.
        { "f({\"a\":\"xy\"}) Repaired; anomaly ArgumentsCumulative", [Calls(F.Replace("{}", "{", StringComparison.Ordinal)), Calls("""{"index":0,"function":{"arguments":"{\"a\":\"x"}}"""), Calls("""{"index":0,"function":{"arguments":"{\"a\":\"xy\"}"}}"""), Finish("stop")] },
        { "f({'{') ArgumentsInvalid", [Calls(F.Replace("{}", "{'", StringComparison.Ordinal)), Calls("""{"index":0,"function":{"arguments":"{'"}}"""), Finish("stop")] },
        { "f({) ArgumentsTruncated; g({}) None; anomaly FinishReasonContradicted", [Calls(F.Replace("{}", "{", StringComparison.Ordinal)), Calls(G), Calls("""{"index":0,"function":{"arguments":""}}"""), Finish("stop")] },
        { "f({\"x\":\"\uFFFD) ArgumentsTruncated, Repaired; anomaly SurrogateUnpaired; anomaly FinishReasonContradicted", [Calls("""{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":\"\ud83d"}}"""), Finish("stop")] },

        // A reason that is said again speaks of the calls since, too; of those before it said all it had to say.
        { "f({}) None; g({) ArgumentsTruncated, AfterFinish; anomaly CallAfterFinish; anomaly FinishReasonContradicted", [Calls(F), Finish("stop"), Calls(G.Replace("{}", "{", StringComparison.Ordinal)), Finish("stop")] },
        { "f({}) FinishReason; g({}) FinishReason, AfterFinish; anomaly FinishReasonChanged; anomaly CallAfterFinish", [Calls(F), Finish("stop"), Finish("length"), Calls(G), Finish("stop"), Finish("content_filter")] },
        { "f({}) FinishReason; g({}) AfterFinish; anomaly FinishReasonChanged; anomaly CallAfterFinish", [Calls(F), Finish("stop"), Finish("length"), Finish("stop"), OfChoice1(Finish("stop")), OfChoice1(Calls(G)), Finish("stop"), OfChoice1(Finish("stop"))] },

        // Texts: a call between them divides them; half a surrogate pair waits for its other half, but not beyond the end of its choice.
        { "Text 'a'; f({}) None; Text 'b'", [Text("a"), Calls(F), Text("b"), Finish("stop")] },
        { "Text 'a\uFFFDb'; anomaly SurrogateUnpaired", [Text("a\\ud83d"), Text("b")] },
        { "Text '\uFFFD'; anomaly SurrogateUnpaired", [Text("\\ud83d")] },
        { "Text '\uFFFD'; anomaly SurrogateUnpaired", [Text("\\ude00")] },
        { "Text '\uFFFD\uFFFD'; anomaly SurrogateUnpaired", [Text("\\ud83d"), Finish("stop"), Text("\\ude00")] },
        { "Text 'a\uFFFD'; Text 'b\uFFFD'; anomaly SurrogateUnpaired; anomaly SurrogateUnpaired", [Text("a\\ud83d"), OfChoice1(Text("b\\ud83d"))] },
        { "Text 'a\uFFFDb\uFFFD'; anomaly SurrogateUnpaired", [Text("a\\ud83d"), Finish("stop"), Text("b\\ud83d"), Finish("stop")] },
        { "Text 'a\U0001F600\uFFFD'; anomaly SurrogatePairSplit; anomaly SurrogateUnpaired", [Text("a\\ud83d"), Text("\\ude00\\ud83d"), Finish("stop"), Finish("stop")] },
        { "Text '\U0001F600'; anomaly SurrogatePairSplit", [OfChoice1(Text("\\ud83d")), Finish("stop"), OfChoice1(Text("\\ude00"))] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void IsReadAs(string expected, string[] payloads)
    {
        foreach (int chunkSize in new[] { 0, 1 })
        {
            ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(string.Join('\n', payloads) + "\n"), chunkSize);
            string items = string.Join("; ", run.Message.Items.Select(item => item is ToolCall call ? $"{call.Name}({call.GetText()}) {call.Reasons}" : $"{item.Kind} '{item.GetText()}'"));
            string anomalies = string.Concat(run.Anomalies.Where(kind => kind is not (AnomalyKind.MissingTerminator or AnomalyKind.MissingFinishReason)).Select(kind => $"; anomaly {kind}"));
            Assert.Equal(expected, items + anomalies);
            run.Reader.Dispose();
        }
    }

    [Fact]
    public void CallsWithoutAnIndex_AreCountedInTheirChoice()
    {
        ModelRun run = ModelRun.OfChat(Calls("""{"id":"a","function":{"name":"f","arguments":"{}"}}"""), OfChoice1(Calls("""{"id":"b","function":{"name":"g","arguments":"{}"}}""")), Calls("""{"id":"c","function":{"name":"h","arguments":"{}"}}"""));
        Assert.Equal([(0, 0), (1, 0), (0, 1)], run.Calls.Select(call => (call.Choice, (int)call.Index)));
        run.Reader.Dispose();
    }

    /// <summary>Another message in the same stream: its indexes begin anew, and what the one before had said of itself is gone.</summary>
    [Fact]
    public void TheNextMessage_BeginsAnew()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.Anthropic }, ModelRun.Sse(
            """{"type":"message_start","message":{"id":"m","model":"x","content":[],"usage":{"input_tokens":1}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\ud83d"}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}""",
            """{"type":"message_start","message":{"id":"n","content":[]}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\ude00b"}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"g","input":{}}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}"""));
        Assert.Equal(["a\uFFFD", "", "\uFFFDb", "{}"], run.Message.Items.Select(item => item.GetText()));
        Assert.Equal([(ToolCallOutcome.Truncated, UnsafeReasons.NoExplicitEnd), (ToolCallOutcome.Complete, UnsafeReasons.None)], run.Calls.Select(call => (call.Outcome, call.Reasons)));
        Assert.Equal(("n", "", ""), (run.Message.Id, run.Message.Model, Encoding.UTF8.GetString(run.Message.UsageUtf8)));
        Assert.Equal(default, run.Message.Usage);
        Assert.Equal(2, run.Events.Split('\n').Count(line => line.StartsWith(nameof(ModelEventKind.MessageStarted), StringComparison.Ordinal)));
        run.Reader.Dispose();
    }

    /// <summary>Responses that overlap: what is said of one, is said of its calls; what is said of none by name, of all.</summary>
    [Theory]
    [InlineData("\"id\":\"1\"", "\"id\":\"2\"", new[] { 0, 1 })]
    [InlineData("\"id\":\"1\"", "\"id\":\"1\"", new[] { 0 })]
    [InlineData("\"id\":\"2\"", "\"object\":\"r\"", new[] { 0, 1 })]
    [InlineData("\"object\":\"r\"", "\"id\":\"2\"", new[] { 0, 1 })]
    public void AReason_IsOfTheCallsOfItsResponse(string first, string second, int[] contradicted)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIRealtime, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(string.Join('\n',
            Item("1", "a"), Item("2", "b"), Done(first), Done(second)) + "\n"));
        Assert.Equal(contradicted, run.Message.Anomalies.Where(anomaly => anomaly.Kind == AnomalyKind.FinishReasonContradicted).Select(anomaly => anomaly.Item!.Index).Select(index => (int)index).Order());
        run.Reader.Dispose();
    }

    /// <summary>What is said of no response by name, and the same again, is not said of those that follow.</summary>
    [Fact]
    public void AReasonThatIsSaidAgainOfNone_StaysThatOfItsResponse()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIRealtime, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(string.Join('\n',
            Done("\"id\":\"2\""), Done("\"object\":\"r\""), Done("\"id\":\"1\"", "failed")) + "\n"));
        Assert.DoesNotContain(AnomalyKind.FinishReasonChanged, run.Anomalies);
        run.Reader.Dispose();
    }

    /// <summary>A gateway that changes the id with each chunk begins no other message; one that had none before, neither.</summary>
    [Fact]
    public void AnIdThatChanges_IsAnotherMessage_OnlyAfterAFinishReason()
    {
        ModelRun run = ModelRun.OfChat("""{"id":"a","choices":[]}""", """{"id":"b","choices":[]}""", Finish("stop").Replace("\"id\":\"c\",", "", StringComparison.Ordinal));
        Assert.DoesNotContain(AnomalyKind.SecondMessage, run.Anomalies);
        Assert.Equal("a", run.Message.Id);
        run.Reader.Dispose();
        run = ModelRun.OfChat(Finish("stop").Replace("\"id\":\"c\",", "", StringComparison.Ordinal), """{"id":"b","choices":[]}""");
        Assert.DoesNotContain(AnomalyKind.SecondMessage, run.Anomalies);
        Assert.Equal("b", run.Message.Id);
        run.Reader.Dispose();
    }

    [Fact]
    public void ARepeatedText_IsThatOfItsKindAndIndex()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIResponses }, ModelRun.Sse(
            """{"type":"response.reasoning_text.delta","output_index":0,"content_index":1,"delta":"x"}""",
            """{"type":"response.content_part.done","output_index":0,"part":{"type":"output_text","text":"x"}}""",
            """{"type":"response.content_part.done","output_index":1,"part":{"type":"output_text","text":"x"}}""",
            """{"type":"response.content_part.done","output_index":1,"content_index":2,"part":{"type":"output_text","text":"x"}}"""));
        Assert.Equal([(MessageItemKind.Reasoning, 0), (MessageItemKind.Text, 0), (MessageItemKind.Text, 1)], run.Message.Items.Select(item => (item.Kind, item.Index)));
        run.Reader.Dispose();
    }

    /// <summary>Blocks that alternate: each goes on with its own, of the same kind and index.</summary>
    [Fact]
    public void TextsThatAlternate_AreToldApart()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.Anthropic }, ModelRun.Sse(Block(0, "text", "a"), Block(1, "text", "b"), Block(0, "text", "c"), Block(2, "thinking", "d"), Block(1, "thinking", "e"), Block(2, "text", "f"), Block(1, "text", "g")));
        Assert.Equal([(MessageItemKind.Text, 0, "ac"), (MessageItemKind.Text, 1, "bg"), (MessageItemKind.Reasoning, 2, "d"), (MessageItemKind.Reasoning, 1, "e"), (MessageItemKind.Text, 2, "f")],
            run.Message.Items.Select(item => (item.Kind, item.Index, item.GetText())));
        run.Reader.Dispose();

        static string Block(int index, string kind, string text) => $$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{"type":"{{{kind}}}_delta","{{{kind}}}":"{{{text}}}"}}""";
    }

    /// <summary>What each event is, in order: an anomaly stands before the event that showed it.</summary>
    [Fact]
    public void TheEventsOfAStream_InTheirOrder()
    {
        ModelRun run = ModelRun.OfChat(
            """{"id":"c","choices":[{"index":0,"delta":{"reasoning":"r","content":"t","refusal":"n"}}]}""", Calls(F.Replace("{}", " {}", StringComparison.Ordinal)), """{"error":{"code":"c","message":"m"}}""", """{"error":{"code":"d"}}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"total_tokens":1}}""", "[DONE]");
        Assert.Equal(
            [
                "MessageStarted 0  None None  ", "ReasoningDelta 0 -1 None None  r", "TextDelta 0 -1 None None  t", "RefusalDelta 0 -1 None None  n", "ToolCallStarted 0 0 None None  ", "ArgumentsDelta 0 0 None None   {}",
                "Error 0  None None m ", "Error 0  None None d ", "Anomaly 0 0 ArgumentsPadded None  ", "ToolCallEnded 0 0 None None  ", "Finished 0  None Stop stop ", "Usage 0  None None  ", "StreamEnded 0  None None  ", "",
            ],
            run.Events.Split('\n'));
        Assert.Equal(UnsafeReasons.StreamError, run.Calls.Single().Reasons);
        run.Reader.Dispose();
        run = ModelRun.OfChat(OfChoice1(Calls(F)));
        Assert.StartsWith("ToolCallStarted 1 0 ", run.Events.Split('\n')[1], StringComparison.Ordinal);
        run.Reader.Dispose();
    }

    [Fact]
    public void AnErrorWithoutWords_AndMoreErrorsThanAnyoneReads()
    {
        ModelRun run = ModelRun.OfChat([.. Enumerable.Repeat("""{"error":{}}""", 105)]);
        Assert.Equal(Enumerable.Repeat(new ModelError(null, null), 100), run.Message.Errors);
        Assert.Equal(JsonOutcome.Truncated, run.Message.Outcome);
        run.Reader.Dispose();
    }

    /// <summary>A reader that is reset before its events were read has none of them left.</summary>
    [Fact]
    public void EventsThatWereLeft_AreForgotten()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        reader.Append(ModelRun.Sse(Calls("""{"index":0,"function":{"arguments":" \"{}\" "}}"""), """{"error":{"message":"old"}}""", Finish("stop")));
        while (reader.TryRead(out ModelEvent next) && next.AnomalyKind != AnomalyKind.NameMissing)
        {
        }

        reader.Reset();
        ModelRun run = ModelRun.Of(reader, ModelRun.Sse("""{"error":{"message":"new"}}""", Text("a")));
        Assert.Equal(["new"], run.Message.Errors.Select(error => error.Message));
        Assert.Equal(["Error", "MessageStarted", "TextDelta", "Anomaly", "Anomaly", "StreamEnded", ""], run.Events.Split('\n').Select(line => line.Split(' ')[0]));
    }

    /// <summary>A reader that is reset while half a surrogate pair is held back: the next stream knows nothing of it.</summary>
    [Fact]
    public void AHalfThatWasHeldBack_IsForgotten()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        reader.Append(ModelRun.Sse(Text("a\\ud83d"), OfChoice1(Text("b\\ud83d"))));
        while (reader.TryRead(out _))
        {
        }

        reader.Reset();
        ModelRun run = ModelRun.Of(reader, ModelRun.Sse(Text("c"), Finish("stop"), "[DONE]"));
        Assert.Equal("MessageStarted;TextDelta;Finished;StreamEnded;", string.Concat(run.Events.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0] + ";")));
    }

    /// <summary>A stream that can be divided no further: the open calls are doubted for it.</summary>
    [Fact]
    public void AStreamThatIsBroken_IsHeldAgainstItsOpenCalls()
    {
        var options = new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, MaxFrameBytes = 300 };
        ModelRun run = ModelRun.Of(options, ModelRun.Sse(Calls(F), Text(new string('x', 400)), Finish("stop")));
        Assert.Equal((UnsafeReasons.StreamError | UnsafeReasons.NoExplicitEnd, JsonOutcome.Invalid), (run.Calls.Single().Reasons, run.Message.Outcome));
        run.Reader.Dispose();
    }

    /// <summary>A reason that is known before the call ends counts for it: the last.</summary>
    [Theory]
    [InlineData(null, "max_tokens", UnsafeReasons.FinishReason)]
    [InlineData("tool_use", "max_tokens", UnsafeReasons.FinishReason)]
    [InlineData("max_tokens", "tool_use", UnsafeReasons.None)]
    public void ACallThatEndsAfterAReason(string? before, string last, UnsafeReasons reasons)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.Anthropic }, ModelRun.Sse(
            Reason(before ?? last), Reason(last), """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}""", """{"type":"content_block_stop","index":0}"""));
        Assert.Equal(reasons | UnsafeReasons.AfterFinish, run.Calls.Single().Reasons);
        run.Reader.Dispose();

        static string Reason(string word) => $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{word}}}"}}""";
    }

    /// <summary>The turn of a session ends: half a surrogate pair waits no longer.</summary>
    [Fact]
    public void AtTheEndOfATurn_NothingIsHeldBack()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.GeminiLive }, ModelRun.Sse(
            """{"serverContent":{"modelTurn":{"parts":[{"text":"a\ud83d"}]}}}""", """{"serverContent":{"turnComplete":true}}""", """{"serverContent":{"modelTurn":{"parts":[{"text":"\ude00b\ud83d"}]}}}""", """{"serverContent":{"turnComplete":true}}"""));
        Assert.Equal("a\uFFFD\uFFFDb\uFFFD", run.Message.Items.Single().GetText());
        run.Reader.Dispose();
    }

    private static string Calls(string calls) => Chunk($$"""{"tool_calls":[{{calls}}]}""");

    private static string Text(string text) => Chunk($$"""{"content":"{{text}}"}""");

    private static string Item(string response, string call) =>
        $$$"""{"type":"response.output_item.done","response_id":"{{{response}}}","output_index":{{{(response == "1" ? 0 : 1)}}},"item":{"type":"function_call","call_id":"{{{call}}}","name":"f","arguments":"{","status":"completed"}}""";

    private static string Done(string response, string status = "completed") => $$$"""{"type":"response.done","response":{{{{response}}},"status":"{{{status}}}"}}""";
}
