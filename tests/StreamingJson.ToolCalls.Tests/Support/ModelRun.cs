using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamingJson.Framing;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>One pass over a stream, to its end: the final line, and what each event said.</summary>
internal sealed class ModelRun
{
    private readonly StringBuilder _events = new();

    private ModelRun(ModelStreamReader reader) => Reader = reader;

    /// <summary>The reader after its last event; the caller of <see cref="Of(ModelStreamReader, ReadOnlySpan{byte}, int)"/> owns it.</summary>
    public ModelStreamReader Reader { get; }

    public ModelMessage Message => Reader.Message;

    /// <summary>One line an event: the same for every cut of the input.</summary>
    public string Events => _events.ToString();

    public IEnumerable<ToolCall> Calls => Message.Items.OfType<ToolCall>();

    public IEnumerable<AnomalyKind> Anomalies => Message.Anomalies.Select(anomaly => anomaly.Kind);

    /// <summary>Reads a stream in chunks of a size; 0 for all of it at once.</summary>
    public static ModelRun Of(ModelStreamReader reader, ReadOnlySpan<byte> stream, int chunkSize = 0)
    {
        var run = new ModelRun(reader);
        bool isMessages = reader.Options.Framing == FrameFormat.Message;
        while (!stream.IsEmpty)
        {
            // A message of a WebSocket is a line of the file.
            int end = isMessages ? stream.IndexOf((byte)'\n') + 1 : 0;
            ReadOnlySpan<byte> part = end > 0 ? stream[..end] : stream;
            stream = stream[part.Length..];
            run.Append(part, chunkSize);
            if (isMessages)
            {
                reader.EndMessage();
                run.Drain();
            }
        }

        reader.Complete();
        run.Drain();
        return run;
    }

    public static ModelRun Of(ModelStreamOptions options, ReadOnlySpan<byte> stream, int chunkSize = 0) => Of(new ModelStreamReader(options), stream, chunkSize);

    /// <summary>A Chat stream of these payloads, each an event, and nothing more.</summary>
    public static ModelRun OfChat(params string[] payloads) => OfChat(ToolCallLimits.Default, payloads);

    public static ModelRun OfChat(ToolCallLimits limits, params string[] payloads) =>
        Of(new ModelStreamOptions { Protocol = ModelProtocol.OpenAIChat, Limits = limits }, Sse(payloads));

    public static byte[] Sse(params string[] payloads) => Encoding.UTF8.GetBytes(string.Concat(payloads.Select(payload => $"data: {payload}\n\n")));

    /// <summary>What <c>calls --final</c> prints.</summary>
    public string FinalLine()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            FinalMessageWriter.Write(writer, Reader);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Append(ReadOnlySpan<byte> part, int chunkSize)
    {
        while (!part.IsEmpty)
        {
            int size = chunkSize == 0 ? part.Length : Math.Min(chunkSize, part.Length);
            Reader.Append(part[..size]);
            Drain();
            part = part[size..];
        }
    }

    private void Drain()
    {
        while (Reader.TryRead(out ModelEvent next))
        {
            bool isDelta = next.Kind is ModelEventKind.TextDelta or ModelEventKind.ReasoningDelta or ModelEventKind.RefusalDelta or ModelEventKind.ArgumentsDelta;
            Assert.True(Enum.IsDefined(next.Kind) && isDelta == !next.TextUtf8.IsEmpty);
            _events.Append(next.Kind).Append(' ').Append(next.Choice).Append(' ').Append(next.Item?.Index);
            _events.Append(' ').Append(next.AnomalyKind).Append(' ').Append(next.FinishReason).Append(' ').Append(next.Detail);
            _events.Append(' ').Append(next.GetText()).Append('\n');
        }
    }
}
