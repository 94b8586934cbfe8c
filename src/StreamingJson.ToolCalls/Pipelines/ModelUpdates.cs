using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.ToolCalls;

/// <summary>An SDK's stream of typed updates as the events of this library.</summary>
public static class ModelUpdates
{
    /// <summary>
    /// The events of a stream that an SDK reads. Updates that the adapter does not know are passed over. If the SDK throws, the events of the end come
    /// first (open calls end <see cref="ToolCallOutcome.Truncated"/>), then its exception.
    /// </summary>
    /// <typeparam name="TUpdate">The SDK's type.</typeparam>
    /// <param name="updates">The SDK's stream; it is disposed when the enumeration ends, early or not.</param>
    /// <param name="adapter">The adapter of that SDK.</param>
    /// <param name="reader">Reads them; it stays the caller's, and its <see cref="ModelStreamReader.Message"/> the whole message so far.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IAsyncEnumerable<ModelEvent> ReadEventsAsync<TUpdate>(
        IAsyncEnumerable<TUpdate> updates, ModelUpdateAdapter adapter, ModelStreamReader reader, CancellationToken cancellationToken = default)
        where TUpdate : class =>
        Read(
            updates ?? throw new ArgumentNullException(nameof(updates)),
            adapter ?? throw new ArgumentNullException(nameof(adapter)),
            reader ?? throw new ArgumentNullException(nameof(reader)),
            cancellationToken);

    private static async IAsyncEnumerable<ModelEvent> Read<TUpdate>(
        IAsyncEnumerable<TUpdate> updates, ModelUpdateAdapter adapter, ModelStreamReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TUpdate : class
    {
        Exception? fault = null;
        IAsyncEnumerator<TUpdate> enumerator = updates.GetAsyncEnumerator(cancellationToken);
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
#pragma warning disable CA1031 // It is thrown again, when what was received has been read.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    fault = exception;
                    break;
                }

                if (adapter.TryAppend(enumerator.Current, reader))
                {
                    while (reader.TryRead(out ModelEvent modelEvent))
                    {
                        yield return modelEvent;
                    }
                }
            }
        }

        if (fault is null)
        {
            reader.Complete();
        }
        else
        {
            reader.Abort();
        }

        while (reader.TryRead(out ModelEvent modelEvent))
        {
            yield return modelEvent;
        }

        if (fault is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(fault).Throw();
        }
    }
}
