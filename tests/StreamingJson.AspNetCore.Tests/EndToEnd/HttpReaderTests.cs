using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.AspNetCore.Tests.EndToEnd;

/// <summary>The library's own reader over <see cref="HttpClient"/>, with chunks as TCP brings them: the same message as from the file.</summary>
public class HttpReaderTests(ITestOutputHelper output)
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(60) };

    // Over WebSockets, or wire formats of which only the payloads are kept: they are served as they are.
    private static readonly string[] Fixtures = [.. Fixture.Names.Where(name => !name.EndsWith(".ws", StringComparison.Ordinal))];

    [Fact]
    public async Task EveryFixture_AtRandomCuts()
    {
        int seed = (int)(Seed.Take(output) & int.MaxValue);
        await using Replayed server = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(0, seed) }, Fixtures);
        for (int i = 0; i < Fixtures.Length; i++)
        {
            Fixture fixture = Fixture.Load(Fixtures[i]);
            await AssertSameAsync(server, i, Fixtures[i], fixture.Content, new ModelStreamOptions());
        }
    }

    [SharedSuiteFact("recorded")]
    public async Task EveryRecording_AtRandomCuts()
    {
        string[] files = [.. Directory.GetFiles(SharedSuite.Find("recorded")!, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".sse" or ".ndjson" or ".eventstream").Order(StringComparer.Ordinal)];
        int seed = (int)(Seed.Take(output) & int.MaxValue);
        List<ReplayRecording> recordings = [.. files.Select(file => ReplayRecording.Read(file, File.ReadAllBytes(file)))];
        await using Replayed server = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(0, seed) }, recordings);
        for (int i = 0; i < files.Length; i++)
        {
            await AssertSameAsync(server, i, files[i], File.ReadAllBytes(files[i]), new ModelStreamOptions());
        }
    }

    [Theory]
    [InlineData("openai-chat/text-then-call.sse", "/v1/chat/completions", "text/event-stream")]
    [InlineData("openai-chat/text-then-call.sse", "/openai/deployments/d/chat/completions", "text/event-stream")]
    [InlineData("openai-responses/call.sse", "/v1/responses", "text/event-stream")]
    [InlineData("anthropic/call.sse", "/v1/messages", "text/event-stream")]
    [InlineData("gemini/call.sse", "/v1beta/models/gemini-2.5-pro:streamGenerateContent", "text/event-stream")]
    [InlineData("bedrock-converse/call.eventstream", "/model/anthropic.claude/converse-stream", "application/vnd.amazon.eventstream")]
    [InlineData("ollama/text.ndjson", "/api/chat", "application/x-ndjson")]
    [InlineData("cohere-v2/call-without-arguments.sse", "/v2/chat", "text/event-stream")]
    [InlineData("ui-message-stream/interleaved-texts.sse", "/api/chat", "text/event-stream")]
    public async Task ARecording_AnswersAtThePathOfItsInterface_WithItsContentType(string name, string path, string contentType)
    {
        await using Replayed server = await Replayed.StartAsync(name);
        using HttpResponseMessage response = await Client.PostAsync(new Uri(server.Address, path), new StringContent("{}"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Fixture.Load(name).Content, await response.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage wrong = await Client.PostAsync(new Uri(server.Address, "/v1/embeddings"), new StringContent("{}"));
        Assert.Equal(404, (int)wrong.StatusCode);
    }

    /// <summary>Broken off after each byte count: what came before is read, and then comes the fault of the connection.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(1833)]
    public async Task BrokenOff(int failAt)
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { FailAt = failAt, Cut = new ReplayCut(100, null) }, "anthropic/call.sse");
        await using ModelStream stream = await OpenAsync(server, "/v1/messages", new ModelStreamOptions { Report = true });
        await Assert.ThrowsAnyAsync<IOException>(() => DrainAsync(stream));
        Assert.Equal(JsonOutcome.Truncated, stream.Message.Outcome);
        Assert.Equal(failAt, stream.Report!.BytesReceived);
        Assert.Equal((ReplayOutcome.Failed, (long)failAt), await EndAsync(server));
    }

    [Fact]
    public async Task Slow_AndCancelled()
    {
        await using Replayed server = await Replayed.StartAsync(options => options with { Speed = 0.005 }, "anthropic/call.sse");
        using var cancellation = new CancellationTokenSource();
        ModelStream stream = await OpenAsync(server, "/v1/messages", new ModelStreamOptions());
        Assert.True(await stream.ReadAsync(cancellation.Token));
        while (stream.TryRead(out _))
        {
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await stream.ReadAsync(cancellation.Token))
            {
                while (stream.TryRead(out _))
                {
                }
            }
        });
        await stream.DisposeAsync();
        Assert.Equal(ReplayOutcome.Aborted, (await server.EndedAsync()).Outcome);
    }

    private static async Task<ModelStream> OpenAsync(Replayed server, string path, ModelStreamOptions options)
    {
        HttpResponseMessage response = await Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, path)), HttpCompletionOption.ResponseHeadersRead);
        return await ModelStream.OpenAsync(response, options);
    }

    private static async Task DrainAsync(ModelStream stream)
    {
        await foreach (ModelEvent _ in stream)
        {
        }
    }

    private static async Task<(ReplayOutcome Outcome, long Bytes)> EndAsync(Replayed server)
    {
        ReplayedRequest request = await server.EndedAsync();
        return (request.Outcome, request.Bytes);
    }

    private static async Task AssertSameAsync(Replayed server, int index, string name, byte[] content, ModelStreamOptions options)
    {
        using var direct = new ModelStreamReader(options);
        ModelMessage expected = ModelRun.Of(direct, content).Message;
        await using ModelStream stream = await OpenAsync(server, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/replay/{index + 1}"), options);
        await DrainAsync(stream);

        // Lines of JSON are sent as the events that the provider sends, so that what is malformed about the lines is so no more.
        Assert.True(Replayed.Describe(expected).SequenceEqual(Replayed.Describe(stream.Message)), name);
        Assert.True(expected.Outcome == stream.Message.Outcome, name);
    }
}
