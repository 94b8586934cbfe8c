using System;
using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Inspector;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Commands;

/// <summary><c>serve</c>: the inspector, a page in the browser.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private const string HelpNotes = """
        Example:
          streamingjson serve response.sse
          streamingjson serve --port 5006 --upstream https://api.openai.com     then point a client at http://127.0.0.1:5006/proxy/v1
          curl -sN https://... | streamingjson serve -

        Serves a page that shows a stream as it arrives: the growing values, the calls with their verdicts, the timeline and the frames, at
        any moment. Files are replayed; samples are there, too; a text can be pasted, at most 16 MiB. With --upstream what is sent to the path
        /proxy/ is forwarded, and the answers are shown live; headers and requests are neither kept nor shown.
        One line, when it listens; then it serves until it is interrupted:
          {"event":"listening","url","proxy"}
        proxy is null without --upstream. Only this machine can reach it, unless --host says otherwise: everybody who can sees all streams.

        Exit code: 130 interrupted, 64 bad usage or an address that cannot be listened on.
        """;

    private readonly ToolConsole _console;
    private readonly Argument<string[]> _files = CommandOptions.Files();
    private readonly Option<IPAddress> _host = CommandOptions.Host();
    private readonly Option<int> _port = CommandOptions.Port();
    private readonly Option<Uri?> _upstream = new("--upstream")
    {
        HelpName = "URL",
        Description = "Where requests to /proxy/ are forwarded.",
        CustomParser = result => result.Tokens is [var token] && Uri.TryCreate(token.Value, UriKind.Absolute, out Uri? upstream)
            && upstream is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
            ? upstream
            : CommandOptions.Refuse<Uri?>(result, "--upstream takes an http or https address without query, fragment and user."),
    };

    private readonly Option<ModelProtocol?> _protocol = CommandOptions.Protocol(
        $"The dialect of files, pasted texts and the upstream: {CommandOptions.ProtocolNames}. Default: auto, recognised from each stream.");

    private readonly Option<bool> _open = new("--open") { Description = "Open the page in the browser, if there is one." };

    public ServeCommand(ToolConsole console)
        : base("serve", "Serves the inspector: a page that shows streams as they arrive.", HelpNotes)
    {
        _console = console;
        _files.Arity = ArgumentArity.ZeroOrMore;
        Add(_files);
        Add(_host);
        Add(_port);
        Add(_upstream);
        Add(_protocol);
        Add(_open);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] names = arguments.GetValue(_files) ?? [];
        var options = new InspectorOptions(
            arguments.GetValue(_host)!, arguments.GetValue(_port), arguments.GetValue(_upstream), arguments.GetValue(_protocol) ?? ModelProtocol.Auto);
        var catalog = new StreamCatalog(names.Where(name => name != InputFile.StandardInputName).Select(name => new InputFile(name, _console)), options.Protocol);
        await using InspectorServer server = await InspectorServer.StartAsync(options, catalog, cancellationToken);
        WriteAddress(server.Address, options.Upstream is not null);
        if (!IPAddress.IsLoopback(options.Address))
        {
            await _console.Error.WriteLineAsync("streamingjson: other machines can reach this page, and see all that it shows.");
        }

        if (arguments.GetValue(_open))
        {
            await OpenAsync(server.Address);
        }

        if (names.Contains(InputFile.StandardInputName))
        {
            await ReadInputAsync(catalog, options.Protocol, cancellationToken);
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
        return ExitCode.Interrupted;
    }

    private void WriteAddress(Uri address, bool hasProxy)
    {
        using var lines = new JsonLines(_console.Output);
        Utf8JsonWriter line = lines.Begin();
        line.WriteString("event", "listening");
        line.WriteString("url", address.ToString());
        line.WriteString("proxy", hasProxy ? new Uri(address, InspectorServer.ProxyPath + "/").ToString() : null);
        lines.End();
        lines.Flush();
    }

    private async Task OpenAsync(Uri address)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is Win32Exception or PlatformNotSupportedException or FileNotFoundException)
        {
            await _console.Error.WriteLineAsync($"streamingjson: no browser was opened: {exception.Message}");
        }
    }

    private async Task ReadInputAsync(StreamCatalog catalog, ModelProtocol protocol, CancellationToken cancellationToken)
    {
        var arrival = new Arrival(catalog, "Standard input", StreamSource.Piped, contentType: null, protocol, Stopwatch.GetTimestamp());
        byte[] buffer = new byte[ChunkReader.ReadSize];
        try
        {
            while (await _console.Input.ReadAsync(buffer, cancellationToken) is > 0 and int read)
            {
                arrival.Append(buffer.AsSpan(0, read));
            }

            arrival.Complete();
        }
        catch (IOException exception)
        {
            arrival.Complete(LogEnd.Aborted, exception.Message);
        }
    }
}
