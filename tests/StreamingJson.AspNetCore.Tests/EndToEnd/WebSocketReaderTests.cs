using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.AspNetCore.Tests.EndToEnd;

/// <summary>The library's own reader over <see cref="ClientWebSocket"/>: the same message as from the file, however messages are cut into frames.</summary>
public class WebSocketReaderTests(ITestOutputHelper output)
{
    private const string Realtime = "openai-realtime/call.ndjson";

    // Of WebSocket interfaces, and of one that is offered over both.
    private static readonly string[] Fixtures = [.. Fixture.Names.Where(name => name.Split('/')[0] is "openai-realtime" or "gemini-live" or "openai-responses")];

    private static readonly CancellationToken Hang = new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

    [Fact]
    public async Task EveryFixture_AtRandomCuts()
    {
        int seed = (int)(Seed.Take(output) & int.MaxValue);
        await using Replayed server = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(0, seed) }, Fixtures);
        for (int i = 0; i < Fixtures.Length; i++)
        {
            await AssertSameAsync(server, i, Fixtures[i], Fixture.Load(Fixtures[i]).Content);
        }
    }

    [SharedSuiteFact("recorded")]
    public async Task EveryRecording_AtRandomCuts()
    {
        string root = SharedSuite.Find("recorded")!;
        string[] files = [.. new[] { "openai-realtime", "azure-realtime", "xai-realtime", "gemini-live" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.ndjson")).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        int seed = (int)(Seed.Take(output) & int.MaxValue);
        List<ReplayRecording> recordings = [.. files.Select(file => ReplayRecording.Read(file, File.ReadAllBytes(file)))];
        await using Replayed server = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(0, seed) }, recordings);
        for (int i = 0; i < files.Length; i++)
        {
            await AssertSameAsync(server, i, files[i], await File.ReadAllBytesAsync(files[i]));
        }
    }

    [Theory]
    [InlineData(Realtime, "/v1/realtime?model=demo", WebSocketMessageType.Text, "realtime")]
    [InlineData(Realtime, "/openai/realtime?deployment=demo", WebSocketMessageType.Text, null)]
    [InlineData("gemini-live/calls.ndjson", "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent", WebSocketMessageType.Binary, null)]
    [InlineData("openai-responses/call.sse", "/v1/responses", WebSocketMessageType.Text, null)]
    public async Task EachLineOrEvent_IsAMessage(string name, string path, WebSocketMessageType type, string? subprotocol)
    {
        await using Replayed server = await Replayed.StartAsync(name);
        using ClientWebSocket socket = await ConnectAsync(server, path, options =>
        {
            if (subprotocol is not null)
            {
                options.AddSubProtocol(subprotocol);
                options.AddSubProtocol("another");
            }
        });
        Assert.Equal(subprotocol, socket.SubProtocol);
        List<string> messages = [];
        for (var next = await ReceiveAsync(socket); next.Type != WebSocketMessageType.Close; next = await ReceiveAsync(socket))
        {
            Assert.Equal((type, 1), (next.Type, next.Frames));
            messages.Add(next.Text);
        }

        string[] lines = Encoding.UTF8.GetString(Fixture.Load(name).Content).Split('\n');
        Assert.Equal(name.EndsWith(".sse", StringComparison.Ordinal) ? lines.Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..]) : lines.Where(line => line.Length > 0), messages);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Hang);
        ReplayedRequest request = await server.EndedAsync();
        Assert.Equal((101, ReplayOutcome.Sent, (long)messages.Sum(Encoding.UTF8.GetByteCount)), (request.Status, request.Outcome, request.Bytes));
    }

    [Fact]
    public async Task Cuts_AreContinuationFrames()
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(10, null) }, Realtime);
        using ClientWebSocket socket = await ConnectAsync(server, "/v1/realtime");
        int before = 0;
        foreach (string line in Encoding.UTF8.GetString(Fixture.Load(Realtime).Content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            (WebSocketMessageType _, string text, int frames) = await ReceiveAsync(socket);
            int after = before + Encoding.UTF8.GetByteCount(line);
            Assert.Equal((line, ((after + 9) / 10) - (before / 10)), (text, frames));
            before = after;
        }
    }

    /// <summary>Broken off after each byte count, within a message or between two: what came before is read, and then comes the fault of the connection.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(173)]
    [InlineData(700)]
    public async Task BrokenOff(int failAt)
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { FailAt = failAt, Cut = new ReplayCut(100, null) }, Realtime);
        using ClientWebSocket socket = await ConnectAsync(server, "/v1/realtime");
        await using ModelStream stream = ModelStream.Open(socket, new ModelStreamOptions { Report = true });
        WebSocketException fault = await Assert.ThrowsAsync<WebSocketException>(() => DrainAsync(stream));
        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, fault.WebSocketErrorCode);
        Assert.Equal(JsonOutcome.Truncated, stream.Message.Outcome);
        Assert.Equal(failAt, stream.Report!.BytesReceived);
        ReplayedRequest request = await server.EndedAsync();
        Assert.Equal((ReplayOutcome.Failed, (long)failAt), (request.Outcome, request.Bytes));
    }

    /// <summary>A client may talk, and end the conversation in the middle.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slow_AndClosedByTheClient(bool isHandshake)
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { Speed = 0.005 }, Realtime);
        using ClientWebSocket socket = await ConnectAsync(server, "/v1/realtime");
        Assert.Contains("session.created", (await ReceiveAsync(socket)).Text, StringComparison.Ordinal);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"type\":\"response.create\"}"), WebSocketMessageType.Text, true, Hang);
        if (isHandshake)
        {
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "enough", Hang);
            Assert.Equal(WebSocketState.Closed, socket.State);
        }
        else
        {
            socket.Abort();
        }

        Assert.Equal(ReplayOutcome.Aborted, (await server.EndedAsync()).Outcome);
    }

    [Theory]
    [InlineData("/v1/realtime", null, 429, 429)]
    [InlineData("/v1/elsewhere", null, null, 404)]
    [InlineData("/v1/realtime", "https://example.com", null, 403)]
    [InlineData("/v1/realtime", "null", null, 403)]
    [InlineData("/v1/realtime", "http://localhost:3000", null, 101)]
    public async Task WhoIsRefused_GetsAStatus(string path, string? origin, int? status, int expected)
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { Status = status }, Realtime);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        Exception? refusal = await Record.ExceptionAsync(() => socket.ConnectAsync(AddressOf(server, path), Hang));
        Assert.Equal(expected, (int)socket.HttpStatusCode);
        Assert.Equal(expected == 101, refusal is null);
        socket.Abort();
        Assert.Equal(expected, (await server.EndedAsync()).Status);
    }

    private static Uri AddressOf(Replayed server, string path) => new UriBuilder(new Uri(server.Address, path)) { Scheme = "ws" }.Uri;

    private static async Task<ClientWebSocket> ConnectAsync(Replayed server, string path, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(AddressOf(server, path), Hang);
        return socket;
    }

    private static async Task<(WebSocketMessageType Type, string Text, int Frames)> ReceiveAsync(ClientWebSocket socket)
    {
        // Larger than any message here: what a receive brings is then one frame.
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        for (int frames = 1; ; frames++)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(length), Hang);
            length += result.Count;
            if (result.EndOfMessage)
            {
                return (result.MessageType, Encoding.UTF8.GetString(buffer, 0, length), frames);
            }
        }
    }

    private static async Task DrainAsync(ModelStream stream)
    {
        await foreach (ModelEvent _ in stream)
        {
        }
    }

    private static async Task AssertSameAsync(Replayed server, int index, string name, byte[] content)
    {
        using var direct = new ModelStreamReader();
        ModelMessage expected = ModelRun.Of(direct, content).Message;
        ClientWebSocket socket = await ConnectAsync(server, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/replay/{index + 1}"));
        await using ModelStream stream = ModelStream.Open(socket);
        await DrainAsync(stream);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Hang);
        Assert.True(Replayed.Describe(expected).SequenceEqual(Replayed.Describe(stream.Message)), name);
        Assert.True(expected.Outcome == stream.Message.Outcome, name);
    }
}
