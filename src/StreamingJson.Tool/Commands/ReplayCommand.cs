using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Output;
using StreamingJson.Tool.Replaying;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Commands;

/// <summary><c>replay</c>: a local server that answers as the providers do, with recordings.</summary>
internal sealed class ReplayCommand : ToolCommand
{
    private const string HelpNotes = """
        Example:
          streamingjson replay --port 5005 openai.sse anthropic.sse
          curl -N http://127.0.0.1:5005/v1/chat/completions -d '{}'

        A client of the provider with this base address works as it is: each recording answers at the paths of the interface that it was
        recognised as, several of one interface in turn, and the n-th also at /replay/n. What is asked for does not matter. Recordings
        hold no times: at speed 1 an event, line or message comes every 15 ms, however it is cut. It serves until it is interrupted.
        Who asks for a WebSocket (OpenAI Realtime, Gemini Live) gets one: each event or line is a message, --cut cuts it into
        continuation frames, --fail-at counts bytes of messages, and after the last one comes the close.
        The first line says where it listens:
          {"event":"listening","url","seed","recordings":[{"file","protocol","content_type","bytes","paths":[...]}]}
        and then one line a request, when its answer has ended:
          {"event":"request","method","path","status","file","bytes","outcome":"sent|failed|aborted"}
        failed: broken off by --fail-at; aborted: the client went away; bytes of the body were sent. seed is null unless --cut is random.

        Exit code: 130 interrupted, 64 bad usage, a file that cannot be read, or an address that cannot be listened on.
        """;

    private readonly ToolConsole _console;
    private readonly Argument<string[]> _files = CommandOptions.Files();
    private readonly Option<int> _port = CommandOptions.Port();
    private readonly Option<IPAddress> _host = CommandOptions.Host();
    private readonly Option<double> _speed = CommandOptions.Speed();
    private readonly Option<int?> _seed = CommandOptions.Seed();
    private readonly Option<int?> _cut = new("--cut")
    {
        HelpName = "random|N",
        Description = "Send chunks of random size, or of N bytes. Default: an event, line or message each.",
        CustomParser = result => result.Tokens is [{ Value: "random" }] ? 0 : CommandOptions.ReadNumber(result, "--cut", "random, or a number of bytes", 1, int.MaxValue),
    };

    private readonly Option<int?> _failAt = new("--fail-at")
    {
        HelpName = "BYTES",
        Description = "Break the connection after so many bytes of a body.",
        CustomParser = result => CommandOptions.ReadNumber(result, "--fail-at", "a number of bytes", 0, int.MaxValue),
    };

    private readonly Option<int?> _status = new("--status")
    {
        HelpName = "CODE",
        Description = "Answer every request with this status of failure and a body in the provider's shape.",
        CustomParser = result => CommandOptions.ReadNumber(result, "--status", "a status", 400, 599),
    };

    public ReplayCommand(ToolConsole console)
        : base("replay", "Answers HTTP requests and WebSockets as the providers do, with recorded streams.", HelpNotes)
    {
        _console = console;
        Add(_files);
        Add(_port);
        Add(_host);
        Add(_speed);
        Add(_cut);
        Add(_seed);
        Add(_failAt);
        Add(_status);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        List<ReplayRecording> recordings = [];
        foreach (string name in arguments.GetRequiredValue(_files))
        {
            recordings.Add(ReplayRecording.Read(name, await new InputFile(name, _console).ReadAllAsync(cancellationToken)));
        }

        int? seed = arguments.GetValue(_cut) == 0 ? arguments.GetValue(_seed) ?? Random.Shared.Next() : null;
        using var lines = new JsonLines(_console.Output);

        // Requests end on any thread, also before the first line is out.
        var isListening = new TaskCompletionSource();
        var options = new ReplayOptions(recordings)
        {
            Host = arguments.GetValue(_host)!,
            Port = arguments.GetValue(_port),
            Speed = arguments.GetValue(_speed),
            Cut = new ReplayCut(arguments.GetValue(_cut) ?? 0, seed),
            FailAt = arguments.GetValue(_failAt),
            Status = arguments.GetValue(_status),
            OnRequest = request =>
            {
                isListening.Task.Wait(cancellationToken);
                Write(lines, request);
            },
        };
        await using ReplayServer server = await ReplayServer.StartAsync(options, cancellationToken);
        WriteListening(lines, server.Address, seed, recordings);
        isListening.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return ExitCode.Interrupted;
    }

    private static void WriteListening(JsonLines lines, Uri address, int? seed, List<ReplayRecording> recordings)
    {
        Utf8JsonWriter line = lines.Begin();
        line.WriteString("event", "listening");
        line.WriteString("url", address.GetLeftPart(UriPartial.Authority));
        if (seed is { } value)
        {
            line.WriteNumber("seed", value);
        }
        else
        {
            line.WriteNull("seed");
        }

        line.WriteStartArray("recordings");
        for (int i = 0; i < recordings.Count; i++)
        {
            ReplayRecording recording = recordings[i];
            line.WriteStartObject();
            line.WriteString("file", recording.File);
            line.WriteString("protocol", ModelProtocolNames.GetName(recording.Protocol));
            line.WriteString("content_type", recording.ContentType);
            line.WriteNumber("bytes", recording.Body.Length);
            line.WriteStartArray("paths");
            if (ProviderPath.Example(recording.Protocol) is { } path)
            {
                line.WriteStringValue(path);
            }

            line.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"/replay/{i + 1}"));
            line.WriteEndArray();
            line.WriteEndObject();
        }

        line.WriteEndArray();
        lines.End();
        lines.Flush();
    }

    private static void Write(JsonLines lines, ReplayedRequest request)
    {
        Utf8JsonWriter line = lines.Begin();
        line.WriteString("event", "request");
        line.WriteString("method", request.Method);
        line.WriteString("path", request.Path);
        line.WriteNumber("status", request.Status);
        line.WriteString("file", request.File);
        line.WriteNumber("bytes", request.Bytes);
        line.WriteString("outcome", OutputNames.Snake(request.Outcome.ToString()));
        lines.End();
        lines.Flush();
    }
}
