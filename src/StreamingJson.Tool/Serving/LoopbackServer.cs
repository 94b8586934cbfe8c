using System;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StreamingJson.Tool.Input;

namespace StreamingJson.Tool.Serving;

/// <summary>
/// One handler behind HTTP/1.1 on one address, which may accept WebSockets. Nothing but its arguments configures it: neither the environment nor a file in the current folder, and it
/// logs nothing, for standard output belongs to the records of the tool.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    // Streams may go on for ever; whoever stops the server has seen enough.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, with the port that was picked: <c>http://127.0.0.1:5005</c>.</summary>
    public Uri Address { get; private init; } = null!;

    /// <summary>Starts to listen.</summary>
    /// <param name="host">The address to listen on.</param>
    /// <param name="port">The port; 0 picks a free one.</param>
    /// <param name="handler">Answers every request.</param>
    /// <param name="configure">Further options of the server, its limits say.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">The address cannot be listened on.</exception>
    public static async Task<LoopbackServer> StartAsync(
        IPAddress host, int port, RequestDelegate handler, Action<KestrelServerOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(host, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            configure?.Invoke(options);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.Run(handler);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await app.DisposeAsync();
            throw new InputException(exception.Message, exception);
        }

        foreach (string address in app.Urls)
        {
            return new LoopbackServer(app) { Address = new Uri(address) };
        }

        throw new InvalidOperationException("A server that was started has an address.");
    }

    /// <summary>Stops to listen; what still goes on is broken off.</summary>
    public async ValueTask DisposeAsync()
    {
        using var ended = new CancellationTokenSource(ShutdownTimeout);
        await _app.StopAsync(ended.Token);
        await _app.DisposeAsync();
    }
}
