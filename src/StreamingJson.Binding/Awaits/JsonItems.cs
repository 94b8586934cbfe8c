using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using StreamingJson.Binding.Awaits;

namespace StreamingJson.Binding;

/// <summary>Reads the items of arrays from a source that may be longer than memory: only the item that is being read is retained.</summary>
/// <remarks>
/// <para>
/// Each item is deserialised once, from its bytes, as soon as it is complete and asked for. The next read of the source is made when the items of
/// the last one have been taken: that is the back-pressure. Memory is what one read brings, the unfinished item, and the depth; not the count.
/// </para>
/// <para>
/// The path selects arrays, and their items come in the order of the text, those of nested arrays as part of the outer item. Unlike
/// <see cref="StreamingJsonAwaits.ItemsAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/> this reads all of the text and, at its end, says
/// whether it was complete.
/// </para>
/// </remarks>
public static class JsonItems
{
    /// <summary>Reads a source to its end.</summary>
    /// <param name="reader">The source. It is completed when the enumeration ends, however it ends, unless <paramref name="leaveOpen"/>.</param>
    /// <param name="path">The path of the arrays (<see cref="PathPattern"/>).</param>
    /// <param name="type">What to make of an item.</param>
    /// <param name="options">What the text may be; null is <see cref="StreamingJsonOptions.Default"/>: mind <see cref="JsonLimits.MaxDocumentBytes"/>.</param>
    /// <param name="leaveOpen">Whether the reader is left to the caller.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="StreamingJsonException">From the enumeration, after the items before: the text is invalid or was truncated.</exception>
    /// <exception cref="JsonAwaitException">
    /// From the enumeration: an item does not fit the type, or, at the end, a path that leads to one place at most (names and indexes alone) led to no array:
    /// <see cref="JsonAwaitFailure.NotPresent"/>. An empty array is no items.
    /// </exception>
    /// <exception cref="OperationCanceledException">From the enumeration.</exception>
    public static IAsyncEnumerable<T?> ReadAsync<T>(
        PipeReader reader,
        string path,
        JsonTypeInfo<T> type,
        StreamingJsonOptions? options = null,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default)
    {
        _ = reader ?? throw new ArgumentNullException(nameof(reader));
        _ = type ?? throw new ArgumentNullException(nameof(type));
        return EnumerateAsync(reader, PathPattern.Parse(path), type, options, leaveOpen, cancellationToken);
    }

    /// <summary>As <see cref="ReadAsync{T}(PipeReader, string, JsonTypeInfo{T}, StreamingJsonOptions?, bool, CancellationToken)"/>; the stream is disposed unless <paramref name="leaveOpen"/>.</summary>
    /// <inheritdoc cref="ReadAsync{T}(PipeReader, string, JsonTypeInfo{T}, StreamingJsonOptions?, bool, CancellationToken)"/>
    /// <param name="stream">The source.</param>
    /// <param name="path">The path of the arrays (<see cref="PathPattern"/>).</param>
    /// <param name="type">What to make of an item.</param>
    /// <param name="options">What the text may be.</param>
    /// <param name="leaveOpen">Whether the stream is left open.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public static IAsyncEnumerable<T?> ReadAsync<T>(
        Stream stream,
        string path,
        JsonTypeInfo<T> type,
        StreamingJsonOptions? options = null,
        bool leaveOpen = false,
        CancellationToken cancellationToken = default)
    {
        _ = stream ?? throw new ArgumentNullException(nameof(stream));
        return ReadAsync(PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: leaveOpen)), path, type, options, leaveOpen: false, cancellationToken);
    }

    private static async IAsyncEnumerable<T?> EnumerateAsync<T>(
        PipeReader reader,
        PathPattern path,
        JsonTypeInfo<T> type,
        StreamingJsonOptions? options,
        bool leaveOpen,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var items = new ItemReader<T>(path, type, options);
        try
        {
            bool isEnd = false;
            while (!isEnd)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                isEnd = result.IsCompleted;
                try
                {
                    foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                    {
                        items.Append(segment.Span);
                        while (items.TryTake(out T? item))
                        {
                            yield return item;
                        }
                    }
                }
                finally
                {
                    reader.AdvanceTo(result.Buffer.End);
                }

                if (result.IsCanceled)
                {
                    throw new OperationCanceledException("The pending read was cancelled.");
                }

                items.ThrowIfInvalid();
            }

            items.End();
            while (items.TryTake(out T? last))
            {
                yield return last;
            }
        }
        finally
        {
            if (!leaveOpen)
            {
                await reader.CompleteAsync().ConfigureAwait(false);
            }
        }
    }
}
