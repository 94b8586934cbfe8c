using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>
    /// How much had arrived behind the stop depends on the chunks; the verdict does not. The call that had ended is safe no more, and the others have
    /// neither the arguments nor the end that came too late.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(100000)]
    public async Task AStop_LeavesNoCallSafe_HoweverMuchHadArrived(int atOnce)
    {
        byte[] source = ModelRun.Sse(
            """{"type":"message_start","message":{"id":"m","model":"c","content":[]}}""",
            Block(0, "read"),
            Json(0, """{\"path\":\"/tmp\"}"""),
            """{"type":"content_block_stop","index":0}""",
            Block(1, "query"),
            Json(1, """{\"all\":true"""),
            Json(1, """,\"sql\":\"drop t"""),
            Json(1, """able x\"}"""),
            """{"type":"content_block_stop","index":1}""",
            Block(2, "write"),
            Json(2, "{}"),
            """{"type":"content_block_stop","index":2}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}""",
            """{"type":"message_stop"}""");
        await using ModelStream stream = ModelStream.Open(new FaultyStream(source, fault: null) { MostAtOnce = atOnce });
        stream.StopOnArguments("$.sql", value => value.TextUtf8.StartsWith("drop"u8), "query");
        await foreach (ModelEvent next in stream)
        {
            Assert.False(stream.Stop is not null && stream.Message.Items.OfType<ToolCall>().Any(call => call.IsSafeToExecute), $"at {next.Kind}");
        }

        Assert.Equal(StreamOutcome.Stopped, stream.Outcome);
        ToolCall[] calls = [.. stream.Message.Items.OfType<ToolCall>()];
        Assert.Equal((ToolCallOutcome.Complete, UnsafeReasons.Stopped), (calls[0].Outcome, calls[0].Reasons));
        Assert.Equal(
            ("{\"all\":true,\"sql\":\"drop t", ToolCallOutcome.Truncated, UnsafeReasons.Stopped | UnsafeReasons.ArgumentsTruncated | UnsafeReasons.NoExplicitEnd),
            (calls[1].GetText(), calls[1].Outcome, calls[1].Reasons));
        Assert.All(calls[2..], call => Assert.Equal((ToolCallOutcome.Truncated, true), (call.Outcome, (call.Reasons & UnsafeReasons.Stopped) != 0)));
    }

    /// <summary>The finish reason may come with the same read, in the same payload even: it is no end of a call that was stopped.</summary>
    [Theory]
    [InlineData(10, false)]
    [InlineData(100000, false)]
    [InlineData(10, true)]
    [InlineData(100000, true)]
    public async Task WholeArguments_ThatStop_AreNotSafe(int atOnce, bool isOnePayload)
    {
        const string Call = """{"tool_calls":[{"index":0,"id":"a","function":{"name":"query","arguments":"{\"sql\":\"drop\"}"}}]}""";
        const string Finish = ""","finish_reason":"tool_calls"}]}""";
        byte[] source = isOnePayload
            ? ModelRun.Sse($$"""{"choices":[{"index":0,"delta":{{Call}}{{Finish}}""", "[DONE]")
            : ModelRun.Sse(Delta(Call), $$"""{"choices":[{"index":0,"delta":{}{{Finish}}""", "[DONE]");
        await using ModelStream stream = ModelStream.Open(new FaultyStream(source, fault: null) { MostAtOnce = atOnce });
        stream.StopOnArguments("$.sql", _ => true);
        await foreach (ModelEvent _ in stream)
        {
        }

        var call = (ToolCall)stream.Message.Items[0];
        Assert.Equal((ToolCallOutcome.Truncated, UnsafeReasons.Stopped | UnsafeReasons.NoExplicitEnd), (call.Outcome, call.Reasons));
    }

    /// <summary>Whatever is told next, when the name is there, makes the guard look; of a third piece nothing is told before the call ends.</summary>
    [Theory]
    [InlineData(1, UnsafeReasons.NoExplicitEnd, "query")]
    [InlineData(100000, UnsafeReasons.NoExplicitEnd, "query")]
    [InlineData(1, UnsafeReasons.NoExplicitEnd | UnsafeReasons.IdentityDoubt, "que", "ry")]
    [InlineData(100000, UnsafeReasons.NoExplicitEnd | UnsafeReasons.IdentityDoubt, "que", "ry")]
    [InlineData(1, UnsafeReasons.IdentityDoubt, "q", "ue", "ry")]
    [InlineData(100000, UnsafeReasons.IdentityDoubt, "q", "ue", "ry")]
    public async Task AGuardOfATool_LooksAgain_WhenTheNameComesLate(int atOnce, UnsafeReasons others, params string[] name)
    {
        string[] names = [.. name.Select(piece => Delta($$$"""{"tool_calls":[{"index":0,"id":"a","function":{"name":"{{{piece}}}"}}]}"""))];
        byte[] source = ModelRun.Sse(
        [
            Delta("""{"tool_calls":[{"index":0,"id":"a","function":{"arguments":"{\"sql\":\"drop\"}"}}]}"""),
            .. names,
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]",
        ]);
        await using ModelStream stream = ModelStream.Open(new FaultyStream(source, fault: null) { MostAtOnce = atOnce });
        stream.StopOnArguments("$.sql", value => value.ValueEquals("drop"), "query");
        await foreach (ModelEvent next in stream)
        {
            Assert.True(next.Kind != ModelEventKind.ToolCallEnded || stream.Stop is not null, "the end was told before the guard looked");
        }

        var call = (ToolCall)stream.Message.Items[0];
        Assert.Equal(("/sql", "query", UnsafeReasons.Stopped | others), (stream.Stop?.Pointer, call.Name, call.Reasons));
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

    private static string Block(int index, string name) =>
        $$$"""{"type":"content_block_start","index":{{{index}}},"content_block":{"type":"tool_use","id":"t{{{index}}}","name":"{{{name}}}","input":{} } }""";

    private static string Json(int index, string json) =>
        $$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{"type":"input_json_delta","partial_json":"{{{json}}}"}}""";

    private static string Delta(string delta) => $$"""{"choices":[{"index":0,"delta":{{delta}}}]}""";

    [JsonSerializable(typeof(string))]
    internal sealed partial class GuardTypes : JsonSerializerContext;
}
