using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

/// <summary>Streams the updates it was given, then fails if it was told to.</summary>
internal sealed class ScriptedChatClient(IEnumerable<ChatResponseUpdate> updates, Exception? fault = null) : IChatClient
{
    public List<ChatMessage> Received { get; } = [];

    public bool IsDisposed { get; private set; }

    public bool IsStreamDisposed { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages);
        return Task.FromResult(updates.ToList().ToChatResponse());
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages);
        try
        {
            foreach (ChatResponseUpdate update in updates)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return update;
            }

            if (fault is not null)
            {
                throw fault;
            }
        }
        finally
        {
            IsStreamDisposed = true;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ScriptedChatClient) ? this : null;

    public void Dispose() => IsDisposed = true;
}
