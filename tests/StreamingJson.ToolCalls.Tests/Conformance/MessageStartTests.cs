using System.Text;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The first payload that is part of a message begins it, whichever it is, and says whose it is where it can.</summary>
public sealed class MessageStartTests
{
    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, "m1 gpt", """{"id":"m1","model":"gpt","choices":[]}""")]
    [InlineData(ModelProtocol.OpenAICompletions, "m1 gpt", """{"id":"m1","model":"gpt","object":"text_completion","choices":[]}""")]
    [InlineData(ModelProtocol.OpenAIResponses, "m1 gpt", """{"type":"response.created","response":{"id":"m1","model":"gpt"}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, "m1 gpt", """{"type":"response.in_progress","response":{"id":"m1","model":"gpt"}}""")]
    [InlineData(ModelProtocol.OpenAIResponses, " ", """{"type":"response.content_part.added","output_index":0}""")]
    [InlineData(ModelProtocol.OpenAIResponses, "m1 gpt", """{"object":"response","id":"m1","model":"gpt","output":[],"status":"completed"}""")]
    [InlineData(ModelProtocol.OpenAIRealtime, "m1 ", """{"type":"response.created","event_id":"e","response":{"id":"m1"}}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, "m1 gpt", """{"object":"thread.run","id":"m1","model":"gpt","status":"in_progress"}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, " ", """{"object":"thread.message.delta","delta":{"content":[]}}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, " ", """{"object":"thread.run.step.delta","delta":{}}""")]
    [InlineData(ModelProtocol.Anthropic, "m1 claude", """{"type":"message_start","message":{"id":"m1","model":"claude","content":[]}}""")]
    [InlineData(ModelProtocol.Anthropic, "m1 claude", """{"type":"message","id":"m1","model":"claude","content":[]}""")]
    [InlineData(ModelProtocol.Anthropic, "m1 claude", """{"type":"completion","id":"m1","model":"claude","completion":""}""")]
    [InlineData(ModelProtocol.Gemini, "m1 gemini", """{"candidates":[],"responseId":"m1","modelVersion":"gemini"}""")]
    [InlineData(ModelProtocol.Gemini, "m1 ", """{"responseId":"m1"}""")]
    [InlineData(ModelProtocol.Gemini, " gemini", """{"candidates":[],"modelVersion":"gemini"}""")]
    [InlineData(ModelProtocol.Gemini, " ", """{"promptFeedback":{"blockReason":"SAFETY"}}""")]
    [InlineData(ModelProtocol.Gemini, "m1 ", """{"response":{"responseId":"m1"}}""")]
    [InlineData(ModelProtocol.GeminiLive, " ", """{"serverContent":{"modelTurn":{}}}""")]
    [InlineData(ModelProtocol.GeminiLive, " ", """{"toolCall":{"functionCalls":[]}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, "m1 gemini", """{"event_type":"interaction.created","interaction":{"id":"m1","model":"gemini"}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, "m1 ", """{"event_type":"interaction.status_update","interaction_id":"m1","status":"in_progress"}""")]
    [InlineData(ModelProtocol.GeminiInteractions, "m1 gemini", """{"object":"interaction","id":"m1","model":"gemini","status":"completed"}""")]
    [InlineData(ModelProtocol.GeminiInteractions, " ", """{"event_type":"step.start","step":{}}""")]
    [InlineData(ModelProtocol.GeminiInteractions, " ", """{"event_type":"step.delta","delta":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, " ", """{"messageStart":{"role":"assistant"}}""")]
    [InlineData(ModelProtocol.BedrockConverse, " ", """{"contentBlockStart":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, " ", """{"contentBlockDelta":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, " ", """{"output":{"message":{"content":[]}}}""")]
    [InlineData(ModelProtocol.BedrockInvoke, "m1 llama", """{"id":"m1","model":"llama","generation":""}""")]
    [InlineData(ModelProtocol.CohereV1, "m1 ", """{"event_type":"stream-start","generation_id":"m1"}""")]
    [InlineData(ModelProtocol.CohereV2, "m1 command", """{"type":"message-start","id":"m1","delta":{"message":{"model":"command"}}}""")]
    [InlineData(ModelProtocol.CohereV2, "m1 ", """{"finish_reason":"COMPLETE","id":"m1","message":{}}""")]
    [InlineData(ModelProtocol.CohereV2, " ", """{"type":"content-start"}""")]
    [InlineData(ModelProtocol.CohereV2, " ", """{"type":"tool-plan-delta"}""")]
    [InlineData(ModelProtocol.CohereV2, " ", """{"type":"tool-call-start"}""")]
    [InlineData(ModelProtocol.Ollama, " llama", """{"model":"llama","message":{},"done":false}""")]
    [InlineData(ModelProtocol.UIMessageStream, "m1 ", """{"type":"start","messageId":"m1"}""")]
    [InlineData(ModelProtocol.UIMessageStream, " ", """{"type":"text-start","id":"t"}""")]
    [InlineData(ModelProtocol.UIMessageStream, " ", """{"type":"tool-input-end","toolCallId":"t"}""")]
    [InlineData(ModelProtocol.AgUI, "m1 ", """{"type":"RUN_STARTED","runId":"m1"}""")]
    [InlineData(ModelProtocol.AgUI, " ", """{"type":"TEXT_MESSAGE_START","messageId":"t"}""")]
    [InlineData(ModelProtocol.AgUI, " ", """{"type":"REASONING_MESSAGE_START","messageId":"t"}""")]
    [InlineData(ModelProtocol.AgUI, " ", """{"type":"TOOL_CALL_END","toolCallId":"t"}""")]
    public void TheFirstPayload_BeginsTheMessage_AndTheNextGoesOnWithIt(ModelProtocol protocol, string expected, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n" + payload + "\n"));
        using ModelStreamReader reader = run.Reader;
        string[] events = run.Events.Split('\n');
        Assert.StartsWith(nameof(ModelEventKind.MessageStarted), events[0], System.StringComparison.Ordinal);
        Assert.Single(events, line => line.StartsWith(nameof(ModelEventKind.MessageStarted), System.StringComparison.Ordinal));
        Assert.Equal(expected, $"{run.Message.Id} {run.Message.Model}");
    }

    /// <summary>What is no part of a message begins none.</summary>
    [Theory]
    [InlineData(ModelProtocol.OpenAIChat, """{"error":{"message":"m"}}""")]
    [InlineData(ModelProtocol.Gemini, """{"usageMetadata":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"setupComplete":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"serverContent":{}}""")]
    [InlineData(ModelProtocol.OpenAIRealtime, """{"type":"session.created"}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"ping"}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, """{"object":"thread","id":"t"}""")]
    public void WhatIsNoPartOfAMessage_BeginsNone(ModelProtocol protocol, string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = protocol, Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n"));
        using ModelStreamReader reader = run.Reader;
        Assert.DoesNotContain(nameof(ModelEventKind.MessageStarted), run.Events, System.StringComparison.Ordinal);
        Assert.DoesNotContain(AnomalyKind.MissingFinishReason, run.Anomalies);
    }

    [Fact]
    public void AnIdThatIsTooLong_IsCut_AndOneThatIsEscaped_IsNone()
    {
        string large = new('é', 3000);
        ModelRun run = ModelRun.OfChat($$"""{"id":"{{large}}","model":"{{large}}","choices":[]}""", """{"id":"b","model":"other","choices":[]}""");
        Assert.Equal((large[..2048], large[..2048]), (run.Message.Id, run.Message.Model));
        run.Reader.Dispose();
        run = ModelRun.OfChat("""{"id":"\u0061","model":"\u0067pt","choices":[]}""", """{"id":"b","choices":[]}""");
        Assert.Equal(("b", "gpt"), (run.Message.Id, run.Message.Model));
        run.Reader.Dispose();
    }

    [Fact]
    public void AProtocolThatThereIsNot_IsRefused() =>
        Assert.Contains("9999", Assert.Throws<System.NotSupportedException>(() => new ModelStreamReader(new ModelStreamOptions { Protocol = (ModelProtocol)9999 })).Message, System.StringComparison.Ordinal);
}
