using System;
using System.Diagnostics;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>Logs a stream while it arrives; it is in the catalog from its first byte on.</summary>
/// <param name="catalog">Where it is to be found. Where there is no room, it is not logged.</param>
/// <param name="title">What people call it.</param>
/// <param name="source">Where it comes from.</param>
/// <param name="contentType">What it says of itself, if anything.</param>
/// <param name="protocol">The dialect, where the user gave one.</param>
/// <param name="started">The <see cref="Stopwatch"/>'s timestamp that times count from: when the request was sent.</param>
internal sealed class Arrival(
    StreamCatalog catalog, string title, StreamSource source, string? contentType, ModelProtocol protocol, long started)
{
    private readonly ChunkLog _log = new();
    private bool _isListed;

    /// <summary>Takes what arrived; it is copied.</summary>
    public void Append(ReadOnlySpan<byte> chunk)
    {
        List(chunk);
        if (_log.End.End == LogEnd.None)
        {
            _log.TryAppend(Stopwatch.GetElapsedTime(started), chunk.ToArray());
        }
    }

    /// <summary>Nothing follows; only the first call counts.</summary>
    public void Complete(LogEnd end = LogEnd.Completed, string? reason = null)
    {
        List([]);
        _log.Complete(Stopwatch.GetElapsedTime(started), end, reason);
        catalog.SignalChange();
    }

    private void List(ReadOnlySpan<byte> start)
    {
        if (!_isListed)
        {
            _isListed = true;
            catalog.Add(title, source, new OpenedStream(_log, StreamShape.OfStart(contentType, start, protocol), ReplayRate: null, contentType));
        }
    }
}
