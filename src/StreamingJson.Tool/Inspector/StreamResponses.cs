using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using StreamingJson.Framing;
using StreamingJson.Tool.Inspector.Steps;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector;

/// <summary>Responses that go on for as long as there is something to tell.</summary>
internal static class StreamResponses
{
    private const int FlushSize = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what a stream is.</summary>
    public static void WriteIdentity(Utf8JsonWriter writer, InspectedStream stream)
    {
        writer.WriteNumber("id", stream.Id);
        writer.WriteString("title", stream.Title);
        writer.WriteString("source", OutputNames.Snake(stream.Source.ToString()));
        writer.WriteBoolean("live", stream.IsLive);
    }

    /// <summary>
    /// Answers with the steps of a stream, one JSON object a line: what there is at once, then what comes, until its end. The first line is
    /// <c>{"record":"stream","id","title","source","live","shape":"model|document","replay_rate"}</c>.
    /// </summary>
    public static async Task WriteStepsAsync(
        HttpContext context, InspectedStream stream, OpenedStream content, ModelProtocol protocol, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/x-ndjson";
        PipeWriter body = context.Response.BodyWriter;
        using StepWriter steps = StepWriter.Create(content.Shape, content.Shape.IsModelStream ? protocol : ModelProtocol.Auto, content.ContentType);
        using var line = new Utf8JsonWriter(body, Relaxed);
        WriteHead(line, stream, content);
        End(line, body);
        int position = 0;
        while (true)
        {
            while (content.Log.TryGet(position, out TimedChunk chunk))
            {
                position++;
                steps.Append(chunk, line);
                End(line, body);
                if (body.UnflushedBytes >= FlushSize)
                {
                    await body.FlushAsync(cancellationToken);
                }
            }

            await body.FlushAsync(cancellationToken);
            if (!await content.Log.WaitAsync(position, cancellationToken))
            {
                break;
            }
        }

        (LogEnd end, TimeSpan at, string? reason) = content.Log.End;
        steps.Complete(end, at, reason, line);
        End(line, body);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Answers with server-sent events: an object now, and again whenever the catalog changed.</summary>
    public static async Task WatchAsync(HttpContext context, StreamCatalog catalog, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream";
        PipeWriter body = context.Response.BodyWriter;
        var data = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(data, Relaxed);
        while (true)
        {
            Task changed = catalog.Changed;
            data.ResetWrittenCount();
            writer.Reset();
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
            writer.Flush();
            ServerSentEventWriter.WriteEvent(body, data.WrittenSpan);
            await body.FlushAsync(cancellationToken);
            await changed.WaitAsync(cancellationToken);
        }
    }

    private static void WriteHead(Utf8JsonWriter line, InspectedStream stream, OpenedStream content)
    {
        line.WriteStartObject();
        line.WriteString("record", "stream");
        WriteIdentity(line, stream);
        line.WriteString("shape", content.Shape.IsModelStream ? "model" : "document");
        if (content.ReplayRate is { } rate)
        {
            line.WriteNumber("replay_rate", Math.Round(rate));
        }
        else
        {
            line.WriteNull("replay_rate");
        }

        line.WriteEndObject();
    }

    private static void End(Utf8JsonWriter line, PipeWriter body)
    {
        line.Flush();
        line.Reset();
        body.Write("\n"u8);
    }
}
