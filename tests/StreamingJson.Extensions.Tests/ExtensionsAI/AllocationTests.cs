using System;
using System.ClientModel.Primitives;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using OpenAI.Responses;
using StreamingJson.Anthropic;
using StreamingJson.Extensions.AI;
using StreamingJson.OpenAI;
using Xunit;
using Xunit.Abstractions;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using Type = System.Type;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>What an update costs that brings a piece of arguments: the content, and the array that the list of contents puts it in.</summary>
public class AllocationTests(ITestOutputHelper output)
{
    private const int Updates = 3000;

    // A List<T> makes its first array for four.
    private const int ArrayOfTheList = 24 + (4 * 8);

    [Theory]
    [InlineData("openai-chat")]
    [InlineData("openai-responses")]
    [InlineData("anthropic")]
    public void AnUpdate_CostsItsContent_AndOneAllocationMore(string protocol)
    {
        using IChatClient plain = new SynchronousClient(UpdatesOf(protocol));
        using IChatClient watched = new SynchronousClient(UpdatesOf(protocol)).UseStreamingJson(OpenAIUpdateAdapter.Instance, AnthropicUpdateAdapter.Instance);
        long before = MedianOf(plain, out _);
        long after = MedianOf(watched, out PartialFunctionCallContent? content);
        long size = SizeOf(content!);
        output.WriteLine($"{protocol}: {after - before} bytes more an update, of them {size} the content");
        Assert.InRange(after - before, size, size + ArrayOfTheList);
    }

    // The median of what an update in the second half costs: growing buffers, and code that is compiled again meanwhile, are not of each update.
#pragma warning disable CA2012 // That each step is completed is asserted before its result is taken.
    private static long MedianOf(IChatClient client, out PartialFunctionCallContent? last)
    {
        var costs = new long[Updates * 2];
        int count = 0;
        last = null;
        IAsyncEnumerator<ChatResponseUpdate> updates = client.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        while (true)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<bool> next = updates.MoveNextAsync();
            Assert.True(next.IsCompleted); // on this thread
            if (!next.Result)
            {
                break;
            }

            IList<AIContent> contents = updates.Current.Contents; // as everybody does who looks at it
            costs[count++] = GC.GetAllocatedBytesForCurrentThread() - start;
            last = contents.Count > 0 && contents[0] is PartialFunctionCallContent partial ? partial : last;
        }

        Assert.True(updates.DisposeAsync().IsCompleted);
        Assert.True(count >= Updates);
        long[] second = costs[(count / 2)..count];
        Array.Sort(second);
        return second[second.Length / 2];
    }
#pragma warning restore CA2012

    private static long SizeOf(PartialFunctionCallContent content)
    {
        var clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();
        GC.KeepAlive(clone(content));
        long start = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(clone(content));
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static List<ChatResponseUpdate> UpdatesOf(string protocol)
    {
        var raw = new List<object>();
        switch (protocol)
        {
            case "openai-chat":
                raw.Add(Read<StreamingChatCompletionUpdate>("""{"id":"r","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":\""}}]}}]}"""));
                raw.AddRange(Enumerable.Range(0, Updates).Select(_ => Read<StreamingChatCompletionUpdate>("""{"id":"r","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"words "}}]}}]}""")));
                break;
            case "openai-responses":
                raw.Add(Read<StreamingResponseUpdate>("""{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"type":"function_call","id":"i","call_id":"c","name":"f","arguments":"","status":"in_progress"}}"""));
                raw.AddRange(Enumerable.Range(0, Updates).Select(number => Read<StreamingResponseUpdate>("""{"type":"response.function_call_arguments.delta","sequence_number":2,"item_id":"i","output_index":0,"delta":"PIECE"}""".Replace("PIECE", PieceOf(number), StringComparison.Ordinal))));
                break;
            default:
                raw.Add(JsonSerializer.Deserialize<RawMessageStreamEvent>("""{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}""")!);
                raw.Add(JsonSerializer.Deserialize<RawMessageStreamEvent>("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c","name":"f","input":{}}}""")!);
                raw.AddRange(Enumerable.Range(0, Updates).Select(number => JsonSerializer.Deserialize<RawMessageStreamEvent>("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"PIECE"}}""".Replace("PIECE", PieceOf(number), StringComparison.Ordinal))!));
                break;
        }

        return raw.ConvertAll(update => new ChatResponseUpdate { RawRepresentation = update });
    }

    // Of the arguments, as it stands in a JSON string.
    private static string PieceOf(int number) => number == 0 ? "{\\\"a\\\":\\\"" : "words ";

    private static T Read<T>(string json)
        where T : IPersistableModel<T> => ModelReaderWriter.Read<T>(BinaryData.FromString(json))!;

    /// <summary>All of it is there: nothing is awaited, so that one thread does all the work.</summary>
    private sealed class SynchronousClient(List<ChatResponseUpdate> updates) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(updates.ToChatResponse());

#pragma warning disable CS1998 // See the summary.
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
#pragma warning restore CS1998
        {
            foreach (ChatResponseUpdate update in updates)
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
