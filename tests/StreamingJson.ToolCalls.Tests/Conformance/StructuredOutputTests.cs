using System.Linq;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What a text that is read as JSON came to is known when the stream has ended, whether anybody awaited a value of it or not.</summary>
public sealed class StructuredOutputTests
{
    [Theory]
    [InlineData("{\\\"a\\\":1}", "stop", JsonOutcome.Complete, true)]
    [InlineData("12", "stop", JsonOutcome.Complete, true)]
    [InlineData("{\\\"a\\\":1", "stop", JsonOutcome.Truncated, true)]
    [InlineData("oops", "stop", JsonOutcome.Invalid, false)]
    [InlineData("12", "length", JsonOutcome.Partial, false)]
    [InlineData("12", "content_filter", JsonOutcome.Partial, false)]
    public void TheOutcomeOfTheText(string text, string reason, JsonOutcome expected, bool hasValue)
    {
        JsonSnapshot snapshot = Read("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}", "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}", "[DONE]");
        Assert.Equal((expected, hasValue), (snapshot.Outcome, snapshot.HasValue));
    }

    [Fact]
    public void AStreamThatIsBrokenOff_CompletesNothing() =>
        Assert.Equal(JsonOutcome.Partial, Read("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"12\"}}]}").Outcome);

    /// <summary>No event of the protocol that was given: nothing began that [DONE] could end.</summary>
    [Theory]
    [InlineData(ModelProtocol.Gemini)]
    [InlineData(ModelProtocol.Anthropic)]
    [InlineData(ModelProtocol.OpenAIResponses)]
    public void AStreamOfAnotherProtocol_IsNotComplete(ModelProtocol protocol)
    {
        byte[] stream = ModelRun.Sse("{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}", "[DONE]");
        Assert.NotEqual(JsonOutcome.Complete, ModelRun.Of(new ModelStreamOptions { Protocol = protocol }, stream).Message.Outcome);
    }

    [Fact]
    public void NothingButDone_IsNotComplete() =>
        Assert.Equal(JsonOutcome.Truncated, ModelRun.Of(new ModelStreamOptions(), ModelRun.Sse("[DONE]")).Message.Outcome);

    [Fact]
    public void ACallWithoutArguments_HasAnEmptyObject_ToHandOver()
    {
        ToolCall call = ModelRun.OfChat(CompletionTests.Piece(0, "a", "f", ""), CompletionTests.Finish("tool_calls"), "[DONE]").Calls.Single();
        Assert.Equal((true, "", "{}"), (call.IsSafeToExecute, call.GetText(), call.GetArgumentsJson()));
    }

    [Fact]
    public void ArgumentsToHandOver_AreAsTheModelWroteThem() =>
        Assert.Equal("{ \"x\":1.0}", ModelRun.OfChat(CompletionTests.Piece(0, "a", "f", "{ \"x\":1.0}"), CompletionTests.Finish("tool_calls"), "[DONE]").Calls.Single().GetArgumentsJson());

    private static JsonSnapshot Read(params string[] payloads) =>
        ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, ReadTextAsJson = true }, ModelRun.Sse(payloads)).Message.Items.Single().TextSnapshot;
}
