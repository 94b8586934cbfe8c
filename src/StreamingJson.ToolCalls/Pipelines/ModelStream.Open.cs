using System;
using System.IO;
using System.IO.Pipelines;
using System.Net.Http;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Framing;
using StreamingJson.ToolCalls.Pipelines;

namespace StreamingJson.ToolCalls;

/// <content>The sources.</content>
public sealed partial class ModelStream
{
    /// <summary>Reads a pipe, which <see cref="DisposeAsync"/> completes unless <paramref name="leaveOpen"/>.</summary>
    /// <param name="input">The source.</param>
    /// <param name="options">What to expect; <see langword="null"/> for everything recognised.</param>
    /// <param name="leaveOpen">Whether the caller completes <paramref name="input"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The framing of the options is <see cref="FrameFormat.Message"/>, which a pipe does not have.</exception>
    /// <exception cref="NotSupportedException">This version does not read the protocol of the options.</exception>
    public static ModelStream Open(PipeReader input, ModelStreamOptions? options = null, bool leaveOpen = false) =>
        new(new PipeSource(NotNull(input), leaveOpen), CreateReader(options));

    /// <summary>Reads a stream from its current position; <see cref="DisposeAsync"/> disposes it unless <paramref name="leaveOpen"/>.</summary>
    /// <param name="input">The source.</param>
    /// <param name="options">What to expect; <see langword="null"/> for everything recognised.</param>
    /// <param name="leaveOpen">Whether the caller disposes <paramref name="input"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The framing of the options is <see cref="FrameFormat.Message"/>, which a stream does not have.</exception>
    /// <exception cref="NotSupportedException">This version does not read the protocol of the options.</exception>
    public static ModelStream Open(Stream input, ModelStreamOptions? options = null, bool leaveOpen = false) =>
        new(new StreamSource(NotNull(input), leaveOpen ? null : input), CreateReader(options));

    /// <summary>
    /// Reads a WebSocket, each message of it one payload; <see cref="DisposeAsync"/> disposes it unless <paramref name="leaveOpen"/>, and the closing
    /// handshake is the caller's in both cases. Sending on the socket meanwhile is fine.
    /// </summary>
    /// <param name="input">The source, connected.</param>
    /// <param name="options">What to expect; <see langword="null"/> for everything recognised. Its framing does not count.</param>
    /// <param name="leaveOpen">Whether the caller disposes <paramref name="input"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="NotSupportedException">This version does not read the protocol of the options.</exception>
    public static ModelStream Open(WebSocket input, ModelStreamOptions? options = null, bool leaveOpen = false) =>
        new(new WebSocketSource(NotNull(input), leaveOpen), new ModelStreamReader((options ?? ModelStreamOptions.Default) with { Framing = FrameFormat.Message }));

    /// <summary>
    /// Reads the content of a response, whatever its status, since a failure has a body too; <see cref="DisposeAsync"/> disposes the response unless
    /// <paramref name="leaveOpen"/>. The content type gives the framing, unless the options do.
    /// </summary>
    /// <remarks>Send the request with <see cref="HttpCompletionOption.ResponseHeadersRead"/>; otherwise the whole response is buffered first.</remarks>
    /// <param name="response">The response.</param>
    /// <param name="options">What to expect; <see langword="null"/> for everything recognised.</param>
    /// <param name="leaveOpen">Whether the caller disposes <paramref name="response"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the content; the response is then disposed as by <see cref="DisposeAsync"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is null.</exception>
    /// <exception cref="ArgumentException">The framing of the options is <see cref="FrameFormat.Message"/>, which a response does not have.</exception>
    /// <exception cref="NotSupportedException">This version does not read the protocol of the options.</exception>
    public static async Task<ModelStream> OpenAsync(
        HttpResponseMessage response, ModelStreamOptions? options = null, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        NotNull(response);
        options ??= ModelStreamOptions.Default;
        ModelStreamReader reader = CreateReader(options with { ContentType = options.ContentType ?? response.Content?.Headers.ContentType?.ToString() });
        try
        {
            return new ModelStream(new StreamSource(await OpenContentAsync(response, cancellationToken).ConfigureAwait(false), leaveOpen ? null : response), reader);
        }
        catch
        {
            reader.Dispose();
            if (!leaveOpen)
            {
                response.Dispose();
            }

            throw;
        }
    }

    private static Task<Stream> OpenContentAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
#if NET
        return response.Content.ReadAsStreamAsync(cancellationToken);
#else
        cancellationToken.ThrowIfCancellationRequested();
        return response.Content?.ReadAsStreamAsync() ?? Task.FromResult(Stream.Null);
#endif
    }

    private static ModelStreamReader CreateReader(ModelStreamOptions? options) => options?.Framing == FrameFormat.Message
        ? throw new ArgumentException("This source has no messages of its own.", nameof(options))
        : new ModelStreamReader(options);

    private static T NotNull<T>(T input)
        where T : class => input ?? throw new ArgumentNullException(nameof(input));
}
