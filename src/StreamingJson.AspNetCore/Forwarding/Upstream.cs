using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Forwarding;

/// <summary>Where a stream comes from. Whoever claims it opens it, once, and ends it.</summary>
internal abstract class Upstream
{
    private int _isClaimed;

    /// <summary>Makes the source the caller's.</summary>
    /// <exception cref="InvalidOperationException">It is somebody else's, who may still be reading it.</exception>
    public void Claim()
    {
        if (Interlocked.Exchange(ref _isClaimed, 1) != 0)
        {
            throw new InvalidOperationException("The result was executed before.");
        }
    }

    /// <summary>Opens the stream, which then owns the source; <see langword="null"/> when the provider sent none, as <paramref name="refusal"/> says.</summary>
    public abstract ValueTask<ModelStream?> OpenAsync(ModelStreamOptions options, UpstreamRefusal refusal, CancellationToken cancellationToken);

    /// <summary>Ends the source of a stream that could not be opened.</summary>
    public abstract ValueTask EndAsync();
}

/// <summary>What the provider answered, if not with a stream.</summary>
internal sealed class UpstreamRefusal
{
    /// <summary>The provider's status; <see langword="null"/> where it was no HTTP response.</summary>
    public int? ProviderStatus { get; set; }

    /// <summary>What the client is told.</summary>
    public int Status { get; set; } = StatusCodes.Status502BadGateway;

    /// <summary>The provider's <c>Retry-After</c>, if it may be passed on.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>How it counts.</summary>
    public ForwardOutcome Outcome { get; set; }
}

/// <summary>Bytes, or a stream that somebody has opened.</summary>
internal sealed class OpenedUpstream(Func<ModelStreamOptions, ModelStream> open, Func<ValueTask> end) : Upstream
{
    public override ValueTask EndAsync() => end();

    public override ValueTask<ModelStream?> OpenAsync(ModelStreamOptions options, UpstreamRefusal refusal, CancellationToken cancellationToken) =>
        new(open(options));
}

/// <summary>An HTTP response: its status and content type are looked at first.</summary>
internal sealed class ResponseUpstream(HttpResponseMessage response) : Upstream
{
    public override ValueTask EndAsync()
    {
        response.Dispose();
        return default;
    }

    public override async ValueTask<ModelStream?> OpenAsync(ModelStreamOptions options, UpstreamRefusal refusal, CancellationToken cancellationToken)
    {
        refusal.ProviderStatus = (int)response.StatusCode;
        if (!response.IsSuccessStatusCode)
        {
            refusal.Outcome = ForwardOutcome.ProviderError;
            refusal.Status = StatusFor(response.StatusCode);
            refusal.RetryAfter = refusal.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
                ? response.Headers.RetryAfter?.ToString()
                : null;
            return null;
        }

        if (!IsStream(response.Content.Headers.ContentType))
        {
            refusal.Outcome = ForwardOutcome.Invalid;
            return null;
        }

        return await ModelStream.OpenAsync(response, options, leaveOpen: false, cancellationToken).ConfigureAwait(false);
    }

    // What is wrong with the request or the key of this server is no fault of the client. 529 is Anthropic's "overloaded".
    private static int StatusFor(HttpStatusCode status) => (int)status switch
    {
        StatusCodes.Status429TooManyRequests => StatusCodes.Status429TooManyRequests,
        StatusCodes.Status503ServiceUnavailable or 529 => StatusCodes.Status503ServiceUnavailable,
        StatusCodes.Status408RequestTimeout or StatusCodes.Status504GatewayTimeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status502BadGateway,
    };

    // Whatever a provider or a gateway calls its streams; a page of a captive portal is none. What it really is, its bytes say.
    private static bool IsStream(MediaTypeHeaderValue? type) => type?.MediaType is not { } name
        || Is(name, "text/event-stream") || Is(name, "application/json") || Is(name, "application/x-ndjson") || Is(name, "application/jsonl")
        || Is(name, "application/stream+json") || Is(name, "application/vnd.amazon.eventstream") || Is(name, "application/octet-stream") || Is(name, "text/plain");

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
