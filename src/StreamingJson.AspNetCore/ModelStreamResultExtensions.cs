using System;
using System.IO;
using System.IO.Pipelines;
using System.Net.Http;
using Microsoft.AspNetCore.Http;
using StreamingJson.AspNetCore.Forwarding;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore;

/// <summary>Results of endpoints that forward a model's stream: <c>Results.Extensions.ModelStream(response)</c>, or the same of <c>TypedResults.Extensions</c>.</summary>
public static class ModelStreamResultExtensions
{
    /// <summary>
    /// Forwards the body of a provider's response while it arrives. A status of failure, or a content type that is not a stream, becomes a status of this response:
    /// 429, 503 and 504 if the provider says so (with its <c>Retry-After</c>), otherwise 502, and a problem document (RFC 9457) that repeats nothing of the provider's.
    /// </summary>
    /// <remarks>Send the request with <see cref="HttpCompletionOption.ResponseHeadersRead"/>; otherwise the whole response is buffered first.</remarks>
    /// <param name="results">Where results are made.</param>
    /// <param name="response">The response. The result disposes it when it is executed; you need not.</param>
    /// <param name="options">How; <see langword="null"/> for <see cref="ModelForwardOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="results"/> or <paramref name="response"/> is null.</exception>
    public static ModelStreamResult ModelStream(this IResultExtensions results, HttpResponseMessage response, ModelForwardOptions? options = null) =>
        Create(results, new ResponseUpstream(NotNull(response, nameof(response))), options);

    /// <summary>Forwards a stream of bytes, which the result disposes when it is executed.</summary>
    /// <param name="results">Where results are made.</param>
    /// <param name="source">The provider's stream.</param>
    /// <param name="options">How; <see langword="null"/> for <see cref="ModelForwardOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="results"/> or <paramref name="source"/> is null.</exception>
    public static ModelStreamResult ModelStream(this IResultExtensions results, Stream source, ModelForwardOptions? options = null)
    {
        NotNull(source, nameof(source));
        return Create(results, new OpenedUpstream(reader => ToolCalls.ModelStream.Open(source, reader), source.DisposeAsync), options);
    }

    /// <summary>Forwards the bytes of a pipe, which the result completes when it is executed.</summary>
    /// <param name="results">Where results are made.</param>
    /// <param name="source">The provider's stream.</param>
    /// <param name="options">How; <see langword="null"/> for <see cref="ModelForwardOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="results"/> or <paramref name="source"/> is null.</exception>
    public static ModelStreamResult ModelStream(this IResultExtensions results, PipeReader source, ModelForwardOptions? options = null)
    {
        NotNull(source, nameof(source));
        return Create(results, new OpenedUpstream(reader => ToolCalls.ModelStream.Open(source, reader), () => source.CompleteAsync()), options);
    }

    /// <summary>Forwards a stream that is already a <see cref="ToolCalls.ModelStream"/>, of a WebSocket for example, from its current position. The result disposes it when it is executed.</summary>
    /// <param name="results">Where results are made.</param>
    /// <param name="source">The provider's stream. If it keeps its texts, memory grows with them.</param>
    /// <param name="options">How; <see langword="null"/> for <see cref="ModelForwardOptions.Default"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="results"/> or <paramref name="source"/> is null.</exception>
    public static ModelStreamResult ModelStream(this IResultExtensions results, ModelStream source, ModelForwardOptions? options = null)
    {
        NotNull(source, nameof(source));
        return Create(results, new OpenedUpstream(_ => source, source.DisposeAsync), options);
    }

    private static ModelStreamResult Create(IResultExtensions results, Upstream upstream, ModelForwardOptions? options)
    {
        NotNull(results, nameof(results));
        return new ModelStreamResult(upstream, options ?? ModelForwardOptions.Default);
    }

    private static T NotNull<T>(T argument, string name)
        where T : class => argument ?? throw new ArgumentNullException(name);
}
