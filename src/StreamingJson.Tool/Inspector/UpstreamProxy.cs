using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector;

/// <summary>
/// Forwards requests to an upstream, and the answers back as they arrive, unchanged; the body of each answer is logged on its way, so that the
/// page can show it. Neither headers nor the request are: there are keys in them.
/// </summary>
internal sealed class UpstreamProxy : IDisposable
{
    private const int ReadSize = 16 * 1024;

    // Of one connection and not of the message (RFC 9110, section 7.6.1), or of this host and none of the upstream's business. Without
    // Accept-Encoding the answer is not compressed, so that it can be read.
    private static readonly string[] NotForwarded =
    [
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Host", "Accept-Encoding", "Cookie", "Set-Cookie", "Origin", "Referer", "Content-Security-Policy", "Cache-Control",
        "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Strict-Transport-Security",
    ];

    private readonly Uri _upstream;
    private readonly StreamCatalog _catalog;
    private readonly ModelProtocol _protocol;
    private readonly HttpMessageInvoker _client;

    /// <param name="upstream">Where to: an absolute address; what follows the path of the proxy is appended to its path.</param>
    /// <param name="catalog">Where the answers are to be found.</param>
    /// <param name="protocol">The dialect of the upstream, where the user gave one.</param>
    public UpstreamProxy(Uri upstream, StreamCatalog catalog, ModelProtocol protocol)
    {
        _upstream = upstream;
        _catalog = catalog;
        _protocol = protocol;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !upstream.IsLoopback,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(30),
        });
    }

    /// <summary>Forwards one request.</summary>
    /// <param name="context">The request and its answer.</param>
    /// <param name="path">What follows the path of the proxy, with its slash.</param>
    /// <param name="cancellationToken">Ends the forwarding: the client went away.</param>
    public async Task ForwardAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using HttpRequestMessage request = CreateRequest(context.Request, path);
        HttpResponseMessage response;
        try
        {
            response = await _client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            await InspectorServer.RefuseAsync(context, StatusCodes.Status502BadGateway, $"The upstream cannot be reached: {exception.Message}");
            return;
        }

        using (response)
        {
            await AnswerAsync(context, response, $"{request.Method} {path}", started, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage CreateRequest(HttpRequest incoming, string path)
    {
        var target = new UriBuilder(_upstream) { Path = _upstream.AbsolutePath.TrimEnd('/') + path, Query = incoming.QueryString.Value };
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), target.Uri);
        if (incoming.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            request.Content = new StreamContent(incoming.Body);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in incoming.Headers)
        {
            if (IsForwarded(name, incoming.Headers.Connection) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private async Task AnswerAsync(HttpContext context, HttpResponseMessage response, string title, long started, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        Copy(response.Headers, context.Response.Headers);
        Copy(response.Content.Headers, context.Response.Headers);
        if (response.StatusCode is System.Net.HttpStatusCode.NoContent or System.Net.HttpStatusCode.NotModified || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (!response.IsSuccessStatusCode)
        {
            title = $"{title} ({(int)response.StatusCode})";
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var arrival = new Arrival(_catalog, title, StreamSource.Proxied, response.Content.Headers.ContentType?.ToString(), _protocol, started);
        byte[] buffer = new byte[ReadSize];
        try
        {
            while (await ReadAsync(body, buffer, arrival, cancellationToken) is > 0 and int read)
            {
                arrival.Append(buffer.AsSpan(0, read));
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
            }

            arrival.Complete();
        }
        catch (OperationCanceledException)
        {
            arrival.Complete(LogEnd.Aborted, "The client went away.");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The client must not take what it has for all of it.
            arrival.Complete(LogEnd.Aborted, exception.Message);
            context.Abort();
        }
    }

    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, Arrival arrival, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            arrival.Complete(LogEnd.Aborted, "The upstream broke off.");
            throw;
        }
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to)
    {
        from.TryGetValues("Connection", out System.Collections.Generic.IEnumerable<string>? connection);
        foreach ((string name, System.Collections.Generic.IEnumerable<string> values) in from)
        {
            if (IsForwarded(name, string.Join(',', connection ?? [])))
            {
                to[name] = values.ToArray();
            }
        }
    }

    // Connection names further headers that are of the connection alone.
    private static bool IsForwarded(string name, string? connection) =>
        !NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.StartsWith("Sec-Fetch-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
        && !(connection ?? string.Empty).Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);
}
