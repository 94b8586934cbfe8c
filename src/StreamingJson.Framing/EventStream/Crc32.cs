using System;
using System.Buffers.Binary;

namespace StreamingJson.Framing;

/// <summary>CRC-32 as in IEEE 802.3 (reflected polynomial 0xEDB88320), eight bytes a step ("slicing by 8").</summary>
/// <remarks>
/// Table k, entry b: the CRC of byte b followed by k zero bytes. So the eight bytes of a step are looked up independently of each other.
/// </remarks>
internal static partial class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[] Tables = MakeTables();

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
#if NET
        if (TryComputeInBlocks(bytes, out uint computed))
        {
            return computed;
        }

#endif
        uint[] tables = Tables;
        uint crc = uint.MaxValue;
        while (bytes.Length >= Slices)
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
            crc = tables[(7 * 256) + (int)(low & 0xFF)]
                ^ tables[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ tables[(5 * 256) + (int)((low >> 16) & 0xFF)]
                ^ tables[(4 * 256) + (int)(low >> 24)]
                ^ tables[(3 * 256) + (int)(high & 0xFF)]
                ^ tables[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ tables[(1 * 256) + (int)((high >> 16) & 0xFF)]
                ^ tables[(int)(high >> 24)];
            bytes = bytes.Slice(Slices);
        }

        foreach (byte value in bytes)
        {
            crc = tables[(int)((crc ^ value) & 0xFF)] ^ (crc >> 8);
        }

        return ~crc;
    }

    internal static uint[] MakeTables()
    {
        var tables = new uint[Slices * 256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[value] = crc;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            uint shorter = tables[i - 256];
            tables[i] = tables[(int)(shorter & 0xFF)] ^ (shorter >> 8);
        }

        return tables;
    }
}
