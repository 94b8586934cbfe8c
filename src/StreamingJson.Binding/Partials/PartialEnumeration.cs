using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Partials;

/// <summary>What the snapshots of a parser are as values of a type.</summary>
internal static class PartialEnumeration
{
    public static async IAsyncEnumerable<Partial<T>> OfSnapshots<T>(
        PartialReader<T> partials, IAsyncEnumerable<JsonSnapshot> snapshots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (JsonSnapshot snapshot in snapshots.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return partials.Read(snapshot);
        }
    }
}
