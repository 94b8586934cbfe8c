using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StreamingJson.Tool.Input;

namespace StreamingJson.Tool.Hosting;

/// <summary>Where a server of the tool listens.</summary>
/// <param name="Address">The address; loopback unless the user told otherwise.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="MaxBodyBytes">The largest body of a request, in bytes; a larger one is answered 413.</param>
internal sealed record LoopbackHostOptions(IPAddress Address, int Port, long MaxBodyBytes);

/// <summary>
/// A web server inside the tool: one delegate takes all requests. It reads no configuration of its surroundings (no <c>appsettings.json</c>, no
/// <c>ASPNETCORE_</c> variables), writes no log, and leaves signals to the command.
/// </summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackHost(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:5173/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">Where.</param>
    /// <param name="handle">Answers each request. The token is cancelled when the server stops: endless responses end with it.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InputException">The address cannot be listened on: the port is in use, say.</exception>
    public static async Task<LoopbackHost> StartAsync(
        LoopbackHostOptions options, Func<HttpContext, CancellationToken, Task> handle, CancellationToken cancellationToken = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        CancellationToken stopping = application.Lifetime.ApplicationStopping;
        application.Run(context => handle(context, stopping));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync();
            throw new InputException($"{new IPEndPoint(options.Address, options.Port)} cannot be listened on: {exception.Message}", exception);
        }

        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LoopbackHost(application, new Uri(address));
    }

    /// <summary>Stops: what is still being answered is told by its token, and cut after two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    // The default one listens to signals, which are the command's.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
