using System.Text;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Every number of every provider's usage object, at its place in <see cref="ModelUsage"/>; what the message cost is told once where it is new.</summary>
public sealed class UsageTests
{
    private const string Chat = """{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":5}}""";
    private const string Responses = """{"input_tokens":1,"output_tokens":2,"total_tokens":3,"input_tokens_details":{"cached_tokens":4},"output_tokens_details":{"reasoning_tokens":5}}""";
    private const string Realtime = """{"input_tokens":1,"output_tokens":2,"total_tokens":3,"input_token_details":{"cached_tokens":4},"output_token_details":{"reasoning_tokens":5}}""";
    private const string Gemini = """{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3,"cachedContentTokenCount":4,"thoughtsTokenCount":5}""";
    private const string Interactions = """{"total_input_tokens":1,"total_output_tokens":2,"total_tokens":3,"total_cached_tokens":4,"total_thought_tokens":5}""";
    private const string Assistants = """{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_token_details":{"cached_tokens":4}}""";
    private const string Anthropic = """{"input_tokens":1,"output_tokens":2,"cache_read_input_tokens":4}""";
    private const string Converse = """{"inputTokens":1,"outputTokens":2,"totalTokens":3,"cacheReadInputTokens":4}""";

    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, $$$"""{"choices":[],"usage":{{{Chat}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.OpenAIChat, $$$"""{"choices":[],"usage":null,"x_groq":{"usage":{{{Chat}}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.OpenAICompletions, $$$"""{"object":"text_completion","choices":[],"usage":{{{Chat}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.OpenAIResponses, $$$"""{"type":"response.completed","response":{"status":"completed","usage":{{{Responses}}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.OpenAIRealtime, $$$"""{"type":"response.done","response":{"id":"r","status":"completed","usage":{{{Realtime}}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.OpenAIAssistants, $$$"""{"object":"thread.run","id":"r","status":"completed","usage":{{{Assistants}}}}""", "1 2 3 4 -")]
    [InlineData(ModelProtocol.Anthropic, $$$"""{"type":"message_start","message":{"id":"m","content":[],"usage":{{{Anthropic}}}}}""", "1 2 - 4 -")]
    [InlineData(ModelProtocol.Anthropic, $$$"""{"type":"message_delta","delta":{},"usage":{{{Anthropic}}}}""", "1 2 - 4 -")]
    [InlineData(ModelProtocol.Anthropic, $$$"""{"type":"message","content":[],"usage":{{{Anthropic}}}}""", "1 2 - 4 -")]
    [InlineData(ModelProtocol.Gemini, $$$"""{"candidates":[],"usageMetadata":{{{Gemini}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.Gemini, $$$"""{"response":{"candidates":[],"usageMetadata":{{{Gemini}}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.GeminiLive, """{"usageMetadata":{"promptTokenCount":1,"responseTokenCount":2,"totalTokenCount":3}}""", "1 2 3 - -")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[],"usageMetadata":{"candidatesTokenCount":2,"responseTokenCount":9}}""", "- 2 - - -")]
    [InlineData(ModelProtocol.GeminiInteractions, $$$"""{"event_type":"interaction.completed","interaction":{"id":"i","status":"completed","usage":{{{Interactions}}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.GeminiInteractions, $$$"""{"object":"interaction","id":"i","status":"completed","usage":{{{Interactions}}}}""", "1 2 3 4 5")]
    [InlineData(ModelProtocol.BedrockConverse, $$$"""{"metadata":{"usage":{{{Converse}}}}}""", "1 2 3 4 -")]
    [InlineData(ModelProtocol.BedrockConverse, $$$"""{"output":{"message":{"content":[]}},"usage":{{{Converse}}},"stopReason":"end_turn"}""", "1 2 3 4 -")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"generation":"a","amazon-bedrock-invocationMetrics":{"inputTokenCount":1,"outputTokenCount":2}}""", "1 2 - - -")]
    [InlineData(ModelProtocol.CohereV1, """{"event_type":"stream-end","response":{"meta":{"tokens":{"input_tokens":1,"output_tokens":2}}}}""", "1 2 - - -")]
    [InlineData(ModelProtocol.CohereV2, """{"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1,"output_tokens":2},"cached_tokens":4}}}""", "1 2 - 4 -")]
    [InlineData(ModelProtocol.Ollama, """{"message":{},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}""", "1 2 - - -")]
    [InlineData(ModelProtocol.AgUI, """{"type":"RUN_FINISHED","usage":[{"inputTokens":1,"outputTokens":2,"totalTokens":3,"cachedInputTokens":4,"reasoningTokens":5},{"inputTokens":9}]}""", "1 2 3 4 5")]
    public void EveryNumber_IsAtItsPlace(ModelProtocol protocol, string payload, string expected) => Assert.Equal(expected, Read(protocol, payload).Numbers);

    [Theory]
    [InlineData("""{}""", "1 2 3 4 5")]
    [InlineData("""{"prompt_tokens":null,"total_tokens":"9","completion_tokens":1.5}""", "1 2 3 4 5")]
    [InlineData("""{"completion_tokens":7,"completion_tokens_details":{"reasoning_tokens":8}}""", "1 7 3 4 8")]
    public void ANumberThatIsNotNamedAgain_Stays_TheTextIsTheNewOne(string later, string expected)
    {
        (string numbers, string text) = Read(ModelProtocol.OpenAIChat, $$$"""{"choices":[],"usage":{{{Chat}}}}""", $$$"""{"choices":[],"usage":{{{later}}}}""");
        Assert.Equal((expected, later), (numbers, text));
    }

    [Theory]
    [InlineData("""{"input_tokens":1}""", """{"output_tokens":5}""", """{"input_tokens":1,"output_tokens":5}""")]
    [InlineData("""{"input_tokens":1,"service_tier":"standard"}""", """{"output_tokens":5,"note":"a\"b"}""", """{"input_tokens":1,"service_tier":"standard","output_tokens":5,"note":"a\"b"}""")]
    [InlineData("""{"input_tokens":1,"output_tokens":1}""", """{"output_tokens":5}""", """{"input_tokens":1,"output_tokens":5}""")]
    [InlineData("""{"input_tokens":1,"cache":{"a":[1]}}""", """{"input_tokens":null,"cache":{"b":2}}""", """{"input_tokens":1,"cache":{"b":2}}""")]
    [InlineData("""{}""", """{"output_tokens":5}""", """{"output_tokens":5}""")]
    [InlineData("""{"input_tokens":1}""", """{}""", """{"input_tokens":1}""")]
    public void OfTwoPartsOfAnthropic_TheSecondAddsToTheFirst(string first, string second, string expected)
    {
        string start = $$$"""{"type":"message_start","message":{"id":"m","content":[],"usage":{{{first}}}}}""";
        Assert.Equal(expected, Read(ModelProtocol.Anthropic, start, $$$"""{"type":"message_delta","delta":{},"usage":{{{second}}}}""").Text);
    }

    /// <summary>Putting two objects together looks each name up in the other: not for more than anybody has seen.</summary>
    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void OfLongUsageObjects_TheNewOneCounts(int length, bool isJoined)
    {
        const string Second = """{"output_tokens":5}""";
        string first = $$$"""{"input_tokens":1,"x":"{{{new string('x', length - Second.Length - """{"input_tokens":1,"x":""}""".Length)}}}"}""";
        string start = $$$"""{"type":"message_start","message":{"id":"m","content":[],"usage":{{{first}}}}}""";
        (string numbers, string text) = Read(ModelProtocol.Anthropic, start, $$$"""{"type":"message_delta","delta":{},"usage":{{{Second}}}}""");
        Assert.Equal(("1 5 - - -", isJoined ? first[..^1] + "," + Second[1..] : Second), (numbers, text));
    }

    private static (string Numbers, string Text) Read(ModelProtocol protocol, params string[] payloads)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(string.Join('\n', payloads) + "\n"));
        using ModelStreamReader reader = run.Reader;
        ModelUsage usage = run.Message.Usage;
        long?[] numbers = [usage.InputTokens, usage.OutputTokens, usage.TotalTokens, usage.CachedInputTokens, usage.ReasoningTokens];
        return (string.Join(' ', System.Array.ConvertAll(numbers, number => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-")), Encoding.UTF8.GetString(run.Message.UsageUtf8));
    }
}
