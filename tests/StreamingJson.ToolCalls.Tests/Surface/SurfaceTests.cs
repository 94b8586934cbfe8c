using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>The members of the surface that no stream needs: what they say of null, of a wrong state, of a message that has nothing.</summary>
public sealed class SurfaceTests
{
    private const string Chunk = """{"id":"m1","model":"gpt","choices":[{"index":0,"delta":{"content":"{\"x\":1}"},"finish_reason":"stop"}]}""";

    [Fact]
    public void AMessage_SaysWhoseItIs_AndHowEachChoiceEnded()
    {
        ModelRun run = ModelRun.OfChat(Chunk, """{"choices":[{"index":1,"delta":{"content":"b"},"finish_reason":"length"}]}""", "[DONE]");
        Assert.Equal(("m1", "gpt", FinishReason.Stop), (run.Message.Id, run.Message.Model, run.Message.FinishReason));
        Assert.Equal((FinishReason.Length, "length"), (run.Message.GetFinishReason(1, out string? word), word));
        Assert.Equal((FinishReason.None, null), (run.Message.GetFinishReason(2, out word), word));
        Assert.Equal(("m1", "gpt"), (run.Message.Id, run.Message.Model));
        run.Reader.Dispose();
    }

    [Theory]
    [InlineData(true, JsonValueKind.Object)]
    [InlineData(false, JsonValueKind.Undefined)]
    public void ATextThatIsJson_IsThere_WhereItWasAskedFor(bool isAsked, JsonValueKind kind)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, ReadTextAsJson = isAsked }, ModelRun.Sse(Chunk, "[DONE]"));
        JsonSnapshot snapshot = run.Message.Items.Single().TextSnapshot;
        Assert.Equal(kind != JsonValueKind.Undefined, snapshot.HasValue);
        Assert.Equal(kind, snapshot.HasValue ? snapshot.RootElement.ValueKind : JsonValueKind.Undefined);
        run.Reader.Dispose();
    }

    [Fact]
    public void EveryProtocol_HasAName_ThatReadsBack()
    {
        foreach (ModelProtocol protocol in Enum.GetValues<ModelProtocol>())
        {
            Assert.True(ModelProtocolNames.TryParse(ModelProtocolNames.GetName(protocol), out ModelProtocol read));
            Assert.Equal(protocol, read);
        }

        Assert.False(ModelProtocolNames.TryParse("OpenAI-Chat", out ModelProtocol none));
        Assert.False(ModelProtocolNames.TryParse(null, out none));
        Assert.Equal(ModelProtocol.Auto, none);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelStreamOptions { Framing = (FrameFormat)99 });
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelProtocolNames.GetName((ModelProtocol)9999));
    }

    [Fact]
    public void TheFinalLine_NamesTheFile_AndRefusesNull()
    {
        using ModelStreamReader reader = ModelRun.OfChat(Chunk, "[DONE]").Reader;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FinalMessageWriter.Write(writer, reader, "a.sse");
            Assert.Throws<ArgumentNullException>(() => FinalMessageWriter.WriteProperties(writer, null!));
        }

        Assert.StartsWith("{\"file\":\"a.sse\"", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => FinalMessageWriter.Write(null!, reader));
        Assert.Throws<ArgumentNullException>(() => FinalMessageWriter.WriteProperties(null!, reader));
        Assert.Throws<ArgumentNullException>(() => FinalMessageWriter.WriteReasons(null!, UnsafeReasons.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(FrameReaderOptions.LargestMaxFrameBytes + 1)]
    [InlineData(int.MaxValue)]
    public void AFrameLimitOutOfItsRange_IsRefusedWhenItIsSet(int limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelStreamOptions { MaxFrameBytes = limit });
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelStreamOptions.Default with { MaxFrameBytes = limit });
    }

    [Fact]
    public void ALimitThatIsNegative_IsRefusedWhenItIsSet()
    {
        Func<ToolCallLimits>[] refused =
        [
            () => new() { MaxOpenCalls = -1 }, () => new() { MaxIndexJump = -1 }, () => new() { MaxArgumentsBytes = -1 }, () => new() { MaxFragments = -1 },
            () => new() { MaxItems = -1 }, () => new() { MaxTextBytes = -1 }, () => new() { MaxNameBytes = int.MinValue }, () => new() { MaxIndexJump = ToolCallLimits.LargestIndexJump + 1 },
        ];
        Assert.All(refused, limits => Assert.Throws<ArgumentOutOfRangeException>(limits));
        Assert.Equal(ToolCallLimits.LargestIndexJump, (ToolCallLimits.Default with { MaxIndexJump = ToolCallLimits.LargestIndexJump }).MaxIndexJump);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(FrameReaderOptions.LargestMaxFrameBytes)]
    public void TheSmallestAndTheLargestFrameLimit_CanBeReadWith(int limit)
    {
        ModelRun run = ModelRun.Of(new ModelStreamOptions { MaxFrameBytes = limit }, ModelRun.Sse(Chunk, "[DONE]"));
        Assert.Equal(limit == 1 ? JsonOutcome.Invalid : JsonOutcome.Complete, run.Message.Outcome);
        run.Reader.Dispose();
    }

    [Fact]
    public void LimitsOfNothing_LetNothingIn()
    {
        var none = new ToolCallLimits { MaxOpenCalls = 0, MaxIndexJump = 0, MaxArgumentsBytes = 0, MaxFragments = 0, MaxItems = 0, MaxTextBytes = 0, MaxNameBytes = 0 };
        ModelRun run = ModelRun.OfChat(none, Chunk, """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}""", "[DONE]");
        Assert.Empty(run.Message.Items);
        Assert.Contains(AnomalyKind.LimitExceeded, run.Anomalies);
        run.Reader.Dispose();
    }

    [Fact]
    public void ThereIsNoMessageToEnd_OfAStreamWhoseFramingIsNotKnown()
    {
        using var reader = new ModelStreamReader();
        Assert.Throws<InvalidOperationException>(reader.EndMessage);
    }

    [Fact]
    public void Awaits_RefuseNull()
    {
        ToolCall none = null!;
        Assert.IsType<ArgumentNullException>(Record.Exception(() => { _ = none.WhenStarted("$.a"); })); // at once, and not in the task
        Assert.Throws<ArgumentNullException>(() => none.TextAsync("$.a"));
    }

    [Fact]
    public void AnEmptyChunk_IsNoFirstByte()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Report = true });
        reader.Append(default(ReadOnlySpan<byte>));
        Assert.Null(reader.Report!.TimeToFirstByte);
        reader.Append(ModelRun.Sse(Chunk));
        Assert.NotNull(reader.Report!.TimeToFirstByte);
    }

    [Theory]
    [InlineData("text/event-stream; charset=utf-8", FrameFormat.ServerSentEvents)]
    [InlineData("TEXT/Event-Stream", FrameFormat.ServerSentEvents)]
    [InlineData("application/vnd.amazon.eventstream", FrameFormat.AwsEventStream)]
    [InlineData("application/x-ndjson", FrameFormat.NdJson)]
    [InlineData("application/jsonl", FrameFormat.NdJson)]
    [InlineData("application/stream+json", FrameFormat.NdJson)]
    [InlineData("application/json", FrameFormat.ServerSentEvents)]
    [InlineData(null, FrameFormat.ServerSentEvents)]
    public void AContentType_DecidesTheFraming_OrElseTheFirstBytesDo(string? contentType, FrameFormat expected)
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { ContentType = contentType });
        reader.Append("12345"u8);
        Assert.Equal(expected, reader.Recognition.Framing);
    }

    [Theory]
    [InlineData("{ \t\"a\":1}\n", FrameFormat.NdJson)]
    [InlineData("{ \r\n\"a\":1}", FrameFormat.JsonArray)]
    [InlineData("{  ", FrameFormat.NdJson)]
    [InlineData(" [", FrameFormat.JsonArray)]
    [InlineData("\uFEFFdata: {}\n", FrameFormat.ServerSentEvents)]
    public void TheFirstBytes_DecideTheFraming(string start, FrameFormat expected)
    {
        foreach (int chunk in new[] { 1, 100 })
        {
            ModelRun run = ModelRun.Of(new ModelStreamOptions(), Encoding.UTF8.GetBytes(start), chunk);
            Assert.Equal(expected, run.Reader.Recognition.Framing);
            run.Reader.Dispose();
        }
    }

    /// <summary>Blanks are waited behind for 64 KiB: the same ones, however they arrive.</summary>
    [Theory]
    [InlineData(64 * 1024, FrameFormat.NdJson)]
    [InlineData((64 * 1024) + 1, FrameFormat.ServerSentEvents)]
    public void BlanksBeforeTheFirstLine_AreLookedAtOnlySoFar(int blanks, FrameFormat expected)
    {
        byte[] content = Encoding.UTF8.GetBytes(new string(' ', blanks) + "{\"a\":1}\n");
        foreach (int chunk in new[] { 0, 1, 1000, 65_537 })
        {
            ModelRun run = ModelRun.Of(new ModelStreamOptions(), content, chunk);
            Assert.Equal(expected, run.Reader.Recognition.Framing);
            run.Reader.Dispose();
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\uFEFF\n")]
    [InlineData("{ ")]
    public void ABlankBeforeTheFirstName_IsLookedAtOnce(string start)
    {
        FramingRecognizer recognizer = default;
        byte[] bytes = Encoding.UTF8.GetBytes(start + new string(' ', 1000));
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.False(recognizer.TryRecognize(bytes.AsSpan(0, length), isAll: false, out _, out _));
        }

        Assert.InRange(recognizer.Examined, 1000, bytes.Length);
    }

    [Fact]
    public async Task UpdatesOfAnSdk_AreReadToTheirEnd_OrToTheirFault()
    {
        using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat });
        var kinds = new List<ModelEventKind>();
        await foreach (ModelEvent modelEvent in ModelUpdates.ReadEventsAsync(Updates("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""", "not of this SDK", Chunk), new JsonAdapter(), reader))
        {
            kinds.Add(modelEvent.Kind);
        }

        Assert.Equal(2, kinds.Count(kind => kind == ModelEventKind.TextDelta));
        Assert.Equal(ModelEventKind.StreamEnded, kinds[^1]);

        reader.Reset();
        kinds.Clear();
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (ModelEvent modelEvent in ModelUpdates.ReadEventsAsync(Updates(Chunk, null), new JsonAdapter(), reader))
            {
                kinds.Add(modelEvent.Kind);
            }
        });
        Assert.Equal([ModelEventKind.TextDelta, ModelEventKind.StreamEnded], kinds.Where(kind => kind is ModelEventKind.TextDelta or ModelEventKind.StreamEnded));
        Assert.Equal(JsonOutcome.Truncated, reader.Message.Outcome);

        Assert.Throws<ArgumentNullException>(() => ModelUpdates.ReadEventsAsync<string>(null!, new JsonAdapter(), reader));
        Assert.Throws<ArgumentNullException>(() => ModelUpdates.ReadEventsAsync(Updates(), null!, reader));
        Assert.Throws<ArgumentNullException>(() => ModelUpdates.ReadEventsAsync(Updates(), new JsonAdapter(), null!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AResponseThatCannotBeOpened_IsDisposedOf_UnlessItIsTheCallers(bool leaveOpen)
    {
        var content = new UnreadableContent();
        var response = new HttpResponseMessage { Content = content };
        await Assert.ThrowsAsync<HttpRequestException>(() => ModelStream.OpenAsync(response, leaveOpen: leaveOpen));
        Assert.Equal(!leaveOpen, content.IsDisposed);
        response.Dispose();
    }

    private static async IAsyncEnumerable<string> Updates(params string?[] updates)
    {
        foreach (string? update in updates)
        {
            await Task.CompletedTask;
            yield return update ?? throw new TimeoutException("the SDK gave up");
        }
    }

    private sealed class JsonAdapter : ModelUpdateAdapter
    {
        public override bool TryAppend(object update, ModelStreamReader reader)
        {
            if (update is not string { Length: > 0 } json || json[0] != '{')
            {
                return false;
            }

            reader.AppendPayload(Encoding.UTF8.GetBytes(json));
            return true;
        }
    }

    private sealed class UnreadableContent : HttpContent
    {
        public bool IsDisposed { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new IOException("no content");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
