using System;
using System.Collections.Generic;
using System.Threading;
using Anthropic.Models.Beta.Messages;
using Anthropic.Models.Messages;
using StreamingJson.ToolCalls;

namespace StreamingJson.Anthropic;

/// <summary>The streams of the official Anthropic SDK as the events of this library.</summary>
public static class AnthropicModelEvents
{
    /// <summary>The events of <c>client.Messages.CreateStreaming</c>. See <see cref="ModelUpdates.ReadEventsAsync{TUpdate}"/>.</summary>
    /// <param name="updates">The SDK's stream.</param>
    /// <param name="reader">Reads them; it stays the caller's, and its <see cref="ModelStreamReader.Message"/> the whole message so far.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IAsyncEnumerable<ModelEvent> ReadModelEventsAsync(
        this IAsyncEnumerable<RawMessageStreamEvent> updates, ModelStreamReader reader, CancellationToken cancellationToken = default) =>
        ModelUpdates.ReadEventsAsync(updates, AnthropicUpdateAdapter.Instance, reader, cancellationToken);

    /// <summary>The events of <c>client.Beta.Messages.CreateStreaming</c>. See <see cref="ModelUpdates.ReadEventsAsync{TUpdate}"/>.</summary>
    /// <inheritdoc cref="ReadModelEventsAsync(IAsyncEnumerable{RawMessageStreamEvent}, ModelStreamReader, CancellationToken)"/>
    public static IAsyncEnumerable<ModelEvent> ReadModelEventsAsync(
        this IAsyncEnumerable<BetaRawMessageStreamEvent> updates, ModelStreamReader reader, CancellationToken cancellationToken = default) =>
        ModelUpdates.ReadEventsAsync(updates, AnthropicUpdateAdapter.Instance, reader, cancellationToken);
}
