using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using StreamingJson.Anthropic;
using StreamingJson.Extensions.AI;
using StreamingJson.Extensions.Tests.Sdks;
using StreamingJson.OpenAI;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>Calls that are nobody's to execute: the provider, or a client behind this one, runs them or has run them.</summary>
public class ExecutedCallTests
{
    [Theory]
    [InlineData("call_1")]
    [InlineData("")]
    public async Task AWholeCall_ThatIsForInformationOnly_IsNotSafe(string id)
    {
        PartialFunctionCallContent call = Assert.Single(await PartialCallsOf(new ChatResponseUpdate { Contents = [Delete(id, isInformational: true)] }));
        AssertExecuted(call);
        Assert.Equal(("delete_file", """{"path":"/x"}"""), (call.Name, call.Snapshot.ToString()));
        Assert.True(Assert.Single(await PartialCallsOf(new ChatResponseUpdate { Contents = [Delete(id, isInformational: false)] })).IsSafeToExecute);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWholeCall_WithItsResultBeside_IsNotSafe(bool isResultFirst)
    {
        FunctionCallContent call = Delete("call_1");
        var result = new FunctionResultContent("call_1", "done");
        AssertExecuted(Assert.Single(await PartialCallsOf(new ChatResponseUpdate { Contents = isResultFirst ? [result, call] : [call, result] })));
    }

    [Fact]
    public async Task AResultThatComesLater_ShowsItsCallOnceMore()
    {
        ChatResponseUpdate[] updates =
        [
            new() { Contents = [Delete("call_1"), Delete("call_2")] },
            new() { Contents = [new FunctionResultContent("call_1", "done")] },
            new() { Contents = [new FunctionResultContent("call_1", "again"), new FunctionResultContent("of another turn", "done")] },
        ];
        IReadOnlyList<PartialFunctionCallContent> calls = await PartialCallsOf(updates);
        Assert.Equal([("call_1", true, false), ("call_2", true, false), ("call_1", false, true)], calls.Select(call => (call.CallId, call.IsSafeToExecute, call.IsProviderExecuted)));
        AssertExecuted(calls[^1]);
        Assert.Contains(calls[^1], updates[1].Contents);
    }

    [Fact]
    public async Task AStreamedCall_ThatTheClientRepeatsForInformation_IsShownOnceMore()
    {
        ChatResponseUpdate[] streamed = Updates("openai-chat/call-in-pieces.sse");
        IReadOnlyList<PartialFunctionCallContent> calls = await PartialCallsOf([.. streamed, new() { Contents = [new FunctionCallContent("call_a1", "get_weather") { InformationalOnly = true }] }]);
        Assert.True(calls[^2].IsSafeToExecute);
        Assert.Equal("call_a1", calls[^1].CallId);
        Assert.Equal(calls[^2].Snapshot.ToString(), calls[^1].Snapshot.ToString());
        AssertExecuted(calls[^1]);
    }

    [Fact]
    public async Task AnOpenCall_ThatTheClientIsDoneWith_StaysSo()
    {
        ChatResponseUpdate[] streamed = Updates("openai-chat/call-in-pieces.sse");
        streamed[2].Contents.Add(new FunctionCallContent("call_a1", "get_weather") { InformationalOnly = true });
        IReadOnlyList<PartialFunctionCallContent> calls = await PartialCallsOf(streamed);
        Assert.Equal(ToolCallOutcome.Complete, calls[^1].Outcome);
        AssertExecuted(calls[^1]);
    }

    /// <summary>What the provider's own protocol says reaches those who read updates.</summary>
    [Theory]
    [InlineData("anthropic/server-tools.sse")]
    [InlineData("openai-responses/mcp-call.sse")]
    public async Task AServerTool_IsTheProviders_FromItsBeginning(string fixtureName)
    {
        ToolCall[] expected = [.. Fixture.Load(fixtureName).Run(isAuto: false).Calls];
        Assert.Contains(expected, call => call.IsProviderExecuted);
        IReadOnlyList<PartialFunctionCallContent> calls = await PartialCallsOf(Updates(fixtureName));
        foreach (ToolCall call in expected)
        {
            PartialFunctionCallContent[] contents = [.. calls.Where(content => content.CallId == call.Id)];
            Assert.NotEmpty(contents);
            Assert.All(contents, content => Assert.Equal(call.IsProviderExecuted, content.IsProviderExecuted));
            Assert.Equal((call.Outcome, call.Reasons, call.IsSafeToExecute), (contents[^1].Outcome, contents[^1].Reasons, contents[^1].IsSafeToExecute));
        }
    }

    private static void AssertExecuted(PartialFunctionCallContent call)
    {
        Assert.Equal(ToolCallOutcome.Complete, call.Outcome);
        Assert.True(call.IsProviderExecuted);
        Assert.False(call.IsSafeToExecute);
        Assert.Equal(UnsafeReasons.ProviderExecuted, call.Reasons);
    }

    private static FunctionCallContent Delete(string id, bool isInformational = false) =>
        new(id, "delete_file", new Dictionary<string, object?> { ["path"] = "/x" }) { InformationalOnly = isInformational };

    private static ChatResponseUpdate[] Updates(string fixtureName)
    {
        Fixture fixture = Fixture.Load(fixtureName);
        return [.. SdkStream.TryRead(fixture.Protocol, fixture.Framing, fixture.Content)!.Select(update => new ChatResponseUpdate { RawRepresentation = update })];
    }

    private static async Task<IReadOnlyList<PartialFunctionCallContent>> PartialCallsOf(params ChatResponseUpdate[] updates)
    {
        using IChatClient client = new ScriptedChatClient(updates).UseStreamingJson(OpenAIUpdateAdapter.Instance, AnthropicUpdateAdapter.Instance);
        var calls = new List<PartialFunctionCallContent>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")]))
        {
            calls.AddRange(update.Contents.OfType<PartialFunctionCallContent>());
        }

        return calls;
    }
}
