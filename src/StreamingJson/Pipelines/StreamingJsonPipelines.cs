using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson;

/// <summary>
/// Drives a <see cref="StreamingJsonParser"/> from a <see cref="PipeReader"/> or a <see cref="Stream"/>. The only asynchronous code: an
/// outer loop that awaits a read, and nothing else.
/// </summary>
/// <remarks>
/// What was received lives in the parser, whatever happens to the source: after a fault or a cancellation its snapshot is still there,
/// its outcome is still <see cref="JsonOutcome.Partial"/>, and reading may go on with another source.
/// </remarks>
public static class StreamingJsonPipelines
{
    /// <summary>
    /// Awaits one read, and appends what it brought: the loop that a caller drives by hand. At the end of the source it calls
    /// <see cref="StreamingJsonParser.Complete"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// while (await parser.ReadAsync(reader))
    /// {
    ///     foreach (JsonEvent e in parser.Events) { ... }
    /// }
    /// </code>
    /// </example>
    /// <remarks>The reader is never completed: it stays the caller's. All that was read is consumed, also bytes after an error.</remarks>
    /// <param name="parser">The parser.</param>
    /// <param name="reader">The source.</param>
    /// <param name="cancellationToken">Cancels the wait; nothing is lost by that.</param>
    /// <returns>Whether there is something new to look at. False after the end, after an error, and when nothing new came before it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the read by <see cref="PipeReader.CancelPendingRead"/>; what it had brought is appended.</exception>
    public static async ValueTask<bool> ReadAsync(
        this StreamingJsonParser parser, PipeReader reader, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(parser, reader);
        if (parser.Outcome != JsonOutcome.Partial)
        {
            return false;
        }

        ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        bool isValid = parser.TryAppend(result.Buffer);
        bool isNew = !result.Buffer.IsEmpty;
        reader.AdvanceTo(result.Buffer.End);
        if (result.IsCanceled)
        {
            throw new OperationCanceledException("The pending read was cancelled.");
        }

        if (result.IsCompleted && isValid)
        {
            // Events are of the last operation: those of the bytes come first, those of the end at the next call.
            return isNew || parser.CompleteAtEnd();
        }

        return isNew;
    }
}
