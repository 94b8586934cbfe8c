using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;

namespace StreamingJson.Extensions.AI;

/// <summary>Adds to each streamed update the function calls that it continues, as <see cref="PartialFunctionCallContent"/>.</summary>
/// <remarks>
/// <para>
/// They are read from the provider's own update in <see cref="ChatResponseUpdate.RawRepresentation"/>, by the adapters of the options; if the provider's
/// client streams no arguments, from the whole <see cref="FunctionCallContent"/>. Everything else passes through unchanged: a client that invokes functions, outside
/// or inside this one, sees the same calls as without it. Partial calls are removed from messages on their way to the model.
/// </para>
/// <para>As thread-safe as the inner client: each stream has a reader of its own.</para>
/// </remarks>
[Experimental(PartialFunctionCallContent.DiagnosticId)]
public sealed class StreamingJsonChatClient : DelegatingChatClient
{
    private readonly StreamingJsonChatOptions _options;

    /// <summary>Creates a client around another one, which it owns.</summary>
    /// <param name="innerClient">The client.</param>
    /// <param name="options">What to read.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public StreamingJsonChatClient(IChatClient innerClient, StreamingJsonChatOptions options)
        : base(innerClient)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(ChatHistory.WithoutPartialCalls(messages), options, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new PartialCalls(_options);
        ChatResponseUpdate? last = null;
        ExceptionDispatchInfo? fault = null;
        IAsyncEnumerable<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(ChatHistory.WithoutPartialCalls(messages), options, cancellationToken);
        IAsyncEnumerator<ChatResponseUpdate> enumerator = updates.GetAsyncEnumerator(cancellationToken);
        await using (enumerator.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
#pragma warning disable CA1031 // It is thrown again, when the open calls have been shown to be truncated.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    fault = ExceptionDispatchInfo.Capture(exception);
                    break;
                }

                last = enumerator.Current;
                calls.AddTo(last);
                yield return last;
            }
        }

        if (calls.TryEnd(last, isBroken: fault is not null, out ChatResponseUpdate? end))
        {
            yield return end;
        }

        fault?.Throw();
    }
}
