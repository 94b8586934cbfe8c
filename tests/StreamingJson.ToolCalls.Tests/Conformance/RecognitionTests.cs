using System.Text;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Where nobody said which protocol it is, the first payload that only one of them has says it: each kind of payload a stream can begin with, also where one is joined late.</summary>
public sealed class RecognitionTests
{
    [Theory]
    [InlineData(ModelProtocol.Anthropic, "message_start content_block_start content_block_delta content_block_stop message_delta message_stop")]
    [InlineData(ModelProtocol.OpenAIRealtime, "session.created conversation.item.created input_audio_buffer.committed rate_limits.updated")]
    [InlineData(ModelProtocol.OpenAIResponses, "response.created response.output_text.delta response.completed")]
    [InlineData(ModelProtocol.CohereV2, "message-start content-start content-delta content-end tool-plan-delta tool-call-start tool-call-delta tool-call-end message-end")]
    [InlineData(ModelProtocol.UIMessageStream, "start start-step tool-input-start tool-output-available data-weather text-start text-delta reasoning-start reasoning-delta message-metadata finish-step finish abort")]
    [InlineData(ModelProtocol.AgUI, "RUN_STARTED RUN_FINISHED RUN_ERROR TEXT_MESSAGE_START TOOL_CALL_START REASONING_START THINKING_START STEP_STARTED STATE_DELTA ACTIVITY_SNAPSHOT MESSAGES_SNAPSHOT RAW CUSTOM")]
    [InlineData(ModelProtocol.Auto, "ping completion message error RUN finish_step tool text")]
    public void ByItsType(ModelProtocol expected, string types)
    {
        foreach (string type in types.Split(' '))
        {
            Assert.Equal((type, expected), (type, Recognise($$"""{"type":"{{type}}"}""")));
        }
    }

    [Theory]
    [InlineData(ModelProtocol.Anthropic, """{"type":"completion","completion":"a"}""")]
    [InlineData(ModelProtocol.Anthropic, """{"type":"message","content":[]}""")]
    [InlineData(ModelProtocol.Auto, """{"type":"other","completion":"a"}""")]
    [InlineData(ModelProtocol.Auto, """{"type":"other","content":[]}""")]
    [InlineData(ModelProtocol.OpenAIRealtime, """{"type":"response.created","event_id":"e"}""")]
    [InlineData(ModelProtocol.OpenAIRealtime, """{"type":"response.text.delta","response_id":"r"}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"type":"error","message":"m"}""")]
    [InlineData(ModelProtocol.OpenAIResponses, """{"object":"response","output":[]}""")]
    [InlineData(ModelProtocol.Auto, """{"object":"response"}""")]
    [InlineData(ModelProtocol.Auto, """{"output":[]}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, """{"object":"thread"}""")]
    [InlineData(ModelProtocol.OpenAIAssistants, """{"object":"thread.run.step.delta"}""")]
    [InlineData(ModelProtocol.OpenAICompletions, """{"object":"text_completion"}""")]
    [InlineData(ModelProtocol.OpenAICompletions, """{"object":"text_completion.chunk"}""")]
    [InlineData(ModelProtocol.OpenAICompletions, """{"choices":[{"text":"a"}]}""")]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"text":"a","delta":{}}]}""")]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[{"text":5},{"text":"a"}]}""")]
    [InlineData(ModelProtocol.OpenAIChat, """{"object":"chat.completion.chunk"}""")]
    [InlineData(ModelProtocol.OpenAIChat, """{"choices":[]}""")]
    [InlineData(ModelProtocol.Gemini, """{"candidates":[]}""")]
    [InlineData(ModelProtocol.Gemini, """{"response":{"candidates":[]}}""")]
    [InlineData(ModelProtocol.Gemini, """{"promptFeedback":{}}""")]
    [InlineData(ModelProtocol.Auto, """{"usageMetadata":{}}""")]
    [InlineData(ModelProtocol.Auto, """{"modelVersion":"g"}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"object":"interaction"}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"interaction.created"}""")]
    [InlineData(ModelProtocol.GeminiInteractions, """{"event_type":"step.start"}""")]
    [InlineData(ModelProtocol.Auto, """{"event_type":"error"}""")]
    [InlineData(ModelProtocol.Auto, """{"event_type":"other","error":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"setupComplete":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"serverContent":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"toolCall":{"functionCalls":[]}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"toolCallCancellation":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"goAway":{}}""")]
    [InlineData(ModelProtocol.GeminiLive, """{"sessionResumptionUpdate":{}}""")]
    [InlineData(ModelProtocol.CohereV2, """{"finish_reason":"COMPLETE","message":{}}""")]
    [InlineData(ModelProtocol.Auto, """{"finish_reason":"COMPLETE"}""")]
    [InlineData(ModelProtocol.CohereV1, """{"generation_id":"g","finish_reason":"COMPLETE","text":"a"}""")]
    [InlineData(ModelProtocol.Auto, """{"finish_reason":"COMPLETE","text":"a"}""")]
    [InlineData(ModelProtocol.Auto, """{"generation_id":"g","text":"a"}""")]
    [InlineData(ModelProtocol.Auto, """{"generation_id":"g","finish_reason":"COMPLETE"}""")]
    [InlineData(ModelProtocol.Auto, """{"event_type":"other","is_finished":true}""")]
    [InlineData(ModelProtocol.Auto, """{"event_type":"other","generations":[]}""")]
    [InlineData(ModelProtocol.Ollama, """{"message":{},"created_at":"t"}""")]
    [InlineData(ModelProtocol.Ollama, """{"response":"a","done":false}""")]
    [InlineData(ModelProtocol.Auto, """{"message":{}}""")]
    [InlineData(ModelProtocol.Auto, """{"response":"a"}""")]
    [InlineData(ModelProtocol.Auto, """{"done":true,"created_at":"t"}""")]
    [InlineData(ModelProtocol.UIMessageStream, """{"type":"error","errorText":"m"}""")]
    [InlineData(ModelProtocol.Auto, """{"errorText":"m"}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"messageStart":{"role":"assistant"}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"contentBlockStart":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"contentBlockDelta":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"contentBlockStop":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"messageStop":{}}""")]
    [InlineData(ModelProtocol.BedrockConverse, """{"output":{"message":{}}}""")]
    [InlineData(ModelProtocol.Auto, """{"metadata":{}}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"bytes":"e30="}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"chunk":{"bytes":"e30="}}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"generation":"a"}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"generation":null}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"outputText":"a"}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"outputs":[]}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"completion":"a"}""")]
    [InlineData(ModelProtocol.BedrockInvoke, """{"completions":[]}""")]
    public void ByItsShape(ModelProtocol expected, string payload) => Assert.Equal(expected, Recognise(payload));

    [Theory]
    [InlineData(ModelProtocol.OpenAIResponses, "response.created")]
    [InlineData(ModelProtocol.OpenAIAssistants, "thread.run.created")]
    [InlineData(ModelProtocol.BedrockConverse, "messageStart")]
    [InlineData(ModelProtocol.Auto, "other")]
    public void ByTheNameOfItsEvent(ModelProtocol expected, string name)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions(), Encoding.UTF8.GetBytes($"event: {name}\ndata: {{}}\n\n"));
        Assert.Equal(expected, run.Reader.Recognition.Protocol);
        run.Reader.Dispose();
    }

    private static ModelProtocol Recognise(string payload)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Framing = FrameFormat.NdJson }, Encoding.UTF8.GetBytes(payload + "\n"));
        using ModelStreamReader reader = run.Reader;
        return reader.Recognition.Protocol;
    }
}
