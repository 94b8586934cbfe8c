using System;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson;

/// <content>The event-only parser: its handler is called while a read is appended.</content>
public static partial class StreamingJsonPipelines
{
    /// <summary>
    /// Awaits one read and appends what it brought; the handler is called meanwhile. At the end of the source it calls
    /// <see cref="JsonEventParser{THandler}.Complete"/>.
    /// </summary>
    /// <remarks>The reader is never completed: that stays with the caller. What the handler throws is thrown here; what was read with it is consumed.</remarks>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether anything was read, the end included. False when the outcome was settled before.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the read was by <see cref="PipeReader.CancelPendingRead"/>: what it brought is appended.</exception>
    /// <exception cref="InvalidOperationException">An earlier call was left by an exception of the handler.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public static ValueTask<bool> ReadAsync<THandler>(this JsonEventParser<THandler> parser, PipeReader reader, CancellationToken cancellationToken = default)
        where THandler : struct, IJsonEventHandler
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(reader, nameof(reader));
        return parser.Outcome == JsonOutcome.Partial ? ReadOnceAsync(parser, reader, cancellationToken) : default;
    }

    /// <summary>Reads to the end of the source, or to the first error. Does not throw for a bad text: look at the outcome.</summary>
    /// <remarks>The reader is completed at the end, however it comes, unless <paramref name="leaveOpen"/>.</remarks>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The outcome: never <see cref="JsonOutcome.Partial"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException"><see cref="JsonEventParser{THandler}.Complete"/> was called before.</exception>
    /// <exception cref="OperationCanceledException">As for <see cref="ReadAsync{THandler}"/>.</exception>
    public static Task<JsonOutcome> ReadToEndAsync<THandler>(
        this JsonEventParser<THandler> parser, PipeReader reader, bool leaveOpen = false, CancellationToken cancellationToken = default)
        where THandler : struct, IJsonEventHandler
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(reader, nameof(reader));
        return ReadAllAsync(parser, reader, leaveOpen, cancellationToken);
    }

    /// <summary>As <see cref="ReadToEndAsync{THandler}(JsonEventParser{THandler}, PipeReader, bool, CancellationToken)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadToEndAsync{THandler}(JsonEventParser{THandler}, PipeReader, bool, CancellationToken)"/>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="parser">The parser.</param>
    /// <param name="stream">The source.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static Task<JsonOutcome> ReadToEndAsync<THandler>(
        this JsonEventParser<THandler> parser, Stream stream, bool leaveOpen = false, CancellationToken cancellationToken = default)
        where THandler : struct, IJsonEventHandler
    {
        ThrowIfNull(parser, nameof(parser));
        return ReadAllAsync(parser, ToReader(stream, leaveOpen), leaveOpen: false, cancellationToken);
    }
}
