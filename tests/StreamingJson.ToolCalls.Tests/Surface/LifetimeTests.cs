using System.Linq;
using Xunit;
using static StreamingJson.ToolCalls.Tests.CompletionTests;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>How long what a reader shows is there, and what of it is made once.</summary>
public sealed class LifetimeTests
{
    private const string Responses =
        """
        {"type":"response.created","response":{"id":"resp_1","model":"m"}}
        {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f"}}
        {"type":"response.function_call_arguments.delta","output_index":0,"delta":"{}"}
        {"type":"response.output_text.delta","output_index":1,"delta":"text"}
        {"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":1}}}

        """;

    [Fact]
    public void Strings_AreMadeOnce()
    {
        using ModelStreamReader reader = ModelRun.OfChat(Piece(0, "a", "f", "{}"), """{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"text"}}]}""", Finish("stop"), "[DONE]").Reader;
        var call = (ToolCall)reader.Message.Items[0];
        Assert.Same(call.Id, call.Id);
        Assert.Same(call.Name, call.Name);
        Assert.Same(reader.Message.Id, reader.Message.Id);
        Assert.Same(reader.Message.Model, reader.Message.Model);
        Assert.Same(reader.Message.Items[1].GetText(), reader.Message.Items[1].GetText());
    }

    /// <summary>Arrays that went back to their pool are somebody else's: nothing may show them.</summary>
    [Fact]
    public void OfAReaderThatIsDisposed_NothingIsSeen()
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIResponses, Framing = Framing.FrameFormat.NdJson }, System.Text.Encoding.UTF8.GetBytes(Responses));
        ModelMessage message = run.Message;
        ToolCall call = run.Calls.Single();
        MessageItem text = message.Items[1];
        Assert.Equal(("call_1", "f", "fc_1", "{}"), (Text(call.IdUtf8), Text(call.NameUtf8), Text(call.KeyBuffer.Written), Text(call.TextUtf8)));
        Assert.Equal(("text", "{\"input_tokens\":1}", "resp_1", "m"), (Text(text.TextUtf8), Text(message.UsageUtf8), Text(message.IdBuffer.Written), Text(message.ModelBuffer.Written)));
        run.Reader.Dispose();
        run.Reader.Dispose();
        Assert.Equal(("", "", "", ""), (Text(call.IdUtf8), Text(call.NameUtf8), Text(call.KeyBuffer.Written), Text(call.TextUtf8)));
        Assert.Equal(("", "", "", ""), (Text(text.TextUtf8), Text(message.UsageUtf8), Text(message.IdBuffer.Written), Text(message.ModelBuffer.Written)));
        Assert.Empty(message.Items);
    }

    [Fact]
    public void AReaderThatIsReset_HasNothingOfTheStreamBefore()
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", "{\"x\":1,\"x\":2}"), """{"error":{"message":"m"}}""", "{", Finish("length"), "[DONE]");
        using ModelStreamReader reader = run.Reader;
        Assert.NotEmpty(run.Message.Errors);
        reader.Reset();
        Assert.Equal((JsonOutcome.Partial, FinishReason.None, 0, "", ""), (run.Message.Outcome, run.Message.FinishReason, run.Message.FinishedChoiceCount, run.Message.Id, run.Message.Model));
        Assert.Empty(run.Message.Items);
        Assert.Empty(run.Message.Errors);
        Assert.Empty(run.Message.Anomalies);
        Assert.True(run.Message.UsageUtf8.IsEmpty);

        // The same call once more, which takes the place of the one before in memory.
        ToolCall call = ModelRun.Of(reader, ModelRun.Sse(Piece(0, null, null, null), Piece(0, "b", "g", "{}"), Finish("stop"), "[DONE]")).Calls.Single();
        Assert.Equal(("b", "g", 1), (call.Id, call.Name, call.FragmentCount));
    }

    [Fact]
    public void PiecesOfArguments_AreCounted_EmptyOnes_Too()
    {
        ModelRun run = ModelRun.OfChat(Piece(0, "a", "f", ""), Piece(0, null, null, "{"), Piece(0, null, null, ""), Piece(0, null, null, "}"), Piece(0, null, null, null), Finish("stop"), "[DONE]");
        Assert.Equal(4, run.Calls.Single().FragmentCount);
        run.Reader.Dispose();
    }

    private static string Text(System.ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);
}
