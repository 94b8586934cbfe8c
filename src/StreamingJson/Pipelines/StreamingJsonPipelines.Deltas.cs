using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Text;

namespace StreamingJson;

/// <content>Text that is bytes no more: what an SDK gives as strings.</content>
public static partial class StreamingJsonPipelines
{
    /// <summary>Appends the deltas of an SDK, and gives a snapshot for each of them, and for the end.</summary>
    /// <remarks>
    /// A delta is UTF-16, cut anywhere, also inside a surrogate pair. After an error no further delta is asked for. The text is not complete
    /// because the last snapshot is: only an enumeration that ends without an exception read a whole text. Of a parser that is through
    /// already nothing is read, and nothing given.
    /// </remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="deltas">The source; its enumerator is disposed at the end.</param>
    /// <param name="cancellationToken">Is given to the source.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="StreamingJsonException">After the last snapshot: the text is invalid or was truncated.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public static IAsyncEnumerable<JsonSnapshot> ReadSnapshotsAsync(
        this StreamingJsonParser parser, IAsyncEnumerable<string> deltas, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(deltas, nameof(deltas));
        return EnumerateSnapshotsAsync(parser, StepsAsync(parser, deltas, cancellationToken), cancellationToken);
    }

    /// <summary>Appends the deltas of an SDK, and gives every event, those of the end included.</summary>
    /// <inheritdoc cref="ReadSnapshotsAsync(StreamingJsonParser, IAsyncEnumerable{string}, CancellationToken)"/>
    public static IAsyncEnumerable<JsonEvent> ReadEventsAsync(
        this StreamingJsonParser parser, IAsyncEnumerable<string> deltas, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(deltas, nameof(deltas));
        return EnumerateEventsAsync(parser, StepsAsync(parser, deltas, cancellationToken), cancellationToken);
    }

    /// <summary>Appends the deltas of an SDK to the last, or to the first error. Does not throw for a bad text: look at the outcome.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="deltas">The source, in UTF-16 cut anywhere; its enumerator is disposed at the end.</param>
    /// <param name="cancellationToken">Is given to the source.</param>
    /// <returns>The outcome: never <see cref="JsonOutcome.Partial"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException"><see cref="StreamingJsonParser.Complete"/> was called before.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public static Task<JsonOutcome> ReadToEndAsync(
        this StreamingJsonParser parser, IAsyncEnumerable<string> deltas, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(deltas, nameof(deltas));
        return ReadAllAsync(parser, deltas, cancellationToken);
    }

    /// <summary>Appends the deltas of an SDK to the last, or to the first error; the handler is called meanwhile, and what it throws is thrown here.</summary>
    /// <inheritdoc cref="ReadToEndAsync(StreamingJsonParser, IAsyncEnumerable{string}, CancellationToken)"/>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="parser">The parser.</param>
    /// <param name="deltas">The source, in UTF-16 cut anywhere; its enumerator is disposed at the end.</param>
    /// <param name="cancellationToken">Is given to the source.</param>
    public static Task<JsonOutcome> ReadToEndAsync<THandler>(
        this JsonEventParser<THandler> parser, IAsyncEnumerable<string> deltas, CancellationToken cancellationToken = default)
        where THandler : struct, IJsonEventHandler
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(deltas, nameof(deltas));
        return ReadAllAsync(parser, deltas, cancellationToken);
    }

    private static async Task<JsonOutcome> ReadAllAsync(IJsonReceiver parser, IAsyncEnumerable<string> deltas, CancellationToken cancellationToken)
    {
        ThrowIfEnded(parser);
        await foreach (JsonOutcome _ in StepsAsync(parser, deltas, cancellationToken).ConfigureAwait(false))
        {
        }

        return parser.Outcome;
    }

    // One step for each delta, and one for the end.
    private static async IAsyncEnumerable<JsonOutcome> StepsAsync(
        IJsonReceiver parser, IAsyncEnumerable<string> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (parser.Outcome != JsonOutcome.Partial)
        {
            yield break;
        }

        await foreach (string delta in deltas.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            bool isValid = parser.TryAppend(delta.AsSpan());
            yield return parser.Outcome;
            if (!isValid)
            {
                yield break;
            }
        }

        yield return parser.Complete();
    }
}
