using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls;
using StreamingJson.ToolCalls.Tests;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>Whatever the provider does, the client gets a clear status or a clear event, and nothing of the provider's words.</summary>
public class BadInputTests(ITestOutputHelper output)
{
    private const string Canary = "sk-canary";

    public static TheoryData<ModelStreamFormat> Formats => new(Enum.GetValues<ModelStreamFormat>());

    [Theory]
    [InlineData(400, 502)]
    [InlineData(401, 502)]
    [InlineData(404, 502)]
    [InlineData(408, 504)]
    [InlineData(429, 429)]
    [InlineData(500, 502)]
    [InlineData(503, 503)]
    [InlineData(504, 504)]
    [InlineData(529, 503)]
    public async Task AStatusOfFailure_IsAStatus(int provider, int expected)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)provider) { Content = new StringContent($$$"""{"error":{"message":"{{{Canary}}}"}}""") };
        response.Headers.Add("Retry-After", "7");
        ForwardedAnswer? seen = null;
        Forwarded forwarded = await Forwarded.OfAsync(TypedResults.Extensions.ModelStream(response, new ModelForwardOptions
        {
            OnEnded = answer =>
            {
                seen = answer;
                return default;
            },
        }));
        Assert.Equal(expected, forwarded.Status);
        Assert.Equal(expected is 429 or 503 ? "7" : null, forwarded.Response.Headers.RetryAfter);
        Assert.Equal("application/problem+json", forwarded.Response.ContentType);
        Assert.Equal("The model reported an error.", (string)JsonNode.Parse(forwarded.Body)!["detail"]!);
        Assert.DoesNotContain(Canary, forwarded.Text, StringComparison.Ordinal);
        Assert.Equal((ForwardOutcome.ProviderError, provider), (seen!.Outcome, seen.ProviderStatus));
        Assert.Null(seen.Reader);
        await AssertDisposedAsync(response);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png")]
    public async Task AWrongContentType_IsABadGateway(string type)
    {
        using var response = new HttpResponseMessage { Content = new StringContent($"<html>{Canary}</html>", Encoding.UTF8, type) };
        Forwarded forwarded = await Forwarded.OfAsync(TypedResults.Extensions.ModelStream(response));
        Assert.Equal(502, forwarded.Status);
        Assert.DoesNotContain(Canary, forwarded.Text, StringComparison.Ordinal);
        await AssertDisposedAsync(response);
    }

    /// <summary>Nothing was sent yet: a status.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("garbage \u0001\u0002 sk-canary")]
    [InlineData("{\"object\":\"list\",\"data\":[{\"id\":\"sk-canary\"}]}")]
    [InlineData("{\"error\":{\"message\":\"sk-canary\",\"type\":\"server_error\"}}")]
    [InlineData("data: {\"error\":{\"message\":\"sk-canary\"}}\n\n")]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"sk-canary\"}}\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"del")]
    public async Task WhatIsNoStream_IsABadGateway(string body)
    {
        foreach (ModelStreamFormat format in Enum.GetValues<ModelStreamFormat>())
        {
            Forwarded forwarded = await Forwarded.OfAsync(Encoding.UTF8.GetBytes(body), new ModelForwardOptions { Format = format });
            Assert.Equal(502, forwarded.Status);
            Assert.Equal("application/problem+json", forwarded.Response.ContentType);
            Assert.DoesNotContain(Canary, forwarded.Text, StringComparison.Ordinal);
            Assert.False(forwarded.Response.Headers.ContainsKey("x-vercel-ai-ui-message-stream"));
        }
    }

    /// <summary>Broken off at every byte: what was whole was forwarded, and the end says that it is none.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task BrokenOffAnywhere_EndsInAnError(ModelStreamFormat format)
    {
        byte[] source = Fixture.Load("anthropic/call.sse").Content;
        int stop = source.AsSpan().IndexOf("event: message_delta"u8);
        var options = new ModelForwardOptions { Format = format };
        for (int end = 0; end <= stop; end += 13)
        {
            Forwarded cut = await Forwarded.OfAsync(source[..end], options);
            Forwarded failed = await Forwarded.OfAsync(new ChunkStream(source[..end], 50, new IOException(Canary)), options);
            foreach (Forwarded forwarded in new[] { cut, failed })
            {
                Assert.DoesNotContain(Canary, forwarded.Text, StringComparison.Ordinal);
                if (forwarded.Status == 200)
                {
                    Assert.Contains("The answer broke off.", forwarded.Text, StringComparison.Ordinal);
                    Assert.True(IsWellEnded(format, forwarded), forwarded.Text);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AnErrorInTheMiddle_IsAnErrorAtTheEnd(ModelStreamFormat format)
    {
        byte[] source = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Forwarded.Chat(Forwarded.Delta("Hi")))[..^(Encoding.UTF8.GetString(Forwarded.Chat()).Length)]
            + $"data: {{\"error\":{{\"message\":\"{Canary}\",\"code\":\"{Canary}\"}}}}\n\n");
        Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = format });
        Assert.Equal(200, forwarded.Status);
        Assert.Contains("The model reported an error.", forwarded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, forwarded.Text, StringComparison.Ordinal);
        Assert.True(IsWellEnded(format, forwarded), forwarded.Text);
        Forwarded described = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = format, DescribeFailure = answer => $"E-{answer.Reader!.Message.Errors[0].Code}" });
        Assert.Contains($"E-{Canary}", described.Text, StringComparison.Ordinal);
    }

    /// <summary>Every fixture, with bytes changed, cut out and doubled: never an exception, always an end.</summary>
    [Fact]
    public async Task Damage_IsSurvived()
    {
        var random = new Random((int)Seed.Take(output));
        foreach (string name in Fixture.Names.Where(name => !name.EndsWith(".ws", StringComparison.Ordinal)))
        {
            byte[] source = [.. Fixture.Load(name).Content];
            for (int i = 0; i < 4 && source.Length > 0; i++)
            {
                source[random.Next(source.Length)] = (byte)random.Next(256);
            }

            var format = (ModelStreamFormat)random.Next(3);
            Forwarded forwarded = await Forwarded.OfAsync(source, new ModelForwardOptions { Format = format }, chunkSize: 100);
            Assert.True(forwarded.Status == 502 || IsWellEnded(format, forwarded), $"{name}: {forwarded.Text}");
        }
    }

    /// <summary>Limits of the reader hold: a text that never ends is kept out of memory, and one frame that never ends is an error.</summary>
    [Fact]
    public async Task AFrameWithoutEnd_IsRefused()
    {
        byte[] source = [.. "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: {\"x\":\""u8, .. new byte[300_000].Select(_ => (byte)'a')];
        var options = new ModelForwardOptions { Source = new ModelStreamOptions { MaxFrameBytes = 100_000 } };
        Forwarded forwarded = await Forwarded.OfAsync(source, options);
        Assert.Contains("The answer could not be read.", forwarded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheApplicationThrows_ComesOut_AfterTheClientWasTold()
    {
        var source = new ChunkStream(Forwarded.Chat(Forwarded.Delta("Hi"), Forwarded.CallDelta("{\"a\":1}", "find")), 60);
        ForwardedAnswer? seen = null;
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        ModelStreamResult result = TypedResults.Extensions.ModelStream(source, new ModelForwardOptions
        {
            Configure = model => model.StopOnArguments("$.a", _ => throw new InvalidDataException(Canary)),
            OnEnded = answer =>
            {
                seen = answer;
                return default;
            },
        });
        await Assert.ThrowsAsync<InvalidDataException>(() => result.ExecuteAsync(context));
        string text = Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains("The answer could not be forwarded.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.Equal(ForwardOutcome.Failed, seen!.Outcome);
        Assert.True(source.IsDisposed);
    }

    /// <summary>An event that something threw amidst is dropped: the client's last one is whole.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AnEventThatWasHalfWritten_IsDropped(ModelStreamFormat format)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new FailingOnceBody(body));
        ModelStreamResult result = TypedResults.Extensions.ModelStream(new ChunkStream(Forwarded.Chat(Forwarded.Delta("Hi"), Forwarded.Delta("!")), 1), new ModelForwardOptions { Format = format });
        await Assert.ThrowsAsync<InvalidDataException>(() => result.ExecuteAsync(context));
        var forwarded = new Forwarded(context.Response, body.ToArray());
        Assert.Contains(forwarded.Payloads, payload => payload.ToJsonString().Contains("The answer could not be forwarded.", StringComparison.Ordinal));
        Assert.True(IsWellEnded(format, forwarded), forwarded.Text);
    }

    [Fact]
    public async Task ASourceThatCannotBeOpened_IsEndedAllTheSame()
    {
        var source = new ChunkStream([]);
        var options = new ModelForwardOptions { Source = new ModelStreamOptions { Framing = Framing.FrameFormat.Message } };
        await Assert.ThrowsAsync<ArgumentException>(() => Forwarded.OfAsync(source, options));
        Assert.True(source.IsDisposed);
        using var response = new HttpResponseMessage { Content = new StringContent("") };
        await Assert.ThrowsAsync<ArgumentException>(() => Forwarded.OfAsync(TypedResults.Extensions.ModelStream(response, options)));
        await AssertDisposedAsync(response);
    }

    /// <summary>An application without reflection has no serializer for a problem document, and none is asked.</summary>
    [Fact]
    public async Task ARefusal_NeedsNoSerializer()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("x") };
        await using ServiceProvider services = new ServiceCollection().AddLogging()
            .ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine())
            .BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        await TypedResults.Extensions.ModelStream(response, new ModelForwardOptions { DescribeFailure = _ => "\"<é>\"" }).ExecuteAsync(context);
        Assert.Equal((429, "application/problem+json", body.Length), (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength));
        JsonNode problem = JsonNode.Parse(body.ToArray())!;
        Assert.Equal(
            ("about:blank", "Too Many Requests", 429, "\"<é>\""),
            ((string)problem["type"]!, (string)problem["title"]!, (int)problem["status"]!, (string)problem["detail"]!));
    }

    /// <summary>Of the headers, a refusal takes back what the stream would have had, and nothing of anybody else's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARefusal_LeavesTheHeadersOfOthers(bool isStatus)
    {
        using var response = new HttpResponseMessage(isStatus ? HttpStatusCode.InternalServerError : HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        using var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Response.Body = body;
        context.Response.Headers["X-Request-Id"] = "42";
        context.Response.Headers.SetCookie = "s=1";
        context.Response.Headers.Pragma = "mine";
        await TypedResults.Extensions.ModelStream(response).ExecuteAsync(context);
        Assert.Equal(502, context.Response.StatusCode);
        Assert.Equal(
            ["Content-Length", "Content-Type", "Pragma", "Set-Cookie", "X-Request-Id"],
            context.Response.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("42", "s=1", "mine"), ((string?)context.Response.Headers["X-Request-Id"], (string?)context.Response.Headers.SetCookie, (string?)context.Response.Headers.Pragma));
    }

    /// <summary>The second execution is refused, and the first goes on.</summary>
    [Fact]
    public async Task ExecutedTwice_TheFirstOneGoesOn()
    {
        var pipe = new Pipe();
        int ended = 0;
        ModelStreamResult result = TypedResults.Extensions.ModelStream(pipe.Reader, new ModelForwardOptions
        {
            OnEnded = _ =>
            {
                ended++;
                return default;
            },
        });
        Task<Forwarded> first = Forwarded.OfAsync(result);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Forwarded.OfAsync(result));
        Assert.Equal(0, ended);
        Assert.False((await pipe.Writer.WriteAsync(Forwarded.Chat(Forwarded.Delta("Hi")))).IsCompleted);
        await pipe.Writer.CompleteAsync();
        Assert.Equal("Hi", Answer.OfUIMessageStream(await first).Text);
        Assert.Equal(1, ended);
    }

    private static bool IsWellEnded(ModelStreamFormat format, Forwarded forwarded)
    {
        IReadOnlyList<(string? Type, string Data)> events = forwarded.Events;
        return format switch
        {
            ModelStreamFormat.UIMessageStream => events[^1].Data == "[DONE]",
            ModelStreamFormat.AgUI => events[^1].Data.Contains("\"RUN_", StringComparison.Ordinal),
            _ => events[^1].Type == "done",
        };
    }

    private static async Task AssertDisposedAsync(HttpResponseMessage response) =>
        await Assert.ThrowsAsync<ObjectDisposedException>(() => response.Content.ReadAsStringAsync());
}
