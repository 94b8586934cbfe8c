using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace StreamingJson.Framing.Tests;

/// <summary>Builds AWS event stream messages, byte for byte and with a bit-by-bit CRC: shares nothing with the reader.</summary>
internal sealed class MessageBuilder
{
    private readonly List<byte> _headers = [];

    public static byte[] Event(string eventType, string payload) =>
        new MessageBuilder().String(":event-type", eventType).String(":content-type", "application/json").String(":message-type", "event").Build(Text.Utf8(payload));

    public MessageBuilder Header(string name, byte type, params byte[] value)
    {
        byte[] utf8 = Text.Utf8(name);
        _headers.Add((byte)utf8.Length);
        _headers.AddRange(utf8);
        _headers.Add(type);
        _headers.AddRange(value);
        return this;
    }

    public MessageBuilder String(string name, string value) => Sized(name, 7, Text.Utf8(value));

    public MessageBuilder Sized(string name, byte type, byte[] value) => Header(name, type, [(byte)(value.Length >> 8), (byte)value.Length, .. value]);

    public MessageBuilder Raw(params byte[] headerBytes)
    {
        _headers.AddRange(headerBytes);
        return this;
    }

    public byte[] Build(params byte[] payload) => Assemble((uint)(_headers.Count + payload.Length + 16), (uint)_headers.Count, [.. _headers], payload);

    /// <summary>A message whose lengths say what they are told, with checksums that fit.</summary>
    public static byte[] Assemble(uint total, uint headersLength, byte[] headers, byte[] payload)
    {
        byte[] prelude = [.. BigEndian(total), .. BigEndian(headersLength)];
        byte[] covered = [.. prelude, .. BigEndian(Crc(prelude)), .. headers, .. payload];
        return [.. covered, .. BigEndian(Crc(covered))];
    }

    public static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static uint Crc(ReadOnlySpan<byte> bytes)
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
