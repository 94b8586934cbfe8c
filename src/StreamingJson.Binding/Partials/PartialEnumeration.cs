using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Partials;

/// <summary>The loops: one await outside, everything else synchronous.</summary>
internal static class PartialEnumeration
{
    public static async IAsyncEnumerable<Partial<T>> OfPipe<T>(
        PartialReader<T> partials, PipeReader reader, bool leaveOpen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (await partials.Parser.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
            {
                yield return partials.Read();
            }

            partials.Parser.EnsureComplete();
        }
        finally
        {
            if (!leaveOpen)
            {
                await reader.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    public static async IAsyncEnumerable<Partial<T>> OfDeltas<T>(
        PartialReader<T> partials, IAsyncEnumerable<string> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StreamingJsonParser parser = partials.Parser;
        await foreach (string delta in deltas.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            bool isValid = parser.TryAppend(delta.AsSpan());
            yield return partials.Read();
            if (!isValid)
            {
                break;
            }
        }

        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            yield return partials.Read();
        }

        parser.EnsureComplete();
    }
}
