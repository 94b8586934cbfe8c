using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Text;

namespace StreamingJson;

/// <summary>
/// Drives a <see cref="StreamingJsonParser"/> or a <see cref="JsonEventParser{THandler}"/> from a <see cref="PipeReader"/>, a
/// <see cref="Stream"/>, or the deltas of an SDK. The only asynchronous code: an outer loop that awaits a read; what the read brought is parsed synchronously.
/// </summary>
/// <remarks>
/// What was received lives in the parser, whatever happens to the source: after a fault or a cancellation its snapshot is there, its
/// outcome is <see cref="JsonOutcome.Partial"/>, and reading may go on from another source. All that is read is consumed, also bytes
/// after an error; after an error nothing more is read.
/// </remarks>
public static partial class StreamingJsonPipelines
{
    /// <summary>
    /// Awaits one read and appends what it brought: the loop that a caller drives by hand. At the end of the source it calls
    /// <see cref="StreamingJsonParser.Complete"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// while (await parser.ReadAsync(reader))
    /// {
    ///     foreach (JsonEvent change in parser.Events) { ... }
    /// }
    /// </code>
    /// </example>
    /// <remarks>The reader is never completed: that stays with the caller.</remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether there may be something new to look at: after bytes, and once for the end. False when the outcome was settled before.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the read was by <see cref="PipeReader.CancelPendingRead"/>: what it brought is appended.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public static ValueTask<bool> ReadAsync(this StreamingJsonParser parser, PipeReader reader, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(reader, nameof(reader));
        return parser.Outcome == JsonOutcome.Partial ? ReadOnceAsync(parser, reader, cancellationToken) : default;
    }

    /// <summary>Reads to the end, and gives a snapshot for each read that brought something, and for the end.</summary>
    /// <remarks>
    /// The reader is completed when the enumeration ends, however it ends, unless <paramref name="leaveOpen"/>. The text is not
    /// complete because the last snapshot is: only an enumeration that ends without an exception read a whole text. Of a parser that is
    /// through already nothing is read, and nothing given.
    /// </remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="StreamingJsonException">After the last snapshot: the text is invalid or was truncated.</exception>
    /// <exception cref="OperationCanceledException">As for <see cref="ReadAsync"/>.</exception>
    public static IAsyncEnumerable<JsonSnapshot> ReadSnapshotsAsync(
        this StreamingJsonParser parser, PipeReader reader, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(reader, nameof(reader));
        return EnumerateSnapshotsAsync(parser, StepsAsync(parser, reader, leaveOpen, cancellationToken), cancellationToken);
    }

    /// <summary>As <see cref="ReadSnapshotsAsync(StreamingJsonParser, PipeReader, bool, CancellationToken)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadSnapshotsAsync(StreamingJsonParser, PipeReader, bool, CancellationToken)"/>
    /// <param name="parser">The parser.</param>
    /// <param name="stream">The source.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static IAsyncEnumerable<JsonSnapshot> ReadSnapshotsAsync(
        this StreamingJsonParser parser, Stream stream, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        return EnumerateSnapshotsAsync(parser, StepsAsync(parser, ToReader(stream, leaveOpen), leaveOpen: false, cancellationToken), cancellationToken);
    }

    /// <summary>Reads to the end, and gives every event, those of the end included.</summary>
    /// <inheritdoc cref="ReadSnapshotsAsync(StreamingJsonParser, PipeReader, bool, CancellationToken)"/>
    public static IAsyncEnumerable<JsonEvent> ReadEventsAsync(
        this StreamingJsonParser parser, PipeReader reader, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(reader, nameof(reader));
        return EnumerateEventsAsync(parser, StepsAsync(parser, reader, leaveOpen, cancellationToken), cancellationToken);
    }

    /// <summary>As <see cref="ReadEventsAsync(StreamingJsonParser, PipeReader, bool, CancellationToken)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadSnapshotsAsync(StreamingJsonParser, Stream, bool, CancellationToken)"/>
    public static IAsyncEnumerable<JsonEvent> ReadEventsAsync(
        this StreamingJsonParser parser, Stream stream, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        return EnumerateEventsAsync(parser, StepsAsync(parser, ToReader(stream, leaveOpen), leaveOpen: false, cancellationToken), cancellationToken);
    }

    /// <summary>Reads to the end of the source, or to the first error. Does not throw for a bad text: look at the outcome.</summary>
    /// <remarks>The reader is completed at the end, however it comes, unless <paramref name="leaveOpen"/>.</remarks>
    /// <returns>The outcome: never <see cref="JsonOutcome.Partial"/>.</returns>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException"><see cref="StreamingJsonParser.Complete"/> was called before.</exception>
    /// <exception cref="OperationCanceledException">As for <see cref="ReadAsync"/>.</exception>
    public static Task<JsonOutcome> ReadToEndAsync(
        this StreamingJsonParser parser, PipeReader reader, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        ThrowIfNull(reader, nameof(reader));
        return ReadAllAsync(parser, reader, leaveOpen, cancellationToken);
    }

    /// <summary>As <see cref="ReadToEndAsync(StreamingJsonParser, PipeReader, bool, CancellationToken)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadToEndAsync(StreamingJsonParser, PipeReader, bool, CancellationToken)"/>
    /// <param name="parser">The parser.</param>
    /// <param name="stream">The source.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static Task<JsonOutcome> ReadToEndAsync(
        this StreamingJsonParser parser, Stream stream, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, nameof(parser));
        return parser.ReadToEndAsync(ToReader(stream, leaveOpen), leaveOpen: false, cancellationToken);
    }

    private static async Task<JsonOutcome> ReadAllAsync(IJsonReceiver parser, PipeReader reader, bool leaveOpen, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfEnded(parser);
            while (parser.Outcome == JsonOutcome.Partial)
            {
                await ReadOnceAsync(parser, reader, cancellationToken).ConfigureAwait(false);
            }

            return parser.Outcome;
        }
        finally
        {
            await CompleteAsync(reader, leaveOpen).ConfigureAwait(false);
        }
    }

    private static async ValueTask<bool> ReadOnceAsync(IJsonReceiver parser, PipeReader reader, CancellationToken cancellationToken)
    {
        ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        bool isEnd = result.IsCompleted && result.Buffer.IsEmpty;
        try
        {
            if (isEnd)
            {
                parser.Complete();
            }
            else
            {
                parser.TryAppend(result.Buffer);
            }
        }
        finally
        {
            reader.AdvanceTo(result.Buffer.End);
        }

        return result.IsCanceled && !isEnd ? throw new OperationCanceledException("The pending read was cancelled.") : true;
    }

    // One step for each read, and one for the end.
    private static async IAsyncEnumerable<JsonOutcome> StepsAsync(
        StreamingJsonParser parser, PipeReader reader, bool leaveOpen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (await parser.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
            {
                yield return parser.Outcome;
            }
        }
        finally
        {
            await CompleteAsync(reader, leaveOpen).ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<JsonSnapshot> EnumerateSnapshotsAsync(
        StreamingJsonParser parser, IAsyncEnumerable<JsonOutcome> steps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonOutcome _ in steps.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return parser.Snapshot;
        }

        parser.EnsureComplete();
    }

    private static async IAsyncEnumerable<JsonEvent> EnumerateEventsAsync(
        StreamingJsonParser parser, IAsyncEnumerable<JsonOutcome> steps, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonOutcome _ in steps.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            TapeChanges changes = parser.Changes;
            try
            {
                while (changes.MoveNext())
                {
                    yield return changes.Current;
                }
            }
            finally
            {
                changes.Dispose();
            }
        }

        parser.EnsureComplete();
    }

    private static PipeReader ToReader(Stream stream, bool leaveOpen)
    {
        ThrowIfNull(stream, nameof(stream));
        return PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: leaveOpen));
    }

    private static ValueTask CompleteAsync(PipeReader reader, bool leaveOpen) => leaveOpen ? default : reader.CompleteAsync();

    // Nothing would be read, and the outcome of another text would be given as that of this source.
    private static void ThrowIfEnded(IJsonReceiver parser)
    {
        if (parser.Outcome is JsonOutcome.Complete or JsonOutcome.Truncated)
        {
            throw new InvalidOperationException("The text was declared to be complete before anything of this source was read. Reset the parser to read another.");
        }
    }

    private static void ThrowIfNull(object argument, string name)
    {
        if (argument is null)
        {
            throw new ArgumentNullException(name);
        }
    }
}
