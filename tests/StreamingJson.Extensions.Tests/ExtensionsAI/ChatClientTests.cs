using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using StreamingJson.Extensions.AI;
using StreamingJson.Extensions.Tests.Sdks;
using StreamingJson.OpenAI;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>The middleware, around a client whose updates carry those of the OpenAI SDK.</summary>
public class ChatClientTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "?")];

    [Fact]
    public async Task ACall_IsSeenWhileItIsWritten_AndItsEndOnce()
    {
        IReadOnlyList<PartialFunctionCallContent> calls = await PartialCallsOf(Client(Updates("openai-chat/call-in-pieces.sse")));
        Assert.True(calls.Count > 3);
        Assert.All(calls, call => Assert.Equal(calls[0].CallId, call.CallId));
        Assert.Equal(ToolCallOutcome.Open, calls[0].Outcome);
        Assert.All(calls.SkipLast(1), call => Assert.False(call.IsSafeToExecute));
        Assert.Equal(ToolCallOutcome.Complete, calls[^1].Outcome);
        Assert.True(calls[^1].IsSafeToExecute);
        Assert.Equal(UnsafeReasons.None, calls[^1].Reasons);
    }

    [Fact]
    public async Task ASnapshot_ShowsWhatItsUpdateShowed_AlsoAfterTheStream()
    {
        using StreamingJsonChatClient client = Client(Updates("openai-chat/call-in-pieces.sse"));
        var seen = new List<(PartialFunctionCallContent Call, string Then)>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Question))
        {
            seen.AddRange(update.Contents.OfType<PartialFunctionCallContent>().Select(call => (call, call.Snapshot.ToString())));
        }

        Assert.All(seen, pair => Assert.Equal(pair.Then, pair.Call.Snapshot.ToString()));
        Assert.True(seen.Select(pair => pair.Then).Distinct().Count() > 2);
    }

    [Fact]
    public async Task WhatTheProviderSaid_PassesThrough()
    {
        List<ChatResponseUpdate> updates = Updates("openai-chat/call-in-pieces.sse");
        var text = new TextContent("kept");
        updates[0].Contents.Add(text);
        List<ChatResponseUpdate> received = await Read(Client(updates));
        Assert.Equal(updates, received.Take(updates.Count));
        Assert.Contains(text, received[0].Contents);
    }

    [Fact]
    public async Task AWrappedUpdate_IsPeeled()
    {
        List<ChatResponseUpdate> wrapped = [.. Updates("openai-chat/call-in-pieces.sse").Select(update => new ChatResponseUpdate { RawRepresentation = new ChatResponseUpdate { RawRepresentation = update } })];
        Assert.Equal(ToolCallOutcome.Complete, (await PartialCallsOf(Client(wrapped)))[^1].Outcome);
    }

    [Fact]
    public async Task AFault_EndsTheOpenCalls_AndComesOutAfterThem()
    {
        List<ChatResponseUpdate> updates = [.. Updates("openai-chat/call-in-pieces.sse").Take(3)];
        var client = new ScriptedChatClient(updates, new IOException("cut"));
        var received = new List<ChatResponseUpdate>();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (ChatResponseUpdate update in client.UseStreamingJson(OpenAIUpdateAdapter.Instance).GetStreamingResponseAsync(Question))
            {
                received.Add(update);
            }
        });
        PartialFunctionCallContent last = received[^1].Contents.OfType<PartialFunctionCallContent>().Single();
        Assert.Equal(ToolCallOutcome.Truncated, last.Outcome);
        Assert.False(last.IsSafeToExecute);
        Assert.Equal(updates.Count + 1, received.Count);
    }

    [Fact]
    public async Task AWholeCall_WhereNothingIsStreamed_IsComplete()
    {
        var first = new FunctionCallContent("call_1", "get_weather", new Dictionary<string, object?> { ["city"] = "Oulu" });
        var second = new FunctionCallContent("call_2", "get_time");
        List<ChatResponseUpdate> updates = [new() { Contents = [first] }, new() { Contents = [second] }];
        IReadOnlyList<PartialFunctionCallContent> calls = await PartialCallsOf(Client(updates));
        Assert.Equal(["call_1", "call_2"], calls.Select(call => call.CallId));
        Assert.Equal(["get_weather", "get_time"], calls.Select(call => call.Name));
        Assert.Equal(["""{"city":"Oulu"}""", "{}"], calls.Select(call => call.Snapshot.ToString()));
        Assert.All(calls, call => Assert.True(call.IsSafeToExecute));
    }

    [Fact]
    public async Task AStreamedCall_ThatTheClientRepeatsWhole_IsNotDeliveredTwice()
    {
        List<ChatResponseUpdate> updates = Updates("openai-chat/call-in-pieces.sse");
        int streamed = (await PartialCallsOf(Client(updates.Select(Copy)))).Count;
        var repeated = new ChatResponseUpdate { Contents = [new FunctionCallContent("call_a1", "get_weather", new Dictionary<string, object?>())] };
        Assert.Equal(streamed, (await PartialCallsOf(Client([.. updates.Select(Copy), repeated]))).Count);
    }

    [Fact]
    public async Task PartialCalls_NeverGoToTheModel()
    {
        List<ChatResponseUpdate> received = await Read(Client(Updates("openai-chat/call-in-pieces.sse")));
        PartialFunctionCallContent partial = received.SelectMany(update => update.Contents.OfType<PartialFunctionCallContent>()).Last();
        var whole = new FunctionCallContent("call_a1", "get_weather");
        ChatMessage[] history = [Question[0], new(ChatRole.Assistant, [partial, whole]), new(ChatRole.Assistant, [partial])];
        var inner = new ScriptedChatClient([]);
        using IChatClient client = inner.UseStreamingJson(OpenAIUpdateAdapter.Instance);
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(history))
        {
        }

        await client.GetResponseAsync(history);
        Assert.Equal(4, inner.Received.Count);
        Assert.Same(Question[0], inner.Received[0]);
        Assert.Equal([whole], inner.Received[1].Contents);
        Assert.Equal(2, history[1].Contents.Count);
    }

    [Fact]
    public async Task LeavingEarly_EndsTheInnerStream()
    {
        var inner = new ScriptedChatClient(Updates("openai-chat/call-in-pieces.sse"));
        await foreach (ChatResponseUpdate _ in inner.UseStreamingJson(OpenAIUpdateAdapter.Instance).GetStreamingResponseAsync(Question))
        {
            break;
        }

        Assert.True(inner.IsStreamDisposed);
    }

    [Fact]
    public async Task ACancelledStream_IsCancelled()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in Client(Updates("openai-chat/call-in-pieces.sse")).GetStreamingResponseAsync(Question, cancellationToken: source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    [Fact]
    public void TheInnerClient_IsFound_AndOwned()
    {
        var inner = new ScriptedChatClient([]);
        IChatClient client = inner.UseStreamingJson();
        Assert.Same(inner, client.GetService(typeof(ScriptedChatClient)));
        Assert.NotNull(client.GetService(typeof(StreamingJsonChatClient)));
        client.Dispose();
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public void Nulls_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new StreamingJsonChatClient(null!, new StreamingJsonChatOptions()));
        Assert.Throws<ArgumentNullException>(() => new StreamingJsonChatClient(new ScriptedChatClient([]), null!));
        Assert.Throws<ArgumentNullException>(() => new ScriptedChatClient([]).UseStreamingJson((ModelUpdateAdapter[])null!));
    }

    private static StreamingJsonChatClient Client(IEnumerable<ChatResponseUpdate> updates) =>
        new(new ScriptedChatClient(updates), new StreamingJsonChatOptions { Adapters = [OpenAIUpdateAdapter.Instance] });

    private static ChatResponseUpdate Copy(ChatResponseUpdate update) => new() { RawRepresentation = update.RawRepresentation };

    private static List<ChatResponseUpdate> Updates(string fixtureName)
    {
        Fixture fixture = Fixture.Load(fixtureName);
        return [.. SdkStream.TryRead(fixture.Protocol, fixture.Framing, fixture.Content)!.Select(update => new ChatResponseUpdate { RawRepresentation = update })];
    }

    private static async Task<List<ChatResponseUpdate>> Read(IChatClient client)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Question))
        {
            updates.Add(update);
        }

        return updates;
    }

    private static async Task<IReadOnlyList<PartialFunctionCallContent>> PartialCallsOf(IChatClient client) =>
        [.. (await Read(client)).SelectMany(update => update.Contents.OfType<PartialFunctionCallContent>())];
}
