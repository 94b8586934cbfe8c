using System;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.Tool.Demo;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Replaying;

/// <summary>
/// Answers over a WebSocket (RFC 6455): each frame of a recording is a message, and where a message is cut it goes on in continuation frames. What the
/// client says is read, because a WebSocket that nobody reads does not close, and does not matter.
/// </summary>
internal sealed class ReplaySocket
{
    // A client that does not answer the closing handshake is not waited for.
    private static readonly TimeSpan ClosingTimeout = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly CancellationTokenSource _gone;
    private readonly CancellationToken _isGone;

    private ReplaySocket(WebSocket socket, CancellationToken aborted)
    {
        _socket = socket;
        _gone = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _isGone = _gone.Token;
    }

    /// <summary>
    /// Whether the server, which listens to this machine alone, may be asked: not by a page of another site. Browsers let every page open WebSockets to
    /// everywhere and read them, but say in <c>Origin</c> whose it is; programs send none.
    /// </summary>
    public static bool IsAllowed(HttpRequest request, IPAddress listening) =>
        !IPAddress.IsLoopback(listening) || request.Headers.Origin.Count == 0 || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out Uri? origin) && origin.IsLoopback);

    /// <summary>Accepts the upgrade, with the first subprotocol that the client offers, and sends the recording.</summary>
    /// <param name="context">The request.</param>
    /// <param name="recording">What is sent.</param>
    /// <param name="options">How.</param>
    /// <param name="tellSent">Told how many bytes of messages were sent.</param>
    public static async Task<ReplayOutcome> SendAsync(HttpContext context, ReplayRecording recording, ReplayOptions options, Action<long> tellSent)
    {
        string? subprotocol = context.WebSockets.WebSocketRequestedProtocols is [{ } first, ..] ? first : null;
        var socket = new ReplaySocket(await context.WebSockets.AcceptWebSocketAsync(subprotocol), context.RequestAborted);
        Task listening = socket.ListenAsync();
        ReplayOutcome outcome = ReplayOutcome.Aborted;
        try
        {
            outcome = await socket.SendAsync(recording.ToMessages(), options, tellSent);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The client went away; it is told by the outcome.
        }

        // To be broken, a connection is left as it is: the server ends it with this request. Whoever aborts it, or stops to read, has it reset, and then
        // what was sent need not arrive.
        Task ending = socket.EndAsync(listening, isBroken: outcome == ReplayOutcome.Failed);
        if (outcome != ReplayOutcome.Failed)
        {
            await ending;
        }

        return outcome;
    }

    private async Task<ReplayOutcome> SendAsync(ReplayRecording messages, ReplayOptions options, Action<long> tellSent)
    {
        // Gemini sends its JSON in binary messages, all others in text.
        WebSocketMessageType type = messages.Protocol == ModelProtocol.GeminiLive ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        long startedAt = Stopwatch.GetTimestamp();
        int start = 0;
        int message = 0;
        foreach ((int end, TimeSpan at) in ReplaySchedule.Of(messages, options.Cut))
        {
            int until = (int)Math.Min(end, options.FailAt ?? end);
            await DemoPlayer.WaitUntilAsync(at, startedAt, options.Speed, _isGone);
            while (start < until)
            {
                int messageEnd = messages.FrameEnds[message];
                int pieceEnd = Math.Min(until, messageEnd);
                await _socket.SendAsync(messages.Body.AsMemory(start, pieceEnd - start), type, pieceEnd == messageEnd, _isGone);
                message += pieceEnd == messageEnd ? 1 : 0;
                start = pieceEnd;
                tellSent(start);
            }

            if (start == options.FailAt)
            {
                return ReplayOutcome.Failed;
            }
        }

        return ReplayOutcome.Sent;
    }

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while ((await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Without a handshake.
        }
        finally
        {
            await _gone.CancelAsync();
        }
    }

    private async Task EndAsync(Task listening, bool isBroken)
    {
        if (!isBroken)
        {
            await CloseAsync(listening);
        }

        await listening;
        _socket.Dispose();
        _gone.Dispose();
    }

    private async Task CloseAsync(Task listening)
    {
        using var timeout = new CancellationTokenSource(ClosingTimeout);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
            }

            await listening.WaitAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Gone, or silent.
            _socket.Abort();
        }
    }
}
