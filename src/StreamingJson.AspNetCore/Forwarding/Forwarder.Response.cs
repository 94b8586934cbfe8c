using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using StreamingJson.AspNetCore.Formats;

namespace StreamingJson.AspNetCore.Forwarding;

/// <content>Before anything is sent: the headers of a stream, or in their place a status and a problem document (RFC 9457).</content>
internal sealed partial class Forwarder
{
    // What stood where the headers of the stream stand now: a refusal puts it back, and leaves those of others alone.
    private readonly List<(string Name, StringValues Before)> _replacedHeaders = [];

    private void PrepareResponse(FormatWriter format)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var headers = new HeaderDictionary
        {
            [HeaderNames.ContentType] = "text/event-stream",
            [HeaderNames.CacheControl] = "no-cache, no-store, no-transform",
            [HeaderNames.Pragma] = "no-cache",
            ["X-Accel-Buffering"] = "no",

            // Compression would hold events back until it has a block.
            [HeaderNames.ContentEncoding] = "identity",
        };
        format.SetHeaders(headers);
        foreach ((string name, StringValues value) in headers)
        {
            _replacedHeaders.Add((name, context.Response.Headers[name]));
            context.Response.Headers[name] = value;
        }
    }

    private async Task RefuseAsync(UpstreamRefusal refusal)
    {
        HttpResponse response = context.Response;
        if (context.RequestAborted.IsCancellationRequested || response.HasStarted)
        {
            return;
        }

        foreach ((string name, StringValues before) in _replacedHeaders)
        {
            response.Headers[name] = before;
        }

        if (refusal.RetryAfter is { } retryAfter)
        {
            response.Headers.RetryAfter = retryAfter;
        }

        var problem = new ArrayBufferWriter<byte>();
        WriteProblem(problem, refusal.Status, Describe());
        response.StatusCode = refusal.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = problem.WrittenCount;
        await response.BodyWriter.WriteAsync(problem.WrittenMemory).ConfigureAwait(false);
    }

    // By hand: an application without reflection has no serializer for it.
    private static void WriteProblem(IBufferWriter<byte> output, int status, string detail)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, detail);
        json.WriteEndObject();
    }
}
