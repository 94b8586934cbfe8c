using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.Tool.Serving;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary>A request through the inspector to an upstream on loopback.</summary>
public class ProxyTests
{
    [Fact]
    public async Task TheAnswerIsForwardedUnchanged_AndShownLive_WhileItArrives()
    {
        byte[] content = Fixtures.Sample("anthropic-messages.sse");
        var goOn = new TaskCompletionSource();
        await using LoopbackServer upstream = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(content.AsMemory(0, 2000));
            await context.Response.Body.FlushAsync();
            await goOn.Task.WaitAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(content.AsMemory(2000));
        });
        await using InspectorRun run = await InspectorRun.StartAsync(upstream.Address);
        using HttpResponseMessage response = await SendAsync(run, "/proxy/v1/messages");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await using Stream answer = await response.Content.ReadAsStreamAsync();
        byte[] received = new byte[content.Length];
        await answer.ReadExactlyAsync(received.AsMemory(0, 2000));

        JsonElement listed = Assert.Single(await run.ListAsync(), stream => stream.GetProperty("source").GetString() == "proxied");
        Assert.True(listed.GetProperty("live").GetBoolean());
        Assert.Equal("POST /v1/messages", listed.GetProperty("title").GetString());
        await using Stream steps = await run.Client.GetStreamAsync(new Uri($"/api/streams/{listed.GetProperty("id").GetInt32()}", UriKind.Relative));
        using var reader = new StreamReader(steps);
        Assert.Contains("\"replay_rate\":null", await reader.ReadLineAsync(), StringComparison.Ordinal);
        long bytes = 0;
        while (bytes < 2000)
        {
            bytes = JsonDocument.Parse((await reader.ReadLineAsync())!).RootElement.GetProperty("bytes").GetInt64();
        }

        goOn.SetResult();
        await answer.ReadExactlyAsync(received.AsMemory(2000));
        Assert.Equal(content, received);
        string last = (await reader.ReadToEndAsync()).TrimEnd().Split('\n')[^1];
        Assert.Contains("\"outcome\":\"complete\"", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoneOfTheUpstreamsBusiness_IsNotForwarded_AndNothingOfARequestIsKept()
    {
        IHeaderDictionary? headers = null;
        string? target = null;
        string? body = null;
        await using LoopbackServer upstream = await StartAsync(async context =>
        {
            headers = context.Request.Headers;
            target = context.Request.Path + context.Request.QueryString;
            using var reader = new StreamReader(context.Request.Body);
            body = await reader.ReadToEndAsync();
            headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
            context.Response.Headers.SetCookie = "a=b";
            context.Response.Headers["X-Request-Id"] = "r1";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            await context.Response.WriteAsync("""{"ok":true}""");
        });
        await using InspectorRun run = await InspectorRun.StartAsync(new Uri(upstream.Address, "/base"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/proxy/v1/x%20y?key=secret-in-query") { Content = new StringContent("secret-in-body", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret-in-header");
        request.Headers.TryAddWithoutValidation("Cookie", "session=1");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("X-Hop", "1");
        request.Headers.TryAddWithoutValidation("Connection", "X-Hop");
        using HttpResponseMessage response = await run.Client.SendAsync(request);
        Assert.Equal("""{"ok":true}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("r1", Assert.Single(response.Headers.GetValues("X-Request-Id")));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        Assert.Equal("/base/v1/x%20y?key=secret-in-query", target);
        Assert.Equal("secret-in-body", body);
        Assert.Equal("Bearer secret-in-header", headers!.Authorization);
        Assert.Equal("application/json; charset=utf-8", headers.ContentType);
        Assert.Equal(upstream.Address.Authority, headers.Host);
        Assert.DoesNotContain(headers.Keys, name => name is "Cookie" or "Accept-Encoding" or "X-Hop");

        JsonElement listed = Assert.Single(await run.ListAsync(), stream => stream.GetProperty("source").GetString() == "proxied");
        string steps = await run.Client.GetStringAsync(new Uri($"/api/streams/{listed.GetProperty("id").GetInt32()}", UriKind.Relative));
        Assert.DoesNotContain("secret", listed.GetRawText() + steps, StringComparison.Ordinal);
        Assert.Contains("\"shape\":\"document\"", steps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUpstreamThatBreaksOff_IsSeenByTheClient_AndShownAsTruncated()
    {
        byte[] content = Fixtures.Sample("openai-chat.sse");
        var isThere = new TaskCompletionSource();
        await using LoopbackServer upstream = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(content.AsMemory(0, 9000));
            await context.Response.Body.FlushAsync();
            await isThere.Task;
            context.Abort();
        });
        await using InspectorRun run = await InspectorRun.StartAsync(upstream.Address);
        using HttpResponseMessage response = await SendAsync(run, "/proxy/v1/chat/completions");
        await using Stream answer = await response.Content.ReadAsStreamAsync();
        await answer.ReadExactlyAsync(new byte[9000]);
        isThere.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => answer.ReadExactlyAsync(new byte[1]).AsTask());
        JsonElement last = (await run.ReadStepsAsync(await ProxiedAsync(run)))[^1];
        Assert.Equal("aborted", last.GetProperty("end").GetString());
        Assert.Equal("The upstream broke off.", last.GetProperty("reason").GetString());
        Assert.Equal("truncated", last.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task AClientThatGoesAway_EndsTheRequestToTheUpstream()
    {
        var isGone = new TaskCompletionSource();
        await using LoopbackServer upstream = await StartAsync(async context =>
        {
            context.RequestAborted.Register(isGone.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: {}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using InspectorRun run = await InspectorRun.StartAsync(upstream.Address);
        HttpResponseMessage response = await SendAsync(run, "/proxy/v1/chat/completions");
        await response.Content.ReadAsStreamAsync();
        int id = await ProxiedAsync(run);
        response.Dispose();
        await isGone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        JsonElement last = (await run.ReadStepsAsync(id))[^1];
        Assert.Equal("aborted", last.GetProperty("end").GetString());
        Assert.Equal("The client went away.", last.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task MoreThanIsKept_IsForwardedAllTheSame()
    {
        byte[] piece = Encoding.UTF8.GetBytes($"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{new string('x', 60_000)}\"}}}}]}}\n\n");
        const int Pieces = 320;
        await using LoopbackServer upstream = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (int i = 0; i < Pieces; i++)
            {
                await context.Response.Body.WriteAsync(piece);
            }
        });
        await using InspectorRun run = await InspectorRun.StartAsync(upstream.Address);
        using HttpResponseMessage response = await SendAsync(run, "/proxy/v1/chat/completions");
        Assert.Equal((long)Pieces * piece.Length, (await response.Content.ReadAsByteArrayAsync()).Length);
        JsonElement last = (await run.ReadStepsAsync(await ProxiedAsync(run)))[^1];
        Assert.Equal("limit", last.GetProperty("end").GetString());
        Assert.StartsWith("Only the first", last.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUpstreamThatIsNotThere_IsABadGateway()
    {
        int port;
        await using (LoopbackServer upstream = await StartAsync(_ => Task.CompletedTask))
        {
            port = upstream.Address.Port;
        }

        await using InspectorRun run = await InspectorRun.StartAsync(new Uri($"http://127.0.0.1:{port}"));
        using HttpResponseMessage response = await SendAsync(run, "/proxy/v1/chat/completions");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    [Fact]
    public async Task AnErrorOfTheUpstream_KeepsItsStatus()
    {
        await using LoopbackServer upstream = await StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"error":{"message":"slow down"}}""");
        });
        await using InspectorRun run = await InspectorRun.StartAsync(upstream.Address);
        using HttpResponseMessage response = await SendAsync(run, "/proxy/v1/chat/completions");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("slow down", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        JsonElement head = (await run.ReadStepsAsync(await ProxiedAsync(run)))[0];
        Assert.Equal("POST /v1/chat/completions (429)", head.GetProperty("title").GetString());
    }

    private static Task<LoopbackServer> StartAsync(RequestDelegate answer) => LoopbackServer.StartAsync(IPAddress.Loopback, 0, answer);

    private static Task<HttpResponseMessage> SendAsync(InspectorRun run, string path) =>
        run.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}") }, HttpCompletionOption.ResponseHeadersRead);

    // It is listed from its first byte on.
    private static async Task<int> ProxiedAsync(InspectorRun run)
    {
        while (true)
        {
            Task changed = run.Catalog.Changed;
            if (run.Catalog.List().FirstOrDefault(stream => stream.Source == Tool.Inspector.Streams.StreamSource.Proxied) is { } stream)
            {
                return stream.Id;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
