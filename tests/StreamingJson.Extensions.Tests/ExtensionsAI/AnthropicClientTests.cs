using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using StreamingJson.Anthropic;
using StreamingJson.Extensions.AI;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>The real client of the Anthropic SDK, as an IChatClient, over a recorded response.</summary>
public class AnthropicClientTests
{
    [Fact]
    public async Task ParallelCalls_AreSeenWhileTheyAreWritten_AndTheWholeOnesStillCome()
    {
        Fixture fixture = Fixture.Load("anthropic/parallel-calls.sse");
        using var http = new HttpClient(new RecordedHandler(fixture.Content));
        using var anthropic = new AnthropicClient(new ClientOptions { ApiKey = "none", HttpClient = http, BaseUrl = "http://localhost" });
        using IChatClient client = anthropic.AsIChatClient("claude").UseStreamingJson(AnthropicUpdateAdapter.Instance);
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")]))
        {
            contents.AddRange(update.Contents);
        }

        ToolCall[] expected = [.. fixture.Run(isAuto: false).Calls];
        Assert.True(expected.Length >= 2);
        PartialFunctionCallContent[] partial = [.. contents.OfType<PartialFunctionCallContent>()];
        Assert.True(partial.Length > expected.Length * 2);
        Assert.Equal(expected.Select(call => call.Id), partial.Where(call => call.Outcome == ToolCallOutcome.Complete).Select(call => call.CallId));
        Assert.All(partial, call => Assert.Equal(call.Outcome == ToolCallOutcome.Complete, call.IsSafeToExecute));
        Assert.Equal(expected.Select(call => call.Id), contents.OfType<FunctionCallContent>().Select(call => call.CallId));
    }
}
