using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding.Awaits;
using StreamingJson.Text;

namespace StreamingJson.Binding;

/// <summary>Awaits values of a text while a parser reads it. Each await is for the first value, in document order, that its path selects.</summary>
/// <remarks>
/// <para>
/// Late awaits get what has already arrived, once: it is read off the tape, and nothing is queued. So there is no
/// back-pressure: awaits do not slow the parser down, and it holds the text that they have not read. To read a long list without
/// holding it, use JsonItems.
/// </para>
/// <para>
/// Threads: one thread at a time writes to the parser; awaits may be consumed, and ended, on any thread, and their continuations never
/// run inside <c>Append</c>. The first await on a parser must be made by the thread that writes, or before anything is written (JsonPump
/// sees to that); after it, further ones may be made from any thread while the parser is being written to. Resetting or disposing the parser waits for a consumer that is reading one item
/// or piece of text at that moment.
/// </para>
/// <para>
/// A text that ends without the value faults the await with <see cref="JsonAwaitException"/>, which says why and where; you never get half
/// a value. Leaving an enumeration, cancelling, and a value that does not fit do not affect the parser and the other awaits.
/// </para>
/// </remarks>
public static class StreamingJsonAwaits
{
    /// <summary>The value, as soon as it is complete. It is deserialised once, from its bytes, by the thread that appends its last byte.</summary>
    /// <param name="parser">The parser.</param>
    /// <param name="path">The path (<see cref="PathPattern"/>).</param>
    /// <param name="type">What to make of it; source-generated, it is free of reflection.</param>
    /// <param name="cancellationToken">Ends the await; the parser goes on.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    /// <exception cref="JsonAwaitException">From the task: there is no such value, or it does not fit.</exception>
    /// <exception cref="OperationCanceledException">From the task.</exception>
    public static Task<T?> GetAsync<T>(this StreamingJsonParser parser, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        parser.GetAsync(PathPattern.Parse(path), type, cancellationToken);

    /// <inheritdoc cref="GetAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static Task<T?> GetAsync<T>(this StreamingJsonParser parser, PathPattern path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        _ = type ?? throw new ArgumentNullException(nameof(type));
        return ValueAwait<T?>.StartAsync(AwaitsOf(parser), NotNull(path), isWholeWanted: true, value => value.Deserialize(type), cancellationToken);
    }

    /// <summary>
    /// Completes when the value begins: at its opening bracket or quote, or, for a number or literal, when it is complete. The result is the kind
    /// of the value; it never changes (law 4).
    /// </summary>
    /// <inheritdoc cref="GetAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static Task<JsonValueKind> WhenStarted(this StreamingJsonParser parser, string path, CancellationToken cancellationToken = default) =>
        parser.WhenStarted(PathPattern.Parse(path), cancellationToken);

    /// <inheritdoc cref="WhenStarted(StreamingJsonParser, string, CancellationToken)"/>
    public static Task<JsonValueKind> WhenStarted(this StreamingJsonParser parser, PathPattern path, CancellationToken cancellationToken = default) =>
        ValueAwait<JsonValueKind>.StartAsync(AwaitsOf(parser), NotNull(path), isWholeWanted: false, value => value.ValueKind, cancellationToken);

    /// <summary>
    /// The items of an array, each as soon as it is complete, deserialised once, from its bytes, on the thread that enumerates. The enumeration ends with the
    /// array, even if the text goes on.
    /// </summary>
    /// <param name="parser">The parser.</param>
    /// <param name="path">The path of the array.</param>
    /// <param name="type">What to make of an item.</param>
    /// <param name="cancellationToken">Ends the enumeration; the parser goes on.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    /// <exception cref="JsonAwaitException">From the enumeration, after the items before: the array does not come or does not end, is not an array, or an item does not fit.</exception>
    /// <exception cref="OperationCanceledException">From the enumeration.</exception>
    public static IAsyncEnumerable<T?> ItemsAsync<T>(this StreamingJsonParser parser, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        parser.ItemsAsync(PathPattern.Parse(path), type, cancellationToken);

    /// <inheritdoc cref="ItemsAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static IAsyncEnumerable<T?> ItemsAsync<T>(this StreamingJsonParser parser, PathPattern path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        _ = type ?? throw new ArgumentNullException(nameof(type));
        return EnumerateItemsAsync(AwaitsOf(parser), NotNull(path), type, cancellationToken);
    }

    /// <summary>
    /// The text of a string while it grows, as UTF-8, unescaped, in whole scalar values (law 3): first all that there is, then what was added since. The enumeration ends
    /// with the string. The pieces are slices of what the parser holds, valid until its reset or disposal: copy what you want to keep.
    /// </summary>
    /// <inheritdoc cref="ItemsAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static IAsyncEnumerable<ReadOnlyMemory<byte>> TextUtf8Async(this StreamingJsonParser parser, string path, CancellationToken cancellationToken = default) =>
        parser.TextUtf8Async(PathPattern.Parse(path), cancellationToken);

    /// <inheritdoc cref="TextUtf8Async(StreamingJsonParser, string, CancellationToken)"/>
    public static IAsyncEnumerable<ReadOnlyMemory<byte>> TextUtf8Async(this StreamingJsonParser parser, PathPattern path, CancellationToken cancellationToken = default) =>
        EnumerateTextAsync(AwaitsOf(parser), NotNull(path), text => text, cancellationToken);

    /// <summary>As <see cref="TextUtf8Async(StreamingJsonParser, string, CancellationToken)"/>, each piece as a string of its own.</summary>
    /// <inheritdoc cref="ItemsAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>
    public static IAsyncEnumerable<string> TextAsync(this StreamingJsonParser parser, string path, CancellationToken cancellationToken = default) =>
        parser.TextAsync(PathPattern.Parse(path), cancellationToken);

    /// <inheritdoc cref="TextAsync(StreamingJsonParser, string, CancellationToken)"/>
    public static IAsyncEnumerable<string> TextAsync(this StreamingJsonParser parser, PathPattern path, CancellationToken cancellationToken = default) =>
        EnumerateTextAsync(AwaitsOf(parser), NotNull(path), text => Utf8Text.ToString(text.Span), cancellationToken);

    // The readers are made when the enumeration begins, so that each begins at the first part.
    private static async IAsyncEnumerable<T?> EnumerateItemsAsync<T>(
        ParserAwaits awaits, PathPattern path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (T? item in new ItemsAwait<T>(awaits, path, type).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    private static async IAsyncEnumerable<T> EnumerateTextAsync<T>(
        ParserAwaits awaits, PathPattern path, Func<ReadOnlyMemory<byte>, T> make, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (T text in new TextAwait<T>(awaits, path, make).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return text;
        }
    }

    private static ParserAwaits AwaitsOf(StreamingJsonParser parser) => ParserAwaits.Of(parser ?? throw new ArgumentNullException(nameof(parser)));

    private static PathPattern NotNull(PathPattern path) => path ?? throw new ArgumentNullException(nameof(path));
}
