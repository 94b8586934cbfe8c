using System;
using System.Collections.Generic;
using System.Threading;
using OpenAI.Chat;
using OpenAI.Responses;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>The streams of the official OpenAI SDK as the events of this library.</summary>
public static class OpenAIModelEvents
{
    /// <summary>The events of <c>ChatClient.CompleteChatStreamingAsync</c>. See <see cref="ModelUpdates.ReadEventsAsync{TUpdate}"/>.</summary>
    /// <param name="updates">The SDK's stream.</param>
    /// <param name="reader">Reads them; it stays the caller's, and its <see cref="ModelStreamReader.Message"/> the whole message so far.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IAsyncEnumerable<ModelEvent> ReadModelEventsAsync(
        this IAsyncEnumerable<StreamingChatCompletionUpdate> updates, ModelStreamReader reader, CancellationToken cancellationToken = default) =>
        ModelUpdates.ReadEventsAsync(updates, OpenAIUpdateAdapter.Instance, reader, cancellationToken);

    /// <summary>The events of <c>ResponsesClient.CreateResponseStreamingAsync</c>. See <see cref="ModelUpdates.ReadEventsAsync{TUpdate}"/>.</summary>
    /// <inheritdoc cref="ReadModelEventsAsync(IAsyncEnumerable{StreamingChatCompletionUpdate}, ModelStreamReader, CancellationToken)"/>
    public static IAsyncEnumerable<ModelEvent> ReadModelEventsAsync(
        this IAsyncEnumerable<StreamingResponseUpdate> updates, ModelStreamReader reader, CancellationToken cancellationToken = default) =>
        ModelUpdates.ReadEventsAsync(updates, OpenAIUpdateAdapter.Instance, reader, cancellationToken);
}
