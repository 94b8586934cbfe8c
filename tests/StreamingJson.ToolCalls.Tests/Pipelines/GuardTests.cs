using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>What stops a stream because of what the model writes, and values that are awaited while it is read.</summary>
public sealed partial class GuardTests
{
    private static readonly byte[] Text = ModelRun.Sse(
        Delta("""{"content":"{\"moderation\":{\"deci"}"""),
        Delta("""{"content":"sion\":\"blo"}"""),
        Delta("""{"content":"cked\"},\"answer\":\"no"}"""),
        Delta("""{"content":"thing\"}"}"""),
        "[DONE]");

    private static readonly byte[] Calls = ModelRun.Sse(
        Delta("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"read","arguments":"{\"path\":\"/etc/passwd\"}"}}]}"""),
        Delta("""{"tool_calls":[{"index":1,"id":"b","function":{"name":"write","arguments":"{\"path\":\"/e"}}]}"""),
        Delta("""{"tool_calls":[{"index":1,"function":{"arguments":"tc/x\",\"n\":[1,2]}"}}]}"""),
        """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        "[DONE]");

    [Theory]
    [InlineData(1)]
    [InlineData(100000)]
    public async Task ADecisionInTheText_StopsTheStream_AndEndsTheSource(int atOnce)
    {
        var source = new FaultyStream(Text, fault: null) { MostAtOnce = atOnce };
        await using ModelStream stream = ModelStream.Open(source, new ModelStreamOptions { ReadTextAsJson = true });
        stream.StopOnText("$.moderation.decision", value => value.TextUtf8.StartsWith("block"u8));
        Assert.Equal(StreamOutcome.Running, stream.Outcome);
        while (await stream.ReadAsync())
        {
            while (stream.TryRead(out _))
            {
            }
        }

        Assert.Equal(StreamOutcome.Stopped, stream.Outcome);
        Assert.Equal(("$.moderation.decision", "/moderation/decision", 26L), (stream.Stop!.Path.ToString(), stream.Stop.Pointer, stream.Stop.ByteOffset));
        Assert.True(source.IsDisposed);
        Assert.Equal(atOnce == 1, source.BytesGiven < Text.Length - 50);
    }

    [Fact]
    public async Task ArgumentsOfATool_StopTheStream_AndItsCallIsNotSafe()
    {
        await using ModelStream stream = ModelStream.Open(new FaultyStream(Calls, fault: null) { MostAtOnce = 1 });
        stream.StopOnArguments("$.path", value => value.TextUtf8.StartsWith("/etc"u8), toolName: "write");
        await foreach (ModelEvent _ in stream)
        {
        }

        Assert.Equal(StreamOutcome.Stopped, stream.Outcome);
        Assert.Equal("/path", stream.Stop!.Pointer);
        var last = (ToolCall)stream.Message.Items[^1];
        Assert.Equal(("write", ToolCallOutcome.Truncated, false), (last.Name, last.Outcome, last.IsSafeToExecute));
    }

    [Fact]
    public async Task NothingThatStops_ChangesNothing()
    {
        await using ModelStream stream = ModelStream.Open(new FaultyStream(Calls, fault: null));
        stream.StopOnArguments("$.path", value => value.ValueEquals("nowhere"));
        await foreach (ModelEvent _ in stream)
        {
        }

        Assert.Null(stream.Stop);
        Assert.Equal(StreamOutcome.Complete, stream.Outcome);
        Assert.True(((ToolCall)stream.Message.Items[1]).IsSafeToExecute);
    }

    [Fact]
    public async Task ValuesOfTextAndArguments_MayBeAwaited()
    {
        await using ModelStream text = ModelStream.Open(new FaultyStream(Text, fault: null) { MostAtOnce = 7 }, new ModelStreamOptions { ReadTextAsJson = true });
        Task<string?> answer = text.GetAsync("$.answer", GuardTypes.Default.String);
        Task<string?> nothing = text.GetAsync("$.nothing", GuardTypes.Default.String);
        await foreach (ModelEvent _ in text)
        {
        }

        Assert.Equal("nothing", await answer);
        Assert.Equal(JsonAwaitFailure.NotPresent, (await Assert.ThrowsAsync<JsonAwaitException>(() => nothing)).Failure);
        Assert.Equal("nothing", await text.GetAsync("$.answer", GuardTypes.Default.String));

        await using ModelStream calls = ModelStream.Open(new FaultyStream(Calls, fault: null) { MostAtOnce = 7 });
        List<Task<string?>> paths = [];
        await foreach (ModelEvent next in calls)
        {
            if (next.Kind == ModelEventKind.ToolCallStarted)
            {
                paths.Add(next.ToolCall!.GetAsync("$.path", GuardTypes.Default.String));
            }
        }

        Assert.Equal("/etc/passwd /etc/x", string.Join(' ', await Task.WhenAll(paths)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100000)]
    public async Task PartsOfTheText_MayBeAwaited_OnOtherThreads(int atOnce)
    {
        byte[] source = ModelRun.Sse(
            Delta("""{"reasoning_content":"{\"steps\":[\"not this\"]}"}"""),
            Delta("""{"content":"{\"title\":\"Mo"}"""),
            Delta("""{"content":"ve\",\"steps\":[\"pack\",\"dr"}"""),
            Delta("""{"content":"ive\"],\"n\":1}"}"""),
            "[DONE]");
        await using ModelStream stream = ModelStream.Open(new FaultyStream(source, fault: null) { MostAtOnce = atOnce }, new ModelStreamOptions { ReadTextAsJson = true });
        Task<JsonValueKind> began = stream.WhenStarted("$.steps");
        Task<List<string?>> steps = CollectAsync(stream.ItemsAsync("$.steps", GuardTypes.Default.String));
        Task<List<string>> title = CollectAsync(stream.TextAsync("$.title"));
        Task<List<string?>> nothing = CollectAsync(stream.ItemsAsync("$.nothing", GuardTypes.Default.String));
        await foreach (ModelEvent _ in stream)
        {
        }

        Assert.Equal(JsonValueKind.Array, await began);
        Assert.Equal(["pack", "drive"], await steps);
        Assert.Equal("Move", string.Concat(await title));
        Assert.Equal(JsonAwaitFailure.NotPresent, (await Assert.ThrowsAsync<JsonAwaitException>(() => nothing)).Failure);
        Assert.Equal(["pack", "drive"], await CollectAsync(stream.ItemsAsync("$.steps", GuardTypes.Default.String)));
    }

    [Fact]
    public async Task WhoAwaits_IsTold_WhenTheStreamIsGivenUp()
    {
        using var cancelled = new CancellationTokenSource();
        ModelStream stream = ModelStream.Open(new FaultyStream(Text, fault: null), new ModelStreamOptions { ReadTextAsJson = true });
        Task<string?> value = stream.GetAsync("$.answer", GuardTypes.Default.String);
        Task<List<string>> text = CollectAsync(stream.TextAsync("$.answer"));
        Task<JsonValueKind> left = stream.WhenStarted("$.answer", cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await stream.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => value);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => text);
    }

    [Fact]
    public async Task WrongUse()
    {
        await using ModelStream stream = ModelStream.Open(new FaultyStream(Text, fault: null));
        Assert.Throws<InvalidOperationException>(() => stream.StopOnText("$", _ => true));
        Assert.Throws<PathPatternException>(() => stream.StopOnArguments("$[-1]", _ => true));
        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.GetAsync("$", GuardTypes.Default.String));
        Assert.Throws<InvalidOperationException>(() => stream.ItemsAsync("$", GuardTypes.Default.String));
        Assert.Throws<ArgumentNullException>(() => stream.ItemsAsync<string>("$", null!));
        Assert.Throws<PathPatternException>(() => stream.TextAsync("$."));
    }

    private static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> parts)
    {
        var all = new List<T>();
        await foreach (T part in parts)
        {
            all.Add(part);
        }

        return all;
    }

    private static string Delta(string delta) => $$"""{"choices":[{"index":0,"delta":{{delta}}}]}""";

    [JsonSerializable(typeof(string))]
    internal sealed partial class GuardTypes : JsonSerializerContext;
}
