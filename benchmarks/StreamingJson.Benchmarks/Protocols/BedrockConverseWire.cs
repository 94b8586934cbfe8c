using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using StreamingJson.ToolCalls;
using static StreamingJson.Benchmarks.Protocols.WireWriter;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Amazon Bedrock ConverseStream: binary messages of the AWS event stream, with two checksums each.</summary>
/// <remarks>
/// <code>
///   total length u32 | headers length u32 | CRC of these 8 | headers | payload | CRC of all before
/// </code>
/// A header: name length u8, name, type u8 (7: string), value length u16, value. All numbers are big-endian.
/// </remarks>
internal static class BedrockConverseWire
{
    private const int Overhead = 16;

    public static ProviderResponse Make(IReadOnlyList<WireCall> calls)
    {
        var wire = new WireWriter(calls);
        Message(wire, "messageStart", "\"role\":\"assistant\"", "start");
        for (int i = 0; i < calls.Count; i++)
        {
            WireCall call = calls[i];
            string block = $"\"contentBlockIndex\":{i}";
            Message(wire, "contentBlockStart", $$$"""{{{block}}},"start":{"toolUse":{"name":{{{Quote(call.Name)}}},"toolUseId":{{{Quote(call.Id)}}}}}""", call.Name);
            foreach (string delta in wire.DeltasOf(call.Arguments))
            {
                Message(wire, "contentBlockDelta", $$$"""{{{block}}},"delta":{"toolUse":{"input":{{{Quote(delta)}}}}}""", delta);
            }

            Message(wire, "contentBlockStop", block, "stop");
        }

        End(wire, "tool_use");
        return wire.ToResponse("bedrock-converse", ModelProtocol.BedrockConverse);
    }

    /// <summary>The same with a text in place of calls.</summary>
    public static ProviderResponse MakeText(string text)
    {
        var wire = new WireWriter([], text);
        Message(wire, "messageStart", "\"role\":\"assistant\"", "start");
        foreach (string delta in wire.DeltasOf(text))
        {
            Message(wire, "contentBlockDelta", $$$"""
                "contentBlockIndex":0,"delta":{"text":{{{Quote(delta)}}}}
                """, delta);
        }

        Message(wire, "contentBlockStop", "\"contentBlockIndex\":0", "stop");
        End(wire, "end_turn");
        return wire.ToResponse("bedrock-converse-text", ModelProtocol.BedrockConverse);
    }

    private static void End(WireWriter wire, string reason)
    {
        Message(wire, "messageStop", $"\"stopReason\":\"{reason}\"", "stop");
        Message(wire, "metadata", """
            "metrics":{"latencyMs":41234},"usage":{"inputTokens":612,"outputTokens":2041,"totalTokens":2653}
            """, "usage");
    }

    private static void Message(WireWriter wire, string type, string members, string padded)
    {
        string json = $$"""{{{members}},"p":"{{Padding(padded)}}"}""";
        wire.Frame(Encode(type, Encoding.UTF8.GetBytes(json)), json);
    }

    private static byte[] Encode(string eventType, byte[] payload)
    {
        var headers = new MemoryStream();
        Header(headers, ":event-type", eventType);
        Header(headers, ":content-type", "application/json");
        Header(headers, ":message-type", "event");

        byte[] message = new byte[Overhead + headers.Length + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), (int)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc(message.AsSpan(0, 8)));
        headers.ToArray().CopyTo(message, 12);
        payload.CopyTo(message, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(message.Length - 4), Crc(message.AsSpan(0, message.Length - 4)));
        return message;
    }

    private static void Header(MemoryStream headers, string name, string value)
    {
        headers.WriteByte((byte)name.Length);
        headers.Write(Encoding.UTF8.GetBytes(name));
        headers.Write([7, (byte)(value.Length >> 8), (byte)value.Length]);
        headers.Write(Encoding.UTF8.GetBytes(value));
    }

    // Bit by bit (ISO 3309): shares nothing with the reader that is measured.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
