using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Who reads a stream on a thread with a context of its own (a user interface) may block that thread: nothing is posted to it. And whose the source is, when all is over.</summary>
public sealed partial class CallerContextTests
{
    private static readonly byte[] Content = ModelRun.Sse("""{"choices":[{"index":0,"delta":{"content":"{\"a\":[1,2],\"b\":\"x"}}]}""", """{"choices":[{"index":0,"delta":{"content":"y\"}"},"finish_reason":"stop"}]}""", "[DONE]");

    [Theory]
    [InlineData("stream")]
    [InlineData("pipe")]
    [InlineData("response")]
    public async Task Reading_PostsNothing(string kind)
    {
        int events = 0;
        Assert.Equal(0, await CountPostsAsync(async () =>
        {
            using var response = new HttpResponseMessage { Content = new StreamContent(new SlowStream(Content)) };
            ModelStream stream = kind switch
            {
                "stream" => ModelStream.Open(new SlowStream(Content)),
                "pipe" => ModelStream.Open(PipeReader.Create(new SlowStream(Content))),
                _ => await ModelStream.OpenAsync(response).ConfigureAwait(false),
            };
            await foreach (ModelEvent _ in ((IAsyncEnumerable<ModelEvent>)stream).ConfigureAwait(false))
            {
                events++;
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }));
        Assert.True(events > 3);
    }

    [Fact]
    public async Task Updates_PostNothing()
    {
        int events = 0;
        Assert.Equal(0, await CountPostsAsync(async () =>
        {
            using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
            await foreach (ModelEvent _ in ModelUpdates.ReadEventsAsync(UpdatesAsync(), new Adapter(), reader).ConfigureAwait(false))
            {
                events++;
            }
        }));
        Assert.True(events > 3);
    }

    [Fact]
    public async Task Awaiting_PostsNothing()
    {
        Assert.Equal(0, await CountPostsAsync(async () =>
        {
            ModelStream stream = ModelStream.Open(new SlowStream(Content), new ModelStreamOptions { ReadTextAsJson = true });
            Task<string?> value = stream.GetAsync("$.b", CallerTypes.Default.String);
            Task<JsonValueKind> began = stream.WhenStarted("$.a", new CancellationTokenSource().Token);
            Task<string> text = CollectAsync(stream.TextAsync("$.b"));
            Task reading = ReadAsync(stream);
            Assert.Equal(("xy", JsonValueKind.Array, "xy"), (await value.ConfigureAwait(false), await began.ConfigureAwait(false), await text.ConfigureAwait(false)));
            await reading.ConfigureAwait(false);
            await stream.DisposeAsync().ConfigureAwait(false);
        }));
    }

    [Fact]
    public async Task ACancelledRead_TakesNothing_AlsoWhereSomethingIsThere()
    {
        await using ModelStream stream = ModelStream.Open(new MemoryStream(Content));
        Assert.True(await stream.ReadAsync(new CancellationToken(canceled: true)));
        Assert.True(stream.TryRead(out ModelEvent end));
        Assert.Equal(ModelEventKind.StreamEnded, end.Kind);
        Assert.False(stream.TryRead(out _));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadAsync());
        Assert.Empty(stream.Message.Items);
    }

    [Fact]
    public async Task AStreamThatIsDisposed_ShowsNothing()
    {
        ModelStream stream = ModelStream.Open(new MemoryStream(Content));
        await ReadAsync(stream);
        Assert.NotEmpty(stream.Message.Items);
        await stream.DisposeAsync();
        Assert.Empty(stream.Message.Items);
        Assert.Throws<ObjectDisposedException>(() => stream.TryRead(out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APipe_IsCompleted_UnlessItIsTheCallers(bool leaveOpen)
    {
        PipeReader pipe = PipeReader.Create(new MemoryStream(Content));
        await ModelStream.Open(pipe, leaveOpen: leaveOpen).DisposeAsync();
        Exception? fault = await Record.ExceptionAsync(async () => await pipe.ReadAsync());
        Assert.Equal(!leaveOpen, fault is InvalidOperationException);
    }

    /// <summary>What the options say of a response counts, and its own content type where they say nothing.</summary>
    [Theory]
    [InlineData("application/x-ndjson", FrameFormat.NdJson)]
    [InlineData(null, FrameFormat.ServerSentEvents)]
    public async Task AResponse_IsReadAsTheOptionsSay(string? contentType, FrameFormat expected)
    {
        using var response = new HttpResponseMessage { Content = new StringContent("{}\n", Encoding.UTF8, "text/event-stream") };
        await using ModelStream stream = await ModelStream.OpenAsync(response, new ModelStreamOptions { Protocol = ModelProtocol.Ollama, ContentType = contentType });
        await ReadAsync(stream);
        Assert.Equal((expected, ModelProtocol.Ollama), (stream.Reader.Recognition.Framing, stream.Reader.Recognition.Protocol));
    }

    private static async Task<int> CountPostsAsync(Func<Task> work)
    {
        var context = new CountingContext();
        Task running = Task.CompletedTask;
        await Task.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            running = work();
            SynchronizationContext.SetSynchronizationContext(null);
        });
        await running;
        return context.Posts;
    }

    private static async Task ReadAsync(ModelStream stream)
    {
        while (await stream.ReadAsync().ConfigureAwait(false))
        {
            while (stream.TryRead(out _))
            {
            }
        }
    }

    private static async Task<string> CollectAsync(IAsyncEnumerable<string> parts)
    {
        var all = new StringBuilder();
        await foreach (string part in parts.ConfigureAwait(false))
        {
            all.Append(part);
        }

        return all.ToString();
    }

    private static async IAsyncEnumerable<string> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(1, cancellationToken).ConfigureAwait(false);
            yield return """{"choices":[{"index":0,"delta":{"content":"a"}}]}""";
        }
    }

    private sealed class Adapter : ModelUpdateAdapter
    {
        public override bool TryAppend(object update, ModelStreamReader reader)
        {
            reader.AppendPayload(Encoding.UTF8.GetBytes((string)update));
            return true;
        }
    }

    /// <summary>Never has anything at once, and comes back on any thread.</summary>
    private sealed class SlowStream(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(1, cancellationToken).ConfigureAwait(false);
            return Read(buffer.Span[..Math.Min(50, buffer.Length)]);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }

    [JsonSerializable(typeof(string))]
    internal sealed partial class CallerTypes : JsonSerializerContext;
}
