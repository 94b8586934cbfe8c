using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool.Inspector.Streams;
using Xunit;

namespace StreamingJson.Inspector.Tests;

public class ServerTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/main.js", "text/javascript")]
    [InlineData("/inspector.css", "text/css")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task ThePage_ComesFromTheTool_AndMayLoadNothingFromElsewhere(string path, string contentType)
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        using HttpResponseMessage response = await run.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        string policy = Header(response, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task NothingInThePage_IsInline_OrFromElsewhere()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        string page = await run.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.DoesNotContain("//", page.Replace("<!doctype html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(" on", string.Concat(page.Split('<').Where(tag => !tag.StartsWith('p')).Select(tag => tag.Split('>')[0]).Where(tag => tag.Contains(" on", StringComparison.Ordinal) && tag.Contains("=\"", StringComparison.Ordinal) && !tag.Contains("aria-label", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
    }

    // A name of the attacker's that was pointed at this address; a page elsewhere; a frame elsewhere.
    [Theory]
    [InlineData("Host", "inspector.example")]
    [InlineData("Host", "127.0.0.1:1")]
    [InlineData("Host", "127.0.0.1.example:PORT")]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task ARequestOfAnotherSite_IsRefused(string header, string value)
    {
        await using InspectorRun run = await InspectorRun.StartAsync(new Uri("http://127.0.0.1:1"));
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, "/api/streams"), (HttpMethod.Post, "/api/streams"), (HttpMethod.Post, "/proxy/v1"), (HttpMethod.Get, "/main.js") })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = method == HttpMethod.Post ? new StringContent("[1]") : null;
            request.Headers.TryAddWithoutValidation(header, value.Replace("PORT", $"{run.Address.Port}", StringComparison.Ordinal));
            using HttpResponseMessage response = await run.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.NotEmpty((await InspectorRun.ReadAsync(response)).GetProperty("error").GetString()!);
        }

        Assert.DoesNotContain(await run.ListAsync(), stream => stream.GetProperty("source").GetString() == "pasted");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task OwnNames_AreTaken(string host)
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/streams") { Content = new StringContent("[1]") };
        request.Headers.Host = $"{host}:{run.Address.Port}";
        request.Headers.Add("Origin", $"http://{host}:{run.Address.Port}");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using HttpResponseMessage response = await run.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task APastedBody_IsShown_WhateverItIs()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        foreach ((byte[] body, string outcome) in new[]
        {
            ("""{"a":[1,2]}"""u8.ToArray(), "complete"),
            ("""{"a":[1,2"""u8.ToArray(), "truncated"),
            ("\0\u0001garbage\uFFFD"u8.ToArray(), "invalid"),
            ([0xFF, 0xFE, 0x80, 0x41], "truncated"),
            (Fixtures.Sample("openai-chat.sse"), "complete"),
            (Fixtures.Sample("anthropic-trouble.sse"), "invalid"),
        })
        {
            JsonElement last = (await run.ReadStepsAsync(await run.PasteAsync(body)))[^1];
            Assert.Equal("end", last.GetProperty("record").GetString());
            Assert.Equal(outcome, last.GetProperty("outcome").GetString());
            Assert.Equal(body.Length, last.GetProperty("bytes").GetInt64());
        }
    }

    [Fact]
    public async Task ABodyThatIsTooLarge_IsRefused_AndTheOthersStay()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        int id = await run.PasteAsync("[1]"u8.ToArray());
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, run.Address.Port);
            await using NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/streams HTTP/1.1\r\nHost: {run.Address.Authority}\r\nContent-Length: 1000000000\r\n\r\n"));
            using var reader = new StreamReader(stream);
            string answer = await reader.ReadToEndAsync();
            Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
            Assert.EndsWith("""{"error":"A body may have 16 MiB."}""", answer, StringComparison.Ordinal);
        }

        using HttpResponseMessage empty = await PostAsync(run, new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal("complete", (await run.ReadStepsAsync(id))[^1].GetProperty("outcome").GetString());
    }

    // One that announces nothing and does not end: the server does not wait for a gigabyte.
    [Fact]
    public async Task AnEndlessBody_IsCutOff()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, run.Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/streams HTTP/1.1\r\nHost: {run.Address.Authority}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        Task<string> answer = ReadLineAsync(stream);
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        long sent = 0;
        try
        {
            for (; sent < 1L << 30 && !answer.IsCompleted; sent += 0x10000)
            {
                await stream.WriteAsync(chunk);
            }
        }
        catch (IOException)
        {
            // It hung up, as it should.
        }

        Assert.InRange(sent, StreamCatalog.MaxBodyBytes - (1 << 20), 1L << 29);
        Assert.Contains("413", await answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await run.Client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task TheOldestMakesRoom()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        int first = await run.PasteAsync("[0]"u8.ToArray());
        for (int i = 0; i < StreamCatalog.MaxKeptStreams; i++)
        {
            await run.PasteAsync("[1]"u8.ToArray());
        }

        Assert.Equal(StreamCatalog.MaxKeptStreams, (await run.ListAsync()).Count(stream => stream.GetProperty("source").GetString() == "pasted"));
        using HttpResponseMessage gone = await run.Client.GetAsync(new Uri($"/api/streams/{first}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task LargeBodies_MakeRoomByTheirSize()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        byte[] large = Encoding.UTF8.GetBytes($"[\"{new string('x', StreamCatalog.MaxBodyBytes - 4)}\"]");
        for (int i = 0; i < 9; i++)
        {
            await run.PasteAsync(large);
        }

        int kept = (await run.ListAsync()).Count(stream => stream.GetProperty("source").GetString() == "pasted");
        Assert.Equal(StreamCatalog.MaxKeptBytes / large.Length, kept);
    }

    [Fact]
    public async Task AFileThatIsGone_IsSaid()
    {
        string path = Path.GetTempFileName();
        await using InspectorRun run = await InspectorRun.StartAsync(null, path);
        File.Delete(path);
        using HttpResponseMessage response = await run.Client.GetAsync(new Uri("/api/streams/1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/api/streams/99", 404)]
    [InlineData("GET", "/api/streams/x", 404)]
    [InlineData("GET", "/../main.js", 200)]
    [InlineData("GET", "/proxy/v1", 404)]
    [InlineData("DELETE", "/api/streams", 405)]
    [InlineData("POST", "/", 405)]
    public async Task OtherRequests_HaveAClearStatus(string method, string path, int status)
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await run.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task WhoWatches_IsToldOfEveryChange()
    {
        await using InspectorRun run = await InspectorRun.StartAsync();
        await using Stream stream = await run.Client.GetStreamAsync(new Uri("/api/watch", UriKind.Relative));
        using var reader = new StreamReader(stream);
        Assert.DoesNotContain("pasted", await reader.ReadLineAsync(), StringComparison.Ordinal);
        await reader.ReadLineAsync();
        await run.PasteAsync("[1]"u8.ToArray());
        Assert.Contains("\"source\":\"pasted\"", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(InspectorRun run, HttpContent body) => run.Client.PostAsync(new Uri("/api/streams", UriKind.Relative), body);

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        byte[] buffer = new byte[512];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
