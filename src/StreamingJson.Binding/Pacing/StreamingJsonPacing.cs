using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using StreamingJson.Binding.Pacing;
using StreamingJson.Binding.Support;

namespace StreamingJson.Binding;

/// <summary>
/// Reads no more often than you want to look: of states that come faster than a <see cref="Pace"/>, only the newest is delivered.
/// </summary>
/// <remarks>
/// <para>
/// The source is read one state ahead of the consumer: while the consumer is busy at most one read goes on, and what comes
/// meanwhile waits in the source, held by its own back-pressure (a pipe's threshold, a stream's buffer). What is there at once
/// when the consumer comes back counts as one state, the newest, for one interval at most.
/// </para>
/// <para>
/// The last state is delivered before the source's end or fault comes out. A cancellation by the consumer's own token comes out at once;
/// leaving the enumeration cancels the read in progress, and waits for it. Because a read may go on while the consumer is busy, use only
/// the snapshots (law 8), and do not touch the parser before the enumeration has ended.
/// </para>
/// </remarks>
public static class StreamingJsonPacing
{
    /// <summary>Reads to the end, and gives the snapshots that a pace lets through, and the last one.</summary>
    /// <remarks>
    /// The reader is completed when the enumeration ends, however it ends, unless <paramref name="leaveOpen"/>. Only an enumeration that
    /// ends without an exception has read a complete text.
    /// </remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="pace">How often.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="StreamingJsonException">After the last snapshot: the text is invalid or was truncated.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or, after the last snapshot, the read was by <see cref="PipeReader.CancelPendingRead"/>.</exception>
    public static IAsyncEnumerable<JsonSnapshot> ReadSnapshotsAsync(
        this StreamingJsonParser parser, PipeReader reader, Pace pace, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        Throw.IfNull(pace, nameof(pace));
        return parser.ReadSnapshotsAsync(reader, leaveOpen, cancellationToken).AtPace(pace, cancellationToken);
    }

    /// <summary>As <see cref="ReadSnapshotsAsync(StreamingJsonParser, PipeReader, Pace, bool, CancellationToken)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadSnapshotsAsync(StreamingJsonParser, PipeReader, Pace, bool, CancellationToken)"/>
    /// <param name="parser">The parser.</param>
    /// <param name="stream">The source.</param>
    /// <param name="pace">How often.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static IAsyncEnumerable<JsonSnapshot> ReadSnapshotsAsync(
        this StreamingJsonParser parser, Stream stream, Pace pace, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        Throw.IfNull(pace, nameof(pace));
        return parser.ReadSnapshotsAsync(stream, leaveOpen, cancellationToken).AtPace(pace, cancellationToken);
    }

    /// <summary>Appends the deltas of an SDK, and gives the snapshots that a pace lets through, and the last one.</summary>
    /// <inheritdoc cref="StreamingJsonPipelines.ReadSnapshotsAsync(StreamingJsonParser, IAsyncEnumerable{string}, CancellationToken)"/>
    /// <param name="parser">The parser.</param>
    /// <param name="deltas">The source, in UTF-16 cut anywhere; its enumerator is disposed at the end.</param>
    /// <param name="pace">How often.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<JsonSnapshot> ReadSnapshotsAsync(
        this StreamingJsonParser parser, IAsyncEnumerable<string> deltas, Pace pace, CancellationToken cancellationToken = default)
    {
        Throw.IfNull(pace, nameof(pace));
        return parser.ReadSnapshotsAsync(deltas, cancellationToken).AtPace(pace, cancellationToken);
    }

    /// <summary>The snapshots of a parser that somebody else feeds, from this call on, at a pace, to the end of its text.</summary>
    /// <remarks>
    /// Call it on the thread that feeds the parser, or before; enumerate it on any thread, once. The feeding thread never waits, so the
    /// states in between are not guaranteed, even with <see cref="Pace.OnCompletion"/>: one that was not taken is replaced by the newest, in
    /// which all that completed is complete. The parser must not be reset or disposed before the enumeration has ended.
    /// </remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="pace">How often.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="StreamingJsonException">After the last snapshot: the text is invalid or was truncated.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed too early, or the snapshots are enumerated again.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<JsonSnapshot> WatchSnapshotsAsync(
        this StreamingJsonParser parser, Pace pace, CancellationToken cancellationToken = default)
    {
        Throw.IfNull(parser, nameof(parser));
        Throw.IfNull(pace, nameof(pace));
        return new WatchedSnapshots(parser).ReadAsync(CancellationToken.None).AtPace(pace, cancellationToken);
    }

    /// <summary>The snapshots of a source that a pace lets through, and the last one.</summary>
    /// <remarks>The source is enumerated once for each enumeration, and disposed with it.</remarks>
    /// <param name="source">Snapshots of one parser, each newer than the one before.</param>
    /// <param name="pace">How often.</param>
    /// <param name="cancellationToken">Cancels the wait, as the token of <c>WithCancellation</c> does.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<JsonSnapshot> AtPace(
        this IAsyncEnumerable<JsonSnapshot> source, Pace pace, CancellationToken cancellationToken = default) =>
        AtPace(source, pace, static snapshot => snapshot, cancellationToken);

    /// <summary>The states of a source that a pace lets through, and the last one: for anything whose newest state says everything.</summary>
    /// <remarks>Not for increments, since none of them may be left out. The source is enumerated once for each enumeration, and disposed with it.</remarks>
    /// <typeparam name="T">The state.</typeparam>
    /// <param name="source">States, each newer than the one before.</param>
    /// <param name="pace">How often. Only the <see cref="Pace.Interval"/> counts: nothing is known about bytes and completions.</param>
    /// <param name="cancellationToken">Cancels the wait, as the token of <c>WithCancellation</c> does.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The pace asks for bytes or completions.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IAsyncEnumerable<T> AtPace<T>(this IAsyncEnumerable<T> source, Pace pace, CancellationToken cancellationToken = default)
    {
        Throw.IfNull(source, nameof(source));
        Throw.IfNull(pace, nameof(pace));
        return !PaceMeter.NeedsSnapshots(pace)
            ? Pacer.ReadAsync(source, pace, snapshotOf: null, cancellationToken)
            : throw new ArgumentException("Bytes and completions are those of a snapshot, and of the states none is known.", nameof(pace));
    }

    /// <summary>The states of a source that a pace lets through, and the last one: for what is made of a snapshot, as typed partials are.</summary>
    /// <inheritdoc cref="AtPace{T}(IAsyncEnumerable{T}, Pace, CancellationToken)"/>
    /// <param name="source">States of one parser, each newer than the one before.</param>
    /// <param name="pace">How often.</param>
    /// <param name="snapshotOf">The snapshot that a state is made of.</param>
    /// <param name="cancellationToken">Cancels the wait, as the token of <c>WithCancellation</c> does.</param>
    public static IAsyncEnumerable<T> AtPace<T>(
        this IAsyncEnumerable<T> source, Pace pace, Func<T, JsonSnapshot> snapshotOf, CancellationToken cancellationToken = default)
    {
        Throw.IfNull(source, nameof(source));
        Throw.IfNull(pace, nameof(pace));
        Throw.IfNull(snapshotOf, nameof(snapshotOf));
        return Pacer.ReadAsync(source, pace, PaceMeter.NeedsSnapshots(pace) ? snapshotOf : null, cancellationToken);
    }
}
