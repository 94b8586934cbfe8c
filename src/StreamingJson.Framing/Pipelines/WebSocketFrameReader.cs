using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace StreamingJson.Framing;

/// <summary>
/// Frames from a <see cref="WebSocket"/>: one message, text or binary, is one <see cref="Frame"/>, its continuation frames joined.
/// </summary>
/// <remarks>
/// When the other side closes, the input is complete; when the connection breaks, the read throws its <see cref="WebSocketException"/>. <see cref="AsyncFrameReader.DisposeAsync"/> disposes the socket unless it was left
/// open; the closing handshake is the
/// caller's in both cases. Sending on the socket at the same time is fine.
/// </remarks>
public sealed class WebSocketFrameReader : AsyncFrameReader
{
    private readonly WebSocket _input;
    private readonly bool _leaveOpen;

    // Not from a pool, for the reason given in StreamFrameReader.
    private readonly byte[] _chunk = new byte[16 * 1024];

    /// <summary>
    /// Makes a reader; <paramref name="input"/> is disposed by <see cref="AsyncFrameReader.DisposeAsync"/> unless
    /// <paramref name="leaveOpen"/>.
    /// </summary>
    /// <param name="input">The source, connected.</param>
    /// <param name="options">Limits and choices; <see langword="null"/> for the defaults.</param>
    /// <param name="leaveOpen">Whether the caller disposes <paramref name="input"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    public WebSocketFrameReader(WebSocket input, FrameReaderOptions? options = null, bool leaveOpen = false)
        : base(FrameFormat.Message, options)
    {
        _input = NotNull(input);
        _leaveOpen = leaveOpen;
    }

#if NET
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
#endif
    private protected override async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
#if NET
        ValueWebSocketReceiveResult result = await _input.ReceiveAsync(_chunk.AsMemory(), cancellationToken).ConfigureAwait(false);
#else
        WebSocketReceiveResult result = await _input.ReceiveAsync(new ArraySegment<byte>(_chunk), cancellationToken).ConfigureAwait(false);
#endif
        if (result.MessageType == WebSocketMessageType.Close)
        {
            Reader.Complete();
            return;
        }

        Reader.Append(_chunk.AsSpan(0, result.Count));
        if (result.EndOfMessage)
        {
            Reader.EndMessage();
        }
    }

    private protected override ValueTask EndSourceAsync()
    {
        if (!_leaveOpen)
        {
            _input.Dispose();
        }

        return default;
    }
}
