using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Binding;

namespace StreamingJson.ToolCalls;

/// <content>Values of the structured output, awaited while somebody reads the stream.</content>
public sealed partial class ModelStream
{
    private TaskCompletionSource<StreamingJsonParser>? _textAwaits;

    /// <summary>
    /// A value of the structured output, as soon as it is complete: of the first visible text of the message, read as JSON. The stream must be
    /// read meanwhile.
    /// </summary>
    /// <remarks>To be called by the thread that reads, or before it does; the task may be awaited anywhere.</remarks>
    /// <param name="path">The path (<see cref="PathPattern"/>).</param>
    /// <param name="type">What to make of it.</param>
    /// <param name="cancellationToken">Ends the await; the stream goes on.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is not a pattern.</exception>
    /// <exception cref="InvalidOperationException">The text is not read as JSON: see <see cref="ModelStreamOptions.ReadTextAsJson"/>.</exception>
    /// <exception cref="JsonAwaitException">From the task: there is no such value, or it does not fit; a message without text is one that was truncated at 0.</exception>
    /// <exception cref="ObjectDisposedException">From the task: the stream was disposed before there was any text.</exception>
    public Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        PathPattern pattern = PathPattern.Parse(path);
        _ = type ?? throw new ArgumentNullException(nameof(type));
        Task<StreamingJsonParser> text = AwaitText();
        return GetLaterAsync();

        async Task<T?> GetLaterAsync() =>
            await (await OrCancelledAsync(text, cancellationToken).ConfigureAwait(false)).GetAsync(pattern, type, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Completes when a value of the structured output begins, otherwise as <see cref="GetAsync{T}"/>. The result is its kind, which never changes (law 4).
    /// </summary>
    /// <inheritdoc cref="GetAsync{T}"/>
    public Task<JsonValueKind> WhenStarted(string path, CancellationToken cancellationToken = default)
    {
        PathPattern pattern = PathPattern.Parse(path);
        Task<StreamingJsonParser> text = AwaitText();
        return StartedLaterAsync();

        async Task<JsonValueKind> StartedLaterAsync() =>
            await (await OrCancelledAsync(text, cancellationToken).ConfigureAwait(false)).WhenStarted(pattern, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The items of an array of the structured output, each as soon as it is complete: as
    /// <see cref="StreamingJsonAwaits.ItemsAsync{T}(StreamingJsonParser, string, JsonTypeInfo{T}, CancellationToken)"/>, of the text that <see cref="GetAsync{T}"/> looks at.
    /// </summary>
    /// <remarks>To be called by the thread that reads, or before it does; the items may be enumerated anywhere.</remarks>
    /// <inheritdoc cref="GetAsync{T}"/>
    /// <exception cref="JsonAwaitException">From the enumeration, after the items before: the array does not come or does not end, is not an array, or an item does not fit.</exception>
    public IAsyncEnumerable<T?> ItemsAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        PathPattern pattern = PathPattern.Parse(path);
        _ = type ?? throw new ArgumentNullException(nameof(type));
        return EnumerateLaterAsync(AwaitText(), parser => parser.ItemsAsync(pattern, type), cancellationToken);
    }

    /// <summary>
    /// The text of a string of the structured output while it grows: as <see cref="StreamingJsonAwaits.TextAsync(StreamingJsonParser, string, CancellationToken)"/>,
    /// of the text that <see cref="GetAsync{T}"/> looks at.
    /// </summary>
    /// <remarks>To be called by the thread that reads, or before it does; the pieces may be enumerated anywhere.</remarks>
    /// <inheritdoc cref="GetAsync{T}"/>
    /// <exception cref="JsonAwaitException">From the enumeration, after the pieces before: the string does not come or does not end, or is not a string.</exception>
    public IAsyncEnumerable<string> TextAsync(string path, CancellationToken cancellationToken = default)
    {
        PathPattern pattern = PathPattern.Parse(path);
        return EnumerateLaterAsync(AwaitText(), parser => parser.TextAsync(pattern), cancellationToken);
    }

    private static async IAsyncEnumerable<T> EnumerateLaterAsync<T>(
        Task<StreamingJsonParser> text, Func<StreamingJsonParser, IAsyncEnumerable<T>> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StreamingJsonParser parser = await OrCancelledAsync(text, cancellationToken).ConfigureAwait(false);
        await foreach (T part in parts(parser).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return part;
        }
    }

    private static async Task<StreamingJsonParser> OrCancelledAsync(Task<StreamingJsonParser> text, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<StreamingJsonParser>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await (await Task.WhenAny(text, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // The parser of the first visible text, as soon as there is one.
    private Task<StreamingJsonParser> AwaitText()
    {
        if (!Reader.Options.ReadTextAsJson)
        {
            throw new InvalidOperationException("The text is not read as JSON: set ReadTextAsJson in the options.");
        }

        _textAwaits ??= new TaskCompletionSource<StreamingJsonParser>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (MessageItem item in Message.Items)
        {
            if (item is { Kind: MessageItemKind.Text, Parser: { } parser })
            {
                SetTextParser(parser);
                break;
            }
        }

        if (Message.Outcome != JsonOutcome.Partial)
        {
            EndTextAwaits();
        }

        return _textAwaits.Task;
    }

    private void FindTextParser(in ModelEvent modelEvent)
    {
        if (_textAwaits is null)
        {
            return;
        }

        if (modelEvent.Kind == ModelEventKind.StreamEnded)
        {
            EndTextAwaits();
        }
        else if (modelEvent is { Kind: ModelEventKind.TextDelta, Item.Parser: { } parser })
        {
            SetTextParser(parser);
        }
    }

    private void SetTextParser(StreamingJsonParser parser)
    {
        if (!_textAwaits!.Task.IsCompleted)
        {
            // The first await on a parser is made by the thread that writes to it; those of others follow. How this one ends is nobody's business.
            _ = parser.WhenStarted("$").ContinueWith(
                static started => _ = started.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            _textAwaits.TrySetResult(parser);
        }
    }

    // Whoever still awaits a value is told that none comes; where there was no text, of a text that ended before it began.
    private void EndTextAwaits()
    {
        _textAwaits!.TrySetResult(new StreamingJsonParser());
        _textAwaits.Task.Result.Complete();
    }
}
