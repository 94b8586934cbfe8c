using System;
using System.ClientModel;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;
using StreamingJson.Anthropic;
using StreamingJson.OpenAI;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.EndToEnd;

/// <summary>The official clients, as they are, against the replaying server: only their base address is another.</summary>
public class SdkClientTests
{
    private static readonly ReplayCut[] Cuts = [default, new(1, null), new(0, 7), new(100_000, null)];

    public static TheoryData<string> Chat => new("openai-chat/plain-text.sse", "openai-chat/text-then-call.sse", "openai-chat/parallel-calls.sse", "openai-chat/call-in-pieces.sse", "openai-chat/crlf-and-comments.sse", "openai-chat/structured-output.sse");

    public static TheoryData<string> Responses => new("openai-responses/text.sse", "openai-responses/call.sse", "openai-responses/parallel-calls.sse", "openai-responses/rotating-ids.ndjson");

    public static TheoryData<string> Messages => new("anthropic/text.sse", "anthropic/call.sse", "anthropic/parallel-calls.sse", "anthropic/thinking.sse", "anthropic/truncated.sse");

    [Theory]
    [MemberData(nameof(Chat))]
    public async Task OpenAIChat(string fixture)
    {
        foreach (ReplayCut cut in Cuts)
        {
            await using Replayed server = await Replayed.StartAsync(options => options with { Cut = cut }, fixture);
            using var reader = new ModelStreamReader();
            await DrainAsync(ChatClient(server).CompleteChatStreamingAsync("Hi").ReadModelEventsAsync(reader));
            Assert.Equal(Replayed.Describe(Replayed.Direct(fixture)), Replayed.Describe(reader.Message));
            Assert.Equal(("/v1/chat/completions", ReplayOutcome.Sent), await EndAsync(server));
        }
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task OpenAIResponses(string fixture)
    {
        foreach (ReplayCut cut in Cuts)
        {
            await using Replayed server = await Replayed.StartAsync(options => options with { Cut = cut }, fixture);
            var client = new ResponsesClient(new ApiKeyCredential("key"), new ResponsesClientOptions { Endpoint = new Uri(server.Address, "v1") });
            var request = new CreateResponseOptions { Model = "m", StreamingEnabled = true };
            request.InputItems.Add(ResponseItem.CreateUserMessageItem("Hi"));
            using var reader = new ModelStreamReader();
            await DrainAsync(client.CreateResponseStreamingAsync(request).ReadModelEventsAsync(reader));
            Assert.Equal(Replayed.Describe(Replayed.Direct(fixture)), Replayed.Describe(reader.Message));
            Assert.Equal(("/v1/responses", ReplayOutcome.Sent), await EndAsync(server));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task AnthropicMessages(string fixture)
    {
        foreach (ReplayCut cut in Cuts)
        {
            await using Replayed server = await Replayed.StartAsync(options => options with { Cut = cut }, fixture);
            using var reader = new ModelStreamReader();
            await DrainAsync(AnthropicClient(server).Messages.CreateStreaming(Request()).ReadModelEventsAsync(reader));
            Assert.Equal(Replayed.Describe(Replayed.Direct(fixture)), Replayed.Describe(reader.Message));
            Assert.Equal(("/v1/messages", ReplayOutcome.Sent), await EndAsync(server));
        }
    }

    /// <summary>Cut in the middle of the arguments: the SDK throws, and the call is no whole one before it does.</summary>
    [Theory]
    [InlineData("openai-chat/parallel-calls.sse")]
    [InlineData("anthropic/call.sse")]
    public async Task BrokenOff(string fixture)
    {
        int length = ToolCalls.Tests.Fixture.Load(fixture).Content.Length;
        await using Replayed server = await Replayed.StartAsync(options => options with { FailAt = length * 2 / 3, Cut = new ReplayCut(50, null) }, fixture);
        using var reader = new ModelStreamReader();
        IAsyncEnumerable<ModelEvent> events = fixture.StartsWith("openai", StringComparison.Ordinal)
            ? ChatClient(server).CompleteChatStreamingAsync("Hi").ReadModelEventsAsync(reader)
            : AnthropicClient(server).Messages.CreateStreaming(Request()).ReadModelEventsAsync(reader);
        await Assert.ThrowsAnyAsync<Exception>(() => DrainAsync(events));
        Assert.Equal(JsonOutcome.Truncated, reader.Message.Outcome);
        ToolCall[] calls = [.. reader.Message.Items.OfType<ToolCall>()];
        Assert.NotEmpty(calls);
        Assert.Contains(calls, call => call.Outcome == ToolCallOutcome.Truncated);
        Assert.All(calls, call => Assert.False(call.IsSafeToExecute && call.Outcome != ToolCallOutcome.Complete));
        Assert.Equal(ReplayOutcome.Failed, (await server.EndedAsync()).Outcome);
    }

    /// <summary>Statuses of failure are the SDKs' own exceptions, with the provider's message; what may be tried again is tried again.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(529)]
    public async Task Statuses(int status)
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { Status = status }, "openai-chat/plain-text.sse", "anthropic/text.sse");
        ClientResultException openAI = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate _ in ChatClient(server, retries: 0).CompleteChatStreamingAsync("Hi"))
            {
            }
        });
        Assert.Equal(status, openAI.Status);
        Assert.Contains("Replayed failure.", openAI.Message, StringComparison.Ordinal);
        AnthropicApiException anthropic = await Assert.ThrowsAnyAsync<AnthropicApiException>(async () =>
        {
            await foreach (RawMessageStreamEvent _ in AnthropicClient(server).Messages.CreateStreaming(Request()))
            {
            }
        });
        Assert.Equal(status, (int)anthropic.StatusCode);
        Assert.Contains("Replayed failure.", anthropic.ResponseBody, StringComparison.Ordinal);

        if (status is 429 or 500)
        {
            await Assert.ThrowsAnyAsync<ClientResultException>(async () =>
            {
                await foreach (StreamingChatCompletionUpdate _ in ChatClient(server, retries: 1).CompleteChatStreamingAsync("Hi"))
                {
                }
            });
            for (int request = 0; request < 4; request++)
            {
                Assert.Equal(status, (await server.EndedAsync()).Status);
            }
        }
    }

    /// <summary>The client cancels in the middle of a slow answer: its call ends, and the server sees that it went away.</summary>
    [Theory]
    [InlineData("openai-chat/parallel-calls.sse")]
    [InlineData("anthropic/call.sse")]
    public async Task Cancellation(string fixture)
    {
        // An event every 3 s: the answer would take half a minute.
        await using Replayed server = await Replayed.StartAsync(options => options with { Speed = 0.005, Cut = new ReplayCut(64, null) }, fixture);
        using var cancellation = new CancellationTokenSource();
        using var reader = new ModelStreamReader();
        IAsyncEnumerable<ModelEvent> events = fixture.StartsWith("openai", StringComparison.Ordinal)
            ? ChatClient(server).CompleteChatStreamingAsync([new UserChatMessage("Hi")], cancellationToken: cancellation.Token).ReadModelEventsAsync(reader)
            : AnthropicClient(server).Messages.CreateStreaming(Request(), cancellation.Token).ReadModelEventsAsync(reader);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ModelEvent _ in events)
            {
                await cancellation.CancelAsync();
            }
        });
        Assert.Equal(JsonOutcome.Truncated, reader.Message.Outcome);
        ReplayedRequest request = await server.EndedAsync();
        Assert.Equal(ReplayOutcome.Aborted, request.Outcome);
        Assert.True(request.Bytes < ToolCalls.Tests.Fixture.Load(fixture).Content.Length);
    }

    /// <summary>A conversation of several turns: the recordings of an interface answer one after the other.</summary>
    [Fact]
    public async Task Turns()
    {
        string[] fixtures = ["openai-chat/text-then-call.sse", "openai-chat/plain-text.sse"];
        await using Replayed server = await Replayed.StartAsync(fixtures);
        foreach (string fixture in fixtures.Concat(fixtures))
        {
            using var reader = new ModelStreamReader();
            await DrainAsync(ChatClient(server).CompleteChatStreamingAsync("Hi").ReadModelEventsAsync(reader));
            Assert.Equal(Replayed.Describe(Replayed.Direct(fixture)), Replayed.Describe(reader.Message));
        }
    }

    private static ChatClient ChatClient(Replayed server, int retries = 0) => new(
        "m",
        new ApiKeyCredential("key"),
        new OpenAIClientOptions { Endpoint = new Uri(server.Address, "v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(retries) });

    private static AnthropicClient AnthropicClient(Replayed server) => new() { BaseUrl = server.Address.ToString(), ApiKey = "key", MaxRetries = 0 };

    private static MessageCreateParams Request() => new() { MaxTokens = 100, Model = "m", Messages = [new UserMessageParam { Content = "Hi" }] };

    private static async Task DrainAsync(IAsyncEnumerable<ModelEvent> events)
    {
        await foreach (ModelEvent _ in events)
        {
        }
    }

    private static async Task<(string Path, ReplayOutcome Outcome)> EndAsync(Replayed server)
    {
        ReplayedRequest request = await server.EndedAsync();
        return (request.Path, request.Outcome);
    }
}
