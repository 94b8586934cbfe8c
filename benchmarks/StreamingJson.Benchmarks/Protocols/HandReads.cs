using System.Collections.Generic;
using System.IO;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Amazon.Runtime.EventStreams.Internal;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Reads an answer with what the platform has: its own parser of server-sent events, or the AWS SDK's decoder of its messages.</summary>
internal sealed class HandReads(ModelProtocol protocol)
{
    private readonly CallsByHand _calls = new(protocol);

    public long Read(byte[] wire, ChunkSize size)
    {
        _calls.Clear();
        using var body = new ReadSizeStream(wire, size);
        if (protocol == ModelProtocol.BedrockConverse)
        {
            ReadMessages(body);
        }
        else
        {
            ReadServerSentEvents(body);
        }

        return _calls.Finish();
    }

    public IReadOnlyList<WireCall> GetCalls() => _calls.GetCalls();

    public string GetText() => _calls.GetText();

    private void ReadServerSentEvents(Stream body)
    {
        foreach (SseItem<string> item in SseParser.Create(body).Enumerate())
        {
            if (item.Data != "[DONE]")
            {
                using JsonDocument document = JsonDocument.Parse(item.Data);
                _calls.ReadEvent(item.EventType, document.RootElement);
            }
        }
    }

    // The decoder loses what does not stand at the start of its array.
    private void ReadMessages(Stream body)
    {
        var decoder = new EventStreamDecoder();
        decoder.MessageReceived += (_, received) =>
        {
            using JsonDocument document = JsonDocument.Parse(received.Message.Payload);
            _calls.ReadEvent(received.Message.Headers[":event-type"].AsString(), document.RootElement);
        };
        byte[] buffer = new byte[16 * 1024];
        for (int length = body.Read(buffer, 0, buffer.Length); length > 0; length = body.Read(buffer, 0, buffer.Length))
        {
            decoder.ProcessData(buffer, 0, length);
        }
    }
}
