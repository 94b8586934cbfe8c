using System;
using System.Buffers.Binary;
using StreamingJson.Framing.Tests;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Makes what a mutation broke pass the checksums of an AWS event stream, so that what is behind them is reached.</summary>
internal static class EventStreamRepair
{
    private const int Overhead = 16;
    private const int PreludeCrcAt = 8;

    /// <summary>
    /// A copy in which both checksums of each message fit. A total length that cannot be is made that of the rest, a headers length that cannot be is
    /// made to fit, unless the lengths are to stay as they are.
    /// </summary>
    public static byte[] Repair(ReadOnlySpan<byte> stream, bool keepsLengths)
    {
        byte[] repaired = stream.ToArray();
        Span<byte> rest = repaired;
        while (rest.Length >= Overhead)
        {
            uint total = BinaryPrimitives.ReadUInt32BigEndian(rest);
            bool isPossible = total >= Overhead && total <= (uint)rest.Length;
            if (!isPossible && !keepsLengths)
            {
                total = (uint)rest.Length;
                BinaryPrimitives.WriteUInt32BigEndian(rest, total);
                isPossible = true;
            }

            if (isPossible && !keepsLengths && BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) > total - Overhead)
            {
                BinaryPrimitives.WriteUInt32BigEndian(rest[4..], BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) % (total - Overhead + 1));
            }

            BinaryPrimitives.WriteUInt32BigEndian(rest[PreludeCrcAt..], MessageBuilder.Crc(rest[..PreludeCrcAt]));
            if (!isPossible)
            {
                break;
            }

            Span<byte> message = rest[..(int)total];
            BinaryPrimitives.WriteUInt32BigEndian(message[^4..], MessageBuilder.Crc(message[..^4]));
            rest = rest[(int)total..];
        }

        return repaired;
    }
}
