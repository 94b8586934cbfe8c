using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The asynchronous layer: all sources give what the reader gives, and a fault loses nothing.</summary>
public sealed class ModelStreamTests
{
    private const string Start = """{"choices":[{"index":0,"delta":{"content":"Hi","tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]}}]}""";
    private const string End = """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]},"finish_reason":"tool_calls"}]}""";

    private static readonly byte[] Whole = ModelRun.Sse(Start, End, "[DONE]");
    private static readonly byte[] Begun = ModelRun.Sse(Start);

    public static TheoryData<string> Sources => ["pipe", "stream", "response", "slow"];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task BothIdioms_GiveTheEventsOfTheReader(string source)
    {
        string[] expected = [.. Kinds(Whole)];
        await using ModelStream byHand = await OpenAsync(source, Whole);
        List<string> kinds = [];
        while (await byHand.ReadAsync())
        {
            while (byHand.TryRead(out ModelEvent next))
            {
                kinds.Add(Describe(next));
            }
        }

        Assert.Equal(expected, kinds);
        Assert.False(await byHand.ReadAsync());
        AssertSafe(byHand);

        await using ModelStream enumerated = await OpenAsync(source, Whole);
        kinds.Clear();
        await foreach (ModelEvent next in enumerated)
        {
            kinds.Add(Describe(next));
        }

        Assert.Equal(expected, kinds);
        AssertSafe(enumerated);
    }

    [Fact]
    public async Task AnEnumerationThatIsLeft_CanBeTakenUpAgain()
    {
        await using ModelStream stream = await OpenAsync("slow", Whole);
        List<string> kinds = [];
        for (int round = 0; round < 20; round++)
        {
            await foreach (ModelEvent next in stream)
            {
                kinds.Add(Describe(next));
                break;
            }
        }

        Assert.Equal([.. Kinds(Whole)], kinds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/event-stream")]
    public async Task OneReadOfAPipe_MayBringMoreThanTheLargestFrame_InManySegments(string? contentType)
    {
        byte[] content = ModelRun.Sse([.. Enumerable.Range(0, 40).Select(i => $$$"""{"choices":[{"index":0,"delta":{"content":"x{{{i}}}"}}]}"""), "[DONE]"]);
        var options = new ModelStreamOptions { MaxFrameBytes = 100, ContentType = contentType };
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16));
        foreach (byte[] segment in content.Chunk(16))
        {
            pipe.Writer.Write(segment);
        }

        await pipe.Writer.CompleteAsync();
        await using ModelStream stream = ModelStream.Open(pipe.Reader, options);
        List<string> kinds = [];
        await foreach (ModelEvent next in stream)
        {
            kinds.Add(Describe(next));
        }

        Assert.Equal(Kinds(content, options), kinds);
        Assert.Equal((JsonOutcome.Complete, string.Concat(Enumerable.Range(0, 40).Select(i => $"x{i}"))), (stream.Message.Outcome, stream.Message.Items.Single().GetText()));
    }

    [Fact]
    public async Task AFaultOfAPipe_ComesAfterEverythingThatWasReceived()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Begun);
        await using ModelStream stream = ModelStream.Open(pipe.Reader);
        Assert.True(await stream.ReadAsync());
        while (stream.TryRead(out _))
        {
        }

        await pipe.Writer.CompleteAsync(new IOException("gone"));
        await AssertFaultsAsync<IOException>(stream, default);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task AFaultOfAStream_ComesAfterEverythingThatWasReceived(int missing)
    {
        await using ModelStream stream = ModelStream.Open(new FaultyStream(Begun[..^missing], new IOException("gone")));
        await AssertFaultsAsync<IOException>(stream, default);
    }

    [Fact]
    public async Task Cancelled_BeforeTheFirstRead()
    {
        await using ModelStream stream = ModelStream.Open(new MemoryStream(Whole));
        Assert.True(await stream.ReadAsync(new CancellationToken(canceled: true)));
        List<ModelEventKind> kinds = [];
        while (stream.TryRead(out ModelEvent next))
        {
            kinds.Add(next.Kind);
        }

        Assert.Equal([ModelEventKind.StreamEnded], kinds);
        Assert.Equal(JsonOutcome.Truncated, stream.Message.Outcome);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadAsync());
    }

    [Fact]
    public async Task Cancelled_WhileItWaits_LeavesThePipeToItsOwner()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Begun);
        await using (ModelStream stream = ModelStream.Open(pipe.Reader, leaveOpen: true))
        {
            Assert.True(await stream.ReadAsync());
            while (stream.TryRead(out _))
            {
            }

            using var cancellation = new CancellationTokenSource();
            ValueTask<bool> pending = stream.ReadAsync(cancellation.Token);
            Assert.False(pending.IsCompleted);
            cancellation.Cancel();
            Assert.True(await pending);
            await AssertFaultsAsync<OperationCanceledException>(stream, default);
        }

        await pipe.Writer.WriteAsync("still open"u8.ToArray());
        Assert.True(pipe.Reader.TryRead(out ReadResult rest));
        Assert.Equal(10, rest.Buffer.Length);
    }

    [Fact]
    public async Task ACancelledPipeRead_OfTheReaderItself_EndsNothing()
    {
        var pipe = new Pipe();
        await using ModelStream stream = ModelStream.Open(pipe.Reader);
        ValueTask<bool> pending = stream.ReadAsync();
        pipe.Reader.CancelPendingRead();
        Assert.True(await pending);
        Assert.False(stream.TryRead(out _));
        await pipe.Writer.WriteAsync(Whole);
        await pipe.Writer.CompleteAsync();
        Assert.Equal(Kinds(Whole).Length, await CountAsync(stream));
        AssertSafe(stream);
    }

    [Fact]
    public async Task AWebSocket_EachMessageIsAPayload()
    {
        (WebSocket near, WebSocket far) = Sockets();
        await using ModelStream stream = ModelStream.Open(near, new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        Task sending = SendAsync(far, Start, End);
        List<string> texts = [];
        await foreach (ModelEvent next in stream)
        {
            texts.Add(next.GetText());
        }

        await sending;
        Assert.Contains("Hi", texts);
        AssertSafe(stream);
    }

    [Fact]
    public async Task AWebSocketThatBreaks_LeavesTheCallTruncated()
    {
        (WebSocket near, WebSocket far) = Sockets();
        await using ModelStream stream = ModelStream.Open(near);
        await far.SendAsync(Encoding.UTF8.GetBytes(Start), WebSocketMessageType.Text, endOfMessage: true, default);
        far.Abort();
        await AssertFaultsAsync<WebSocketException>(stream, default);
    }

    [Fact]
    public async Task Dispose_EndsTheSource_UnlessLeftOpen()
    {
        foreach (bool leaveOpen in new[] { false, true })
        {
            var input = new FaultyStream(Whole, null);
            using var response = new HttpResponseMessage { Content = new StreamContent(input) };
            await (await ModelStream.OpenAsync(response, leaveOpen: leaveOpen)).DisposeAsync();
            Assert.Equal(!leaveOpen, input.IsDisposed);

            var plain = new FaultyStream(Whole, null);
            ModelStream stream = ModelStream.Open(plain, leaveOpen: leaveOpen);
            await stream.DisposeAsync();
            await stream.DisposeAsync();
            Assert.Equal(!leaveOpen, plain.IsDisposed);
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.ReadAsync());
        }
    }

    [Fact]
    public async Task TheContentType_GivesTheFraming()
    {
        using var content = new ByteArrayContent("\n\ndata: {\"choices\":[]}\n\n"u8.ToArray());
        content.Headers.ContentType = new("text/event-stream") { CharSet = "utf-8" };
        await using ModelStream stream = await ModelStream.OpenAsync(new HttpResponseMessage { Content = content });
        Assert.Equal((FrameFormat.ServerSentEvents, "content type"), (stream.Reader.Recognition.Framing, stream.Reader.Recognition.FramingReason));
        Assert.True(await CountAsync(stream) > 0);
        Assert.Equal(ModelProtocol.OpenAIChat, stream.Reader.Recognition.Protocol);
    }

    [Fact]
    public async Task Misuse_IsSaid()
    {
        Assert.Throws<ArgumentNullException>(() => ModelStream.Open((Stream)null!));
        Assert.Throws<ArgumentException>(() => ModelStream.Open(Stream.Null, new ModelStreamOptions { Framing = FrameFormat.Message }));
        await using ModelStream stream = ModelStream.Open(new MemoryStream(Whole));
        Assert.True(await stream.ReadAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.ReadAsync());
        Assert.True(stream.TryRead(out _));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await stream.ReadAsync());
    }

    private static async Task AssertFaultsAsync<T>(ModelStream stream, CancellationToken cancellationToken)
        where T : Exception
    {
        ModelEventKind last = ModelEventKind.None;
        await Assert.ThrowsAnyAsync<T>(async () =>
        {
            await foreach (ModelEvent next in stream.WithCancellation(cancellationToken))
            {
                last = next.Kind;
            }
        });
        Assert.Equal(ModelEventKind.StreamEnded, last);
        Assert.Equal(JsonOutcome.Truncated, stream.Message.Outcome);
        Assert.Equal("Hi", stream.Message.Items[0].GetText());
        ToolCall call = Assert.IsType<ToolCall>(stream.Message.Items[1]);
        Assert.Equal((ToolCallOutcome.Truncated, "{\"x\":", "f"), (call.Outcome, call.GetText(), call.Name));
        Assert.True(call.Reasons.HasFlag(UnsafeReasons.NoExplicitEnd | UnsafeReasons.ArgumentsTruncated));
        await Assert.ThrowsAnyAsync<T>(async () => await stream.ReadAsync());
    }

    private static void AssertSafe(ModelStream stream)
    {
        Assert.Equal(JsonOutcome.Complete, stream.Message.Outcome == JsonOutcome.Truncated ? JsonOutcome.Truncated : JsonOutcome.Complete);
        ToolCall call = stream.Message.Items.OfType<ToolCall>().Single();
        Assert.True(call.IsSafeToExecute, call.Reasons.ToString());
        Assert.Equal("{\"x\":1}", call.GetText());
    }

    private static string[] Kinds(byte[] stream, ModelStreamOptions? options = null) =>
        [.. ModelRun.Of(options ?? ModelStreamOptions.Default, stream).Events.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];

    private static string Describe(ModelEvent next) => next.Kind.ToString();

    private static async Task<int> CountAsync(ModelStream stream)
    {
        int count = 0;
        await foreach (ModelEvent _ in stream)
        {
            count++;
        }

        return count;
    }

    private static async Task<ModelStream> OpenAsync(string source, byte[] content)
    {
        switch (source)
        {
            case "pipe":
                return ModelStream.Open(PipeReader.Create(new MemoryStream(content), new StreamPipeReaderOptions(bufferSize: 16)));
            case "response":
                return await ModelStream.OpenAsync(new HttpResponseMessage { Content = new ByteArrayContent(content) });
            case "slow":
                return ModelStream.Open(new FaultyStream(content, null) { MostAtOnce = 3, Yields = true });
            default:
                return ModelStream.Open(new MemoryStream(content));
        }
    }

    private static (WebSocket Near, WebSocket Far) Sockets()
    {
        var up = new Pipe();
        var down = new Pipe();
        return (
            WebSocket.CreateFromStream(new Duplex(down.Reader, up.Writer), new WebSocketCreationOptions { IsServer = false }),
            WebSocket.CreateFromStream(new Duplex(up.Reader, down.Writer), new WebSocketCreationOptions { IsServer = true }));
    }

    private static async Task SendAsync(WebSocket socket, params string[] messages)
    {
        foreach (string message in messages)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(message);
            await socket.SendAsync(bytes.AsMemory(0, 5), WebSocketMessageType.Text, endOfMessage: false, default);
            await socket.SendAsync(bytes.AsMemory(5), WebSocketMessageType.Text, endOfMessage: true, default);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }
}
