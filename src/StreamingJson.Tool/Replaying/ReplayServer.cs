using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.Tool.Demo;
using StreamingJson.Tool.Serving;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Replaying;

/// <summary>
/// Speaks the HTTP of the providers and answers with recordings: those of a protocol in turn at the paths of its interface, and each at <c>/replay/n</c>;
/// over a WebSocket where the client asks for one.
/// What a client asks for does not matter, its body is not read.
/// </summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private const string NumberedPath = "/replay/";

    private readonly ReplayOptions _options;
    private readonly Lock _lock = new();
    private readonly Dictionary<ModelProtocol, int> _turns = [];
    private LoopbackServer? _server;

    private ReplayServer(ReplayOptions options) => _options = options;

    /// <summary>Where it listens: the base address for clients.</summary>
    public Uri Address => _server!.Address;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="Input.InputException">The address cannot be listened on.</exception>
    public static async Task<ReplayServer> StartAsync(ReplayOptions options, CancellationToken cancellationToken = default)
    {
        var replay = new ReplayServer(options);
        replay._server = await LoopbackServer.StartAsync(options.Host, options.Port, replay.AnswerAsync, cancellationToken: cancellationToken);
        return replay;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? string.Empty;
        (ReplayRecording? recording, ModelProtocol protocol) = Find(path);
        bool isSocket = context.WebSockets.IsWebSocketRequest;
        int status = _options.Status ?? (isSocket && !ReplaySocket.IsAllowed(context.Request, _options.Host) ? StatusCodes.Status403Forbidden
            : recording is null ? StatusCodes.Status404NotFound : isSocket ? StatusCodes.Status101SwitchingProtocols : StatusCodes.Status200OK);
        context.Response.StatusCode = status;
        long sent = 0;
        ReplayOutcome outcome = ReplayOutcome.Aborted;
        try
        {
            if (status == StatusCodes.Status101SwitchingProtocols)
            {
                outcome = await ReplaySocket.SendAsync(context, recording!, _options, count => sent = count);
            }
            else if (status == StatusCodes.Status200OK)
            {
                outcome = await SendAsync(context, recording!, count => sent = count);
            }
            else
            {
                recording = null;
                sent = await SendErrorAsync(context, protocol, status, MessageOf(status));
                outcome = ReplayOutcome.Sent;
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; it is told by the outcome.
        }
        finally
        {
            Tell(new ReplayedRequest(context.Request.Method, path, status, recording?.File, sent, outcome));
        }

        if (outcome == ReplayOutcome.Failed && !isSocket)
        {
            // The one way to have what was sent arrive and the end of the body not: the server closes the connection of a handler that throws.
            throw new IOException("The connection is broken as --fail-at asks.");
        }
    }

    private string MessageOf(int status) => _options.Status is not null ? "Replayed failure."
        : status == StatusCodes.Status403Forbidden ? "The request comes from a page of another site."
        : "No recording answers this path.";

    private (ReplayRecording? Recording, ModelProtocol Protocol) Find(string path)
    {
        if (path.StartsWith(NumberedPath, StringComparison.Ordinal))
        {
            bool isNumber = int.TryParse(path.AsSpan(NumberedPath.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            ReplayRecording? numbered = isNumber && number >= 1 && number <= _options.Recordings.Count ? _options.Recordings[number - 1] : null;
            return (numbered, numbered?.Protocol ?? ModelProtocol.Auto);
        }

        ModelProtocol likeliest = ModelProtocol.Auto;
        foreach (ModelProtocol protocol in ProviderPath.ProtocolsOf(path))
        {
            if (TakeTurn(protocol) is { } recording)
            {
                return (recording, protocol);
            }

            likeliest = likeliest == ModelProtocol.Auto ? protocol : likeliest;
        }

        return (null, likeliest);
    }

    private ReplayRecording? TakeTurn(ModelProtocol protocol)
    {
        List<ReplayRecording> recordings = [];
        foreach (ReplayRecording recording in _options.Recordings)
        {
            if (recording.Protocol == protocol)
            {
                recordings.Add(recording);
            }
        }

        if (recordings.Count == 0)
        {
            return null;
        }

        lock (_lock)
        {
            int turn = _turns.GetValueOrDefault(protocol);
            _turns[protocol] = (turn + 1) % recordings.Count;
            return recordings[turn];
        }
    }

    private async Task<ReplayOutcome> SendAsync(HttpContext context, ReplayRecording recording, Action<long> tellSent)
    {
        HttpResponse response = context.Response;
        response.ContentType = recording.ContentType;
        response.Headers.CacheControl = "no-cache";
        if (recording.Protocol == ModelProtocol.UIMessageStream)
        {
            response.Headers["x-vercel-ai-ui-message-stream"] = "v1";
        }

        await response.StartAsync(context.RequestAborted);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
        long startedAt = Stopwatch.GetTimestamp();
        int start = 0;
        foreach ((int end, TimeSpan at) in ReplaySchedule.Of(recording, _options.Cut))
        {
            int until = (int)Math.Min(end, _options.FailAt ?? end);
            await DemoPlayer.WaitUntilAsync(at, startedAt, _options.Speed, context.RequestAborted);
            await response.BodyWriter.WriteAsync(recording.Body.AsMemory(start, until - start), context.RequestAborted);
            start = until;
            tellSent(start);
            if (start == _options.FailAt)
            {
                return ReplayOutcome.Failed;
            }
        }

        // Whoever has gone does not hear the last byte.
        return context.RequestAborted.IsCancellationRequested ? ReplayOutcome.Aborted : ReplayOutcome.Sent;
    }

    private static async Task<long> SendErrorAsync(HttpContext context, ModelProtocol protocol, int status, string message)
    {
        byte[] body = ErrorBody.Create(protocol, status, message);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "0";
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
        return body.Length;
    }

    private void Tell(ReplayedRequest request)
    {
        if (_options.OnRequest is { } onRequest)
        {
            lock (_lock)
            {
                onRequest(request);
            }
        }
    }
}
