using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>
/// Reads an answer with the provider's own SDK: its client, its updates, over a handler that answers from memory. The calls are put together from the updates.
/// </summary>
internal abstract class SdkReads(ChunkSize size) : IDisposable
{
    private readonly AnsweringHandler _handler = new(size);
    private HttpClient? _client;

    protected HttpClient Client => _client ??= new HttpClient(_handler);

    /// <summary>The SDK of a protocol, or null where none is referenced.</summary>
    public static SdkReads? TryMake(ModelProtocol protocol, ChunkSize size) => protocol switch
    {
        ModelProtocol.OpenAIChat => new OpenAIChatSdkReads(size),
        ModelProtocol.OpenAIResponses => new OpenAIResponsesSdkReads(size),
        ModelProtocol.Anthropic => new AnthropicSdkReads(size),
        _ => null,
    };

    public IReadOnlyList<WireCall> Read(byte[] wire, Deadline deadline)
    {
        _handler.Body = wire;
        return Read(deadline);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _handler.Dispose();
    }

    protected abstract IReadOnlyList<WireCall> Read(Deadline deadline);

    private sealed class AnsweringHandler(ChunkSize size) : HttpMessageHandler
    {
        public byte[] Body { get; set; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new ReadSizeStream(Body, size)), RequestMessage = request };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
            return response;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
