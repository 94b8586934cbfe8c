using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls.Tests;
using Xunit;

namespace StreamingJson.AspNetCore.Tests.EndToEnd;

/// <summary>Provider, back end and browser, all three over sockets.</summary>
public class ProxyTests
{
    private static readonly HttpClient Upstream = new() { Timeout = TimeSpan.FromSeconds(60) };

    private readonly Channel<(ForwardOutcome Outcome, long Bytes, int? Status)> _ended = Channel.CreateUnbounded<(ForwardOutcome, long, int?)>();

    public static TheoryData<ModelStreamFormat> Formats => new(Enum.GetValues<ModelStreamFormat>());

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task TheSameArrives_AsWithoutSockets(ModelStreamFormat format)
    {
        await using Replayed provider = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(0, 3) }, "anthropic/call.sse");
        await using Backend backend = await StartAsync(provider, "/v1/messages", format);
        using HttpResponseMessage response = await backend.Client.GetAsync("/chat", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(format == ModelStreamFormat.UIMessageStream, response.Headers.Contains("x-vercel-ai-ui-message-stream"));
        byte[] expected = await WithoutSocketsAsync(format);
        Assert.Equal(Encoding.UTF8.GetString(expected), await response.Content.ReadAsStringAsync());
        Assert.Equal((ForwardOutcome.Complete, (long)expected.Length, 200), await EndedAsync());
    }

    /// <summary>The first event is there while the provider has sent hardly more: nothing is buffered on the way.</summary>
    [Fact]
    public async Task TheFirstEvent_DoesNotWaitForTheSecond_AndAClientThatGoes_CancelsTheProvider()
    {
        await using Replayed provider = await Replayed.StartAsync(options => options with { Speed = 0.005 }, "anthropic/call.sse");
        await using Backend backend = await StartAsync(provider, "/v1/messages", ModelStreamFormat.UIMessageStream);
        using (HttpResponseMessage response = await backend.Client.GetAsync("/chat", HttpCompletionOption.ResponseHeadersRead))
        {
            // Comments come after 100 ms of silence; the answer itself would take a minute.
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.Equal(": keep-alive", await lines.ReadLineAsync());
        }

        Assert.Equal(ForwardOutcome.ClientAborted, (await EndedAsync()).Outcome);
        Assert.Equal(ReplayOutcome.Aborted, (await provider.EndedAsync()).Outcome);
    }

    /// <summary>A client that vanishes, without a word, in the middle; its connection is reset.</summary>
    [Fact]
    public async Task AClientThatVanishes()
    {
        await using Replayed provider = await Replayed.StartAsync(options => options with { Speed = 0.005 }, "anthropic/call.sse");
        await using Backend backend = await StartAsync(provider, "/v1/messages", ModelStreamFormat.AgUI);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", backend.Client.BaseAddress!.Port);
            await client.GetStream().WriteAsync("GET /chat HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            await client.GetStream().ReadAtLeastAsync(new byte[20], 20);
            client.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(ForwardOutcome.ClientAborted, (await EndedAsync()).Outcome);
        Assert.Equal(ReplayOutcome.Aborted, (await provider.EndedAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AProviderThatBreaksOff_IsAnEvent_OrAStatus(ModelStreamFormat format)
    {
        await using Replayed provider = await Replayed.StartAsync(options => options with { FailAt = 900, Cut = new ReplayCut(100, null) }, "anthropic/call.sse");
        await using Backend backend = await StartAsync(provider, "/v1/messages", format);
        Assert.Contains("The answer broke off.", await backend.Client.GetStringAsync("/chat"), StringComparison.Ordinal);
        Assert.Equal(ForwardOutcome.Truncated, (await EndedAsync()).Outcome);

        await using Replayed dead = await Replayed.StartAsync(options => options with { FailAt = 10 }, "anthropic/call.sse");
        await using Backend other = await StartAsync(dead, "/v1/messages", format);
        using HttpResponseMessage response = await other.Client.GetAsync("/chat");
        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal((ForwardOutcome.Truncated, 200), (await EndedAsync()) is var (outcome, _, status) ? (outcome, status!.Value) : default);
    }

    [Fact]
    public async Task AStatusOfTheProvider_ReachesTheClient()
    {
        await using Replayed provider = await Replayed.StartAsync(options => options with { Status = 429 }, "anthropic/call.sse");
        await using Backend backend = await StartAsync(provider, "/v1/messages", ModelStreamFormat.UIMessageStream);
        using HttpResponseMessage response = await backend.Client.GetAsync("/chat");
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal("0", response.Headers.RetryAfter!.ToString());
        Assert.DoesNotContain("Replayed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Good streams beside bad ones, on one server: every good one is whole.</summary>
    [Fact]
    public async Task OtherStreams_AreUntouched()
    {
        await using Replayed good = await Replayed.StartAsync(options => options with { Cut = new ReplayCut(0, 11) }, "anthropic/call.sse");
        await using Replayed bad = await Replayed.StartAsync(options => options with { FailAt = 1000, Cut = new ReplayCut(30, null) }, "anthropic/call.sse");
        await using Replayed slow = await Replayed.StartAsync(options => options with { Speed = 0.005 }, "anthropic/call.sse");
        await using Backend backend = await Backend.StartAsync(async context =>
        {
            Replayed provider = context.Request.Path.Value switch { "/good" => good, "/bad" => bad, _ => slow };
            return Results.Extensions.ModelStream(await SendAsync(provider, "/v1/messages", context.RequestAborted), Options(ModelStreamFormat.UIMessageStream));
        });
        string expected = Encoding.UTF8.GetString(await WithoutSocketsAsync(ModelStreamFormat.UIMessageStream));
        using var leaving = new CancellationTokenSource();
        Task[] slowOnes = [.. Enumerable.Range(0, 8).Select(_ => backend.Client.GetStringAsync("/slow", leaving.Token))];
        Task<string>[] goodOnes = [.. Enumerable.Range(0, 40).Select(_ => backend.Client.GetStringAsync("/good"))];
        Task<string>[] badOnes = [.. Enumerable.Range(0, 20).Select(_ => backend.Client.GetStringAsync("/bad"))];
        Assert.All(await Task.WhenAll(goodOnes), text => Assert.Equal(expected, text));
        Assert.All(await Task.WhenAll(badOnes), text => Assert.Contains("The answer broke off.", text, StringComparison.Ordinal));
        await leaving.CancelAsync();
        foreach (Task task in slowOnes)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }

        List<ForwardOutcome> outcomes = [];
        for (int i = 0; i < 68; i++)
        {
            outcomes.Add((await EndedAsync()).Outcome);
        }

        Assert.Equal(
            [(ForwardOutcome.Complete, 40), (ForwardOutcome.Truncated, 20), (ForwardOutcome.ClientAborted, 8)],
            outcomes.CountBy(outcome => outcome).Select(count => (count.Key, count.Value)).OrderBy(count => count.Key));
    }

    [Fact]
    public async Task Metrics_HearOfEachStream()
    {
        List<(string Name, double Value, string Tags)> heard = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "StreamingJson" } && instrument.Name.StartsWith("streamingjson.forward", StringComparison.Ordinal))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (heard)
            {
                heard.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
            }
        }

        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();
        Forwarded forwarded = await Forwarded.OfAsync(Forwarded.Chat(Forwarded.Delta(new string('x', 12_345))), new ModelForwardOptions { Format = ModelStreamFormat.AgUI });

        // Tests beside this one are heard too, and may be just now.
        List<(string Name, double Value, string Tags)> measurements;
        lock (heard)
        {
            measurements = [.. heard];
        }

        Assert.Contains(("streamingjson.forward.size", forwarded.Body.Length, "streamingjson.format=ag-ui streamingjson.outcome=complete"), measurements);
        Assert.Contains(measurements, measurement => measurement.Name == "streamingjson.forward.duration" && measurement.Tags.EndsWith("complete", StringComparison.Ordinal));
        Assert.Contains(("streamingjson.forward.active", 1, ""), measurements);
        Assert.Contains(("streamingjson.forward.active", -1, ""), measurements);
    }

    /// <summary>What one stream becomes in memory. <see cref="EndedAsync"/> does not hear of it: it would come before or after what goes over sockets, as it happens.</summary>
    private static async Task<byte[]> WithoutSocketsAsync(ModelStreamFormat format) =>
        (await Forwarded.OfAsync(Fixture.Load("anthropic/call.sse").Content, Options(format, onEnded: null))).Body;

    private ModelForwardOptions Options(ModelStreamFormat format) => Options(format, answer =>
    {
        _ended.Writer.TryWrite((answer.Outcome, answer.BytesSent, answer.ProviderStatus));
        return default;
    });

    private static ModelForwardOptions Options(ModelStreamFormat format, Func<ForwardedAnswer, ValueTask>? onEnded) => new()
    {
        Format = format,
        Heartbeat = TimeSpan.FromMilliseconds(format == ModelStreamFormat.JsonPatch ? 10_000 : 100),
        ThreadId = "t",
        RunId = "r",
        OnEnded = onEnded,
    };

    private Task<Backend> StartAsync(Replayed provider, string path, ModelStreamFormat format) => Backend.StartAsync(async context =>
        Results.Extensions.ModelStream(await SendAsync(provider, path, context.RequestAborted), Options(format)));

    private static Task<HttpResponseMessage> SendAsync(Replayed provider, string path, CancellationToken cancellationToken) => Upstream.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Address, path)), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private async Task<(ForwardOutcome Outcome, long Bytes, int? Status)> EndedAsync()
    {
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _ended.Reader.ReadAsync(hang.Token);
    }
}
