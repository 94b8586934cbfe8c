using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Reads an answer with what the platform has: its own parser of server-sent events, or AWS messages read field by field.</summary>
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

    // The checksums are left unchecked: less work than the library does.
    private void ReadMessages(Stream body)
    {
        using var buffered = new BufferedStream(body, 4096);
        byte[] prelude = new byte[12];
        while (buffered.ReadAtLeast(prelude, prelude.Length, throwOnEndOfStream: false) == prelude.Length)
        {
            int headers = BinaryPrimitives.ReadInt32BigEndian(prelude.AsSpan(4));
            byte[] rest = new byte[BinaryPrimitives.ReadInt32BigEndian(prelude) - prelude.Length];
            buffered.ReadExactly(rest);
            using JsonDocument document = JsonDocument.Parse(rest.AsMemory(headers, rest.Length - headers - 4));
            _calls.ReadEvent(HeaderOf(rest.AsSpan(0, headers), ":event-type"), document.RootElement);
        }
    }

    private static string HeaderOf(ReadOnlySpan<byte> headers, string name)
    {
        while (!headers.IsEmpty)
        {
            int nameLength = headers[0];
            int valueLength = BinaryPrimitives.ReadUInt16BigEndian(headers[(nameLength + 2)..]);
            if (Encoding.UTF8.GetString(headers.Slice(1, nameLength)) == name)
            {
                return Encoding.UTF8.GetString(headers.Slice(nameLength + 4, valueLength));
            }

            headers = headers[(nameLength + 4 + valueLength)..];
        }

        return string.Empty;
    }
}
