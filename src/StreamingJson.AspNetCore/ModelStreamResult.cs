using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.AspNetCore.Forwarding;

namespace StreamingJson.AspNetCore;

/// <summary>Forwards a model's stream to the client; see <see cref="ModelStreamResultExtensions"/>. To be executed once.</summary>
public sealed class ModelStreamResult : IResult, IContentTypeHttpResult
{
    private readonly Upstream _upstream;

    internal ModelStreamResult(Upstream upstream, ModelForwardOptions options)
    {
        _upstream = upstream;
        Options = options;
    }

    /// <summary>How it forwards.</summary>
    public ModelForwardOptions Options { get; }

    /// <summary><c>text/event-stream</c>.</summary>
    public string ContentType => "text/event-stream";

    /// <summary>
    /// Forwards the stream until it ends or the client goes away (<see cref="HttpContext.RequestAborted"/>), which ends the source. Failures of the provider are
    /// reported to the client and to <see cref="ModelForwardOptions.OnEnded"/>; they are not exceptions.
    /// </summary>
    /// <param name="httpContext">The request.</param>
    /// <returns>A task that ends when all is sent, and the source is disposed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="httpContext"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The result was executed before. The first execution goes on.</exception>
    /// <exception cref="Exception">What code of the application threw: a guard, or <see cref="ModelForwardOptions.OnEnded"/>.</exception>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var forwarder = new Forwarder(httpContext ?? throw new ArgumentNullException(nameof(httpContext)), Options);
        await forwarder.RunAsync(_upstream).ConfigureAwait(false);
    }
}
