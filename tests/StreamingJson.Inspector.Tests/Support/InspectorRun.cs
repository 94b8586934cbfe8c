using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Tool;
using StreamingJson.Tool.Input;
using StreamingJson.Tool.Inspector;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.ToolCalls;

namespace StreamingJson.Inspector.Tests;

/// <summary>An inspector on a free port of loopback, and a client of it.</summary>
internal sealed class InspectorRun : IAsyncDisposable
{
    private readonly InspectorServer _server;

    private InspectorRun(InspectorServer server, StreamCatalog catalog)
    {
        _server = server;
        Catalog = catalog;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public StreamCatalog Catalog { get; }

    public HttpClient Client { get; }

    public Uri Address => _server.Address;

    public static async Task<InspectorRun> StartAsync(Uri? upstream = null, params string[] files)
    {
        var console = new ToolConsole(Stream.Null, Stream.Null, TextWriter.Null, IsTerminal: false);
        var catalog = new StreamCatalog(files.Select(file => new InputFile(file, console)), ModelProtocol.Auto);
        var options = new InspectorOptions(IPAddress.Loopback, Port: 0, upstream);
        return new InspectorRun(await InspectorServer.StartAsync(options, catalog), catalog);
    }

    /// <summary>Pastes a body; its number.</summary>
    public async Task<int> PasteAsync(byte[] body)
    {
        using HttpResponseMessage response = await Client.PostAsync(new Uri("/api/streams", UriKind.Relative), new ByteArrayContent(body));
        JsonElement answer = await ReadAsync(response);
        return answer.GetProperty("id").GetInt32();
    }

    /// <summary>All records of a stream, until its end.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadStepsAsync(int id)
    {
        string text = await Client.GetStringAsync(new Uri($"/api/streams/{id}", UriKind.Relative));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 128 }).RootElement)];
    }

    /// <summary>What the list says of the streams.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync()
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri("/api/streams", UriKind.Relative));
        return [.. (await ReadAsync(response)).GetProperty("streams").EnumerateArray()];
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
