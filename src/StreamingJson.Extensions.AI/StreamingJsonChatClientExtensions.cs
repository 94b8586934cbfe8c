using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using StreamingJson.ToolCalls;

namespace StreamingJson.Extensions.AI;

/// <summary>Puts <see cref="StreamingJsonChatClient"/> around clients.</summary>
[Experimental(PartialFunctionCallContent.DiagnosticId)]
public static class StreamingJsonChatClientExtensions
{
    /// <summary>
    /// A client that adds partial function calls to streamed updates. In a builder: <c>builder.Use(inner => inner.UseStreamingJson(...))</c>, after the client that invokes
    /// functions, so that it sees the provider's own updates.
    /// </summary>
    /// <param name="client">The client; the new one owns it.</param>
    /// <param name="adapters">The adapters that read the updates of the provider's SDK; see <see cref="StreamingJsonChatOptions.Adapters"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IChatClient UseStreamingJson(this IChatClient client, params ModelUpdateAdapter[] adapters) =>
        client.UseStreamingJson(new StreamingJsonChatOptions { Adapters = adapters ?? throw new ArgumentNullException(nameof(adapters)) });

    /// <inheritdoc cref="UseStreamingJson(IChatClient, ModelUpdateAdapter[])"/>
    /// <param name="client">The client; the new one owns it.</param>
    /// <param name="options">What to read.</param>
    public static IChatClient UseStreamingJson(this IChatClient client, StreamingJsonChatOptions options) => new StreamingJsonChatClient(client, options);
}
