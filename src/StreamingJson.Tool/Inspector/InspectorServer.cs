using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Serving;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector;

/// <summary>What the inspector serves.</summary>
/// <param name="Address">The address to listen on.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="Upstream">Where requests to <see cref="InspectorServer.ProxyPath"/> are forwarded; <see langword="null"/> for nowhere.</param>
/// <param name="Protocol">The dialect of the upstream, where the user gave one.</param>
internal sealed record InspectorOptions(IPAddress Address, int Port, Uri? Upstream = null, ModelProtocol Protocol = ModelProtocol.Auto);

/// <summary>The server of the inspector: the page, the streams that it shows, and the way to an upstream.</summary>
/// <remarks>
/// <code>
/// GET  /                     the page, and its files
/// GET  /api/streams          what there is to see: {"streams":[{"id","title","source","live"}],"max_bytes","proxy"}
/// GET  /api/watch            the same, as server-sent events: now, and whenever it changed
/// POST /api/streams?title=   a body to be shown: 201 {"id"}, 413 when it is larger than 16 MiB
/// GET  /api/streams/ID       the steps of a stream, one JSON object a line, as they come
/// any  /proxy/...            forwarded to the upstream
/// </code>
/// Failures are <c>{"error":"..."}</c> with a status of their own.
/// </remarks>
internal sealed class InspectorServer : IAsyncDisposable
{
    /// <summary>What is below it is forwarded.</summary>
    public const string ProxyPath = "/proxy";

    private const string ApiPath = "/api/streams";

    private const int MaxConnections = 256;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly InspectorOptions _options;
    private readonly StreamCatalog _catalog;
    private readonly UpstreamProxy? _proxy;
    private LoopbackServer? _host;

    private InspectorServer(InspectorOptions options, StreamCatalog catalog)
    {
        _options = options;
        _catalog = catalog;
        _proxy = options.Upstream is { } upstream ? new UpstreamProxy(upstream, catalog, options.Protocol) : null;
    }

    /// <summary>Where the page is.</summary>
    public Uri Address => _host!.Address;

    /// <summary>Starts to serve.</summary>
    /// <exception cref="Input.InputException">The address cannot be listened on.</exception>
    public static async Task<InspectorServer> StartAsync(InspectorOptions options, StreamCatalog catalog, CancellationToken cancellationToken = default)
    {
        var server = new InspectorServer(options, catalog);
        server._host = await LoopbackServer.StartAsync(options.Address, options.Port, server.AnswerAsync, Configure, cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        _proxy?.Dispose();
    }

    /// <summary>Answers that something is refused, and why.</summary>
    internal static Task RefuseAsync(HttpContext context, int status, string reason) =>
        WriteAsync(context, status, writer => writer.WriteString("error", reason));

    private static void Configure(KestrelServerOptions server)
    {
        server.Limits.MaxRequestBodySize = StreamCatalog.MaxBodyBytes;
        server.Limits.MaxConcurrentConnections = MaxConnections;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        bool isProxied = context.Request.Path.StartsWithSegments(ProxyPath, out PathString rest);
        InspectorPage.Protect(context.Response, isProxied);
        try
        {
            if (RequestGuard.Refuse(context.Request, _options.Address) is { } reason)
            {
                await RefuseAsync(context, StatusCodes.Status403Forbidden, reason);
            }
            else if (isProxied)
            {
                await ForwardAsync(context, rest.HasValue ? rest.ToUriComponent() : "/", context.RequestAborted);
            }
            else
            {
                await RouteAsync(context, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the answer any more.
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, exception.StatusCode, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : exception.Message);
        }
    }

    private static string TooLarge { get; } =
        string.Create(CultureInfo.InvariantCulture, $"A body may have {StreamCatalog.MaxBodyBytes / (1024 * 1024)} MiB.");

    private Task ForwardAsync(HttpContext context, string path, CancellationToken cancellationToken)
    {
        if (_proxy is null)
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, "There is no upstream: start the inspector with --upstream URL.");
        }

        // Images and files go to models, too; nothing of a request is kept.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        return context.WebSockets.IsWebSocketRequest || context.Request.Headers.ContainsKey("Upgrade")
            ? RefuseAsync(context, StatusCodes.Status501NotImplemented, "WebSockets are not forwarded.")
            : _proxy.ForwardAsync(context, path, cancellationToken);
    }

    private Task RouteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        string path = context.Request.Path.Value!;
        bool isPost = HttpMethods.IsPost(context.Request.Method);
        if (path == ApiPath && isPost)
        {
            return AddAsync(context, cancellationToken);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = path == ApiPath ? "GET, HEAD, POST" : "GET, HEAD";
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "The method is not allowed here.");
        }

        if (path == ApiPath)
        {
            return WriteAsync(context, StatusCodes.Status200OK, WriteList);
        }

        if (path == "/api/watch")
        {
            return StreamResponses.WatchAsync(context, _catalog, WriteList, cancellationToken);
        }

        return path.StartsWith(ApiPath + "/", StringComparison.Ordinal) && int.TryParse(path.AsSpan(ApiPath.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? AnswerStreamAsync(context, id, cancellationToken)
            : AnswerFileAsync(context);
    }

    private static async Task AnswerFileAsync(HttpContext context)
    {
        if (!await InspectorPage.TryAnswerAsync(context))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
        }
    }

    private async Task AnswerStreamAsync(HttpContext context, int id, CancellationToken cancellationToken)
    {
        if (_catalog.Find(id) is not { } stream)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such stream, or it made room for others.");
            return;
        }

        OpenedStream content;
        try
        {
            content = await stream.OpenAsync(cancellationToken);
        }
        catch (Input.InputException exception)
        {
            await RefuseAsync(context, StatusCodes.Status410Gone, exception.Message);
            return;
        }

        await StreamResponses.WriteStepsAsync(context, stream, content, stream.Source is StreamSource.Sample ? ModelProtocol.Auto : _options.Protocol, cancellationToken);
    }

    private async Task AddAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is empty.");
            return;
        }

        string? title = context.Request.Query["title"];
        title = string.IsNullOrWhiteSpace(title) ? "Pasted" : title.Length > 80 ? title[..80] : title;
        if (_catalog.Add(title, body.GetBuffer().AsMemory(0, (int)body.Length)) is not { } added)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "There is no room: too many streams still arrive.");
            return;
        }

        context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{ApiPath}/{added.Id}");
        await WriteAsync(context, StatusCodes.Status201Created, writer => writer.WriteNumber("id", added.Id));
    }

    private void WriteList(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("streams");
        foreach (InspectedStream stream in _catalog.List())
        {
            writer.WriteStartObject();
            StreamResponses.WriteIdentity(writer, stream);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("max_bytes", StreamCatalog.MaxBodyBytes);
        writer.WriteString("proxy", _proxy is null ? null : new Uri(Address, ProxyPath + "/").ToString());
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(body, Relaxed))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
    }
}
