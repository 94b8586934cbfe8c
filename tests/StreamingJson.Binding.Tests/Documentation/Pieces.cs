using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Binding.Tests.Documentation;

/// <summary>A source that gives a piece at each read.</summary>
internal sealed class Pieces(params string[] pieces) : MemoryStream
{
    private readonly Queue<string> _pieces = new(pieces);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(_pieces.TryDequeue(out string? piece) ? Encoding.UTF8.GetBytes(piece, buffer.Span) : 0);

    /// <summary>The same as an SDK's deltas of text.</summary>
    public async IAsyncEnumerable<string> AsDeltas()
    {
        while (_pieces.TryDequeue(out string? piece))
        {
            await Task.Yield();
            yield return piece;
        }
    }
}
