using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using StreamingJson.Binding;

namespace StreamingJson.Extensions.AI;

/// <summary>Structured output while it is written, of any <see cref="IChatClient"/>.</summary>
[Experimental(PartialFunctionCallContent.DiagnosticId)]
public static class ChatResponsePartials
{
    /// <summary>
    /// The visible text of a response as a <typeparamref name="T"/>: a partial for each update that brought text, and one for the end, which says how
    /// the text ended.
    /// </summary>
    /// <remarks>
    /// <para>
    /// If a response has several messages (a client that invokes functions asks again), the last one with text counts: the text of an earlier one is dropped
    /// when the next begins, and its errors are not reported. A message begins where <see cref="ChatResponseUpdate.MessageId"/> or
    /// <see cref="ChatResponseUpdate.Role"/> differs from the last one that was given. A text that is not JSON gives only the partial of the end.
    /// </para>
    /// <para>
    /// Only <see cref="TextContent"/> counts, not reasoning. A value that does not fit the type is reported by <see cref="Partial{T}.Error"/>, and reading goes on.
    /// Partials may be kept, and read on any thread.
    /// </para>
    /// </remarks>
    /// <param name="updates">The updates, of <see cref="IChatClient.GetStreamingResponseAsync"/>; the enumerator is disposed when the enumeration ends.</param>
    /// <param name="jsonTypeInfo">The contract.</param>
    /// <param name="options">What may be seen growing; by default as the contract says.</param>
    /// <param name="jsonOptions">What the text may be, and its limits; null is <see cref="StreamingJsonOptions.Default"/>.</param>
    /// <param name="cancellationToken">Is given to the source.</param>
    /// <exception cref="ArgumentNullException"><paramref name="updates"/> or <paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="NotSupportedException">From the enumeration: the options of the type information have no contract for a type that is needed.</exception>
    /// <exception cref="StreamingJsonException">From the enumeration, after the last partial: the text is invalid or was truncated; if there is none, at 0.</exception>
    public static IAsyncEnumerable<Partial<T>> ReadPartialsAsync<T>(
        this IAsyncEnumerable<ChatResponseUpdate> updates,
        JsonTypeInfo<T> jsonTypeInfo,
        PartialOptions? options = null,
        StreamingJsonOptions? jsonOptions = null,
        CancellationToken cancellationToken = default) =>
        Read(
            updates ?? throw new ArgumentNullException(nameof(updates)),
            jsonTypeInfo ?? throw new ArgumentNullException(nameof(jsonTypeInfo)),
            options,
            jsonOptions ?? StreamingJsonOptions.Default,
            cancellationToken);

    private static async IAsyncEnumerable<Partial<T>> Read<T>(
        IAsyncEnumerable<ChatResponseUpdate> updates,
        JsonTypeInfo<T> jsonTypeInfo,
        PartialOptions? options,
        StreamingJsonOptions jsonOptions,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not disposed, and a new one for each message: the partials look at its arrays, and the garbage collector has those when nobody looks any more.
        PartialReader<T>? text = null;
        bool isOver = false;
        string? id = null;
        ChatRole? role = null;
        await foreach (ChatResponseUpdate update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            isOver |= (id is not null && update.MessageId is not null && id != update.MessageId) || (role is not null && update.Role is not null && role != update.Role);
            id = update.MessageId ?? id;
            role = update.Role ?? role;
            string delta = update.Text;
            if (delta.Length == 0)
            {
                continue;
            }

            if (text is null || isOver)
            {
                text = new StreamingJsonParser(jsonOptions).ReadPartial(jsonTypeInfo, options);
                isOver = false;
            }

            if (text.Parser.TryAppend(delta.AsSpan()))
            {
                yield return text.Read();
            }
        }

        text ??= new StreamingJsonParser(jsonOptions).ReadPartial(jsonTypeInfo, options);
        text.Parser.Complete();
        yield return text.Read();
        text.Parser.EnsureComplete();
    }
}
