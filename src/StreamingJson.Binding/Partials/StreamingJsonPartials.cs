using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using StreamingJson.Binding.Partials;

namespace StreamingJson.Binding;

/// <summary>Reads a text as a value of a type while it is being written.</summary>
/// <remarks>
/// The type information comes from a source-generated context or from
/// <see cref="System.Text.Json.JsonSerializerOptions.GetTypeInfo(Type)"/>; it is what its own options resolve for the type. Nothing
/// here reflects over members, so that trimming and AOT compilation are safe wherever the type information is.
/// </remarks>
public static class StreamingJsonPartials
{
    /// <summary>A reader of what the parser has so far, to be asked whenever you like.</summary>
    /// <example>
    /// <code>
    /// PartialReader&lt;Plan&gt; plans = parser.ReadPartial(PlanContext.Default.Plan);
    /// foreach (string delta in deltas)
    /// {
    ///     parser.Append(delta);
    ///     Render(plans.Read().Value);
    /// }
    /// </code>
    /// </example>
    /// <param name="parser">The parser; it stays with its owner.</param>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing; by default as the contract says.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parser"/> or <paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    public static PartialReader<T> ReadPartial<T>(
        this StreamingJsonParser parser, JsonTypeInfo<T> jsonTypeInfo, PartialOptions? options = null) => new(parser, jsonTypeInfo, options);

    /// <summary>Reads to the end, and gives a partial for each read that brought something, and for the end.</summary>
    /// <remarks>
    /// The reader is completed when the enumeration ends, however it ends, unless <paramref name="leaveOpen"/>. The last partial says how
    /// the text ended. A value that does not fit the type is reported by <see cref="Partial{T}.Error"/>, and reading goes on.
    /// </remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    /// <exception cref="StreamingJsonException">After the last partial: the text is invalid or was truncated.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the read was by <see cref="PipeReader.CancelPendingRead"/>.</exception>
    public static IAsyncEnumerable<Partial<T>> ReadPartialsAsync<T>(
        this StreamingJsonParser parser,
        PipeReader reader,
        JsonTypeInfo<T> jsonTypeInfo,
        PartialOptions? options = null,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default)
    {
        _ = reader ?? throw new ArgumentNullException(nameof(reader));
        PartialReader<T> partials = parser.ReadPartial(jsonTypeInfo, options);
        return PartialEnumeration.OfSnapshots(partials, parser.ReadSnapshotsAsync(reader, leaveOpen, cancellationToken), cancellationToken);
    }

    /// <summary>As the overload for a <see cref="PipeReader"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadPartialsAsync{T}(StreamingJsonParser, PipeReader, JsonTypeInfo{T}, PartialOptions, bool, CancellationToken)"/>
    /// <param name="parser">The parser.</param>
    /// <param name="stream">The source.</param>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static IAsyncEnumerable<Partial<T>> ReadPartialsAsync<T>(
        this StreamingJsonParser parser,
        Stream stream,
        JsonTypeInfo<T> jsonTypeInfo,
        PartialOptions? options = null,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default)
    {
        _ = stream ?? throw new ArgumentNullException(nameof(stream));
        PartialReader<T> partials = parser.ReadPartial(jsonTypeInfo, options);
        return PartialEnumeration.OfSnapshots(partials, parser.ReadSnapshotsAsync(stream, leaveOpen, cancellationToken), cancellationToken);
    }

    /// <summary>Appends the deltas of an SDK, and gives a partial for each of them and for the end.</summary>
    /// <remarks>
    /// A delta is UTF-16, cut anywhere, also inside a surrogate pair. After an error no further delta is asked for. The last partial says
    /// how the text ended. A value that does not fit the type is reported by <see cref="Partial{T}.Error"/>, and reading goes on. Of a parser
    /// that is through already nothing is read, and nothing given.
    /// </remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="deltas">The source; its enumerator is disposed at the end.</param>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing.</param>
    /// <param name="cancellationToken">Is given to the source.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    /// <exception cref="StreamingJsonException">After the last partial: the text is invalid or was truncated.</exception>
    public static IAsyncEnumerable<Partial<T>> ReadPartialsAsync<T>(
        this StreamingJsonParser parser,
        IAsyncEnumerable<string> deltas,
        JsonTypeInfo<T> jsonTypeInfo,
        PartialOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        _ = deltas ?? throw new ArgumentNullException(nameof(deltas));
        PartialReader<T> partials = parser.ReadPartial(jsonTypeInfo, options);
        return PartialEnumeration.OfSnapshots(partials, parser.ReadSnapshotsAsync(deltas, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Gives partials of a text that somebody else feeds to the parser: the newest whenever it is asked for one, so that a slow reader
    /// skips some, and always the last.
    /// </summary>
    /// <remarks>
    /// Call it on the thread that feeds the parser, or before; enumerate it on any thread, once. It begins with what is there already. The
    /// feeding goes on while a partial is made; nothing of the enumeration runs inside it. A reset or disposal of the parser makes the last
    /// partial first, whose <see cref="Partial{T}.Value"/> stays, and ends the enumeration.
    /// </remarks>
    /// <param name="parser">The parser; it stays with its owner.</param>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException"><paramref name="parser"/> or <paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="NotSupportedException">The options of the type information have no contract for a type that is needed.</exception>
    /// <exception cref="StreamingJsonException">After the last partial: the text is invalid or was truncated.</exception>
    /// <exception cref="InvalidOperationException">
    /// After the last partial: the parser was reset or disposed before the end of the text. Or the partials are enumerated again.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<Partial<T>> ReadPartialsAsync<T>(
        this StreamingJsonParser parser,
        JsonTypeInfo<T> jsonTypeInfo,
        PartialOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new FedPartials<T>(parser.ReadPartial(jsonTypeInfo, options)).ReadAsync(cancellationToken);
}
