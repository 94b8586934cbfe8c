using System;
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
    /// A value of the structured output, as soon as it is whole: of the first visible text of the message, read as JSON. Somebody has to
    /// read the stream meanwhile.
    /// </summary>
    /// <remarks>To be called by the thread that reads, or before it does; the task may be awaited anywhere.</remarks>
    /// <param name="path">The path (<see cref="PathPattern"/>).</param>
    /// <param name="type">What to make of it.</param>
    /// <param name="cancellationToken">Ends the await; the stream goes on.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="PathPatternException">The path is no pattern.</exception>
    /// <exception cref="InvalidOperationException">The text is not read as JSON: see <see cref="ModelStreamOptions.ReadTextAsJson"/>.</exception>
    /// <exception cref="JsonAwaitException">From the task: there is no such value, or it does not fit; a message without text is one that was truncated at 0.</exception>
    public Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        PathPattern pattern = PathPattern.Parse(path);
        _ = type ?? throw new ArgumentNullException(nameof(type));
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

        return GetLaterAsync(_textAwaits.Task, pattern, type, cancellationToken);
    }

    private static async Task<T?> GetLaterAsync<T>(
        Task<StreamingJsonParser> text, PathPattern path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        await (await Task.WhenAny(text, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
        StreamingJsonParser parser = await text.ConfigureAwait(false);
        return await parser.GetAsync(path, type, cancellationToken).ConfigureAwait(false);
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
            // The first await on a parser is made by the thread that writes to it; those of others follow.
            _ = parser.WhenStarted("$");
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
