using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.ToolCalls.Pipelines;

/// <summary>Messages of a <see cref="WebSocket"/>, text or binary, their continuation frames joined; the end when the other side closes.</summary>
internal sealed class WebSocketSource(WebSocket input, bool leaveOpen) : ModelSource
{
    // Not from a pool, for the reason given in StreamSource.
    private readonly byte[] _chunk = new byte[16 * 1024];

#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
#endif
    public override async ValueTask ReadAsync(ModelStreamReader reader, CancellationToken cancellationToken)
    {
#if NET
        ValueWebSocketReceiveResult result = await input.ReceiveAsync(_chunk.AsMemory(), cancellationToken).ConfigureAwait(false);
#else
        WebSocketReceiveResult result = await input.ReceiveAsync(new ArraySegment<byte>(_chunk), cancellationToken).ConfigureAwait(false);
#endif
        if (result.MessageType == WebSocketMessageType.Close)
        {
            reader.Complete();
            return;
        }

        reader.Append(_chunk.AsSpan(0, result.Count));
        if (result.EndOfMessage)
        {
            reader.EndMessage();
        }
    }

    public override ValueTask EndAsync()
    {
        if (!leaveOpen)
        {
            input.Dispose();
        }

        return default;
    }
}
