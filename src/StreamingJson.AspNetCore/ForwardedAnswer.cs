using System;
using Microsoft.AspNetCore.Http;
using StreamingJson.Binding;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore;

/// <summary>How forwarding a stream ended.</summary>
public enum ForwardOutcome
{
    /// <summary>It has not ended.</summary>
    Running = 0,

    /// <summary>The provider finished. A call may have been cut or invalid all the same: each has its own verdict.</summary>
    Complete = 1,

    /// <summary>The provider reported an error, in the stream or by its status.</summary>
    ProviderError = 2,

    /// <summary>The provider's stream ended too early, or its connection failed.</summary>
    Truncated = 3,

    /// <summary>What came is not a stream of a known provider, or cannot be divided into frames.</summary>
    Invalid = 4,

    /// <summary>A guard stopped it.</summary>
    Stopped = 5,

    /// <summary>The client went away; the provider was cancelled.</summary>
    ClientAborted = 6,

    /// <summary>The application's own code threw: a guard, for example. Its exception comes out of the endpoint.</summary>
    Failed = 7,
}

/// <summary>What became of a stream that was forwarded. Valid only during the call that it is passed to.</summary>
public sealed class ForwardedAnswer
{
    internal ForwardedAnswer(HttpContext httpContext, ModelForwardOptions options)
    {
        HttpContext = httpContext;
        Options = options;
    }

    /// <summary>The request.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>What was asked for.</summary>
    public ModelForwardOptions Options { get; }

    /// <summary>How it ended.</summary>
    public ForwardOutcome Outcome { get; internal set; }

    /// <summary>
    /// The whole answer, as the provider sent it: nothing in it is redacted. <see cref="FinalMessageWriter"/> writes it as JSON. <see langword="null"/> when the
    /// provider answered with a status of failure or with content that is not a stream, and nothing was read.
    /// </summary>
    public ModelStreamReader? Reader { get; internal set; }

    /// <summary>Where a guard stopped the stream; <see langword="null"/> if none did.</summary>
    public StreamStop? Stop { get; internal set; }

    /// <summary>What the source or the application threw; <see langword="null"/> for nothing.</summary>
    public Exception? Exception { get; internal set; }

    /// <summary>The status that the provider answered with; <see langword="null"/> if the source was not an HTTP response.</summary>
    public int? ProviderStatus { get; internal set; }

    /// <summary>How many bytes of the body were sent.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>How many events were sent.</summary>
    public long EventsSent { get; internal set; }

    /// <summary>From the beginning of the forwarding to its end.</summary>
    public TimeSpan Duration { get; internal set; }
}
