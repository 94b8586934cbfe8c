using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Tests;

/// <summary>A source that brings one part at each read, and then perhaps fails.</summary>
internal sealed class TrickleStream(IEnumerable<string> parts, Exception? fault = null) : MemoryStream
{
    private readonly Queue<string> _parts = new(parts);

    /// <summary>Called before each read.</summary>
    public Action? Reading { get; set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reading?.Invoke();
        if (!_parts.TryDequeue(out string? part))
        {
            return fault is null ? new(0) : ValueTask.FromException<int>(fault);
        }

        return new(Encoding.UTF8.GetBytes(part, buffer.Span));
    }
}
