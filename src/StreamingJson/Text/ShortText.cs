using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StreamingJson.Text;

/// <summary>Chunks of four to eight bytes, which is what most deltas of a model are: two words that may overlap.</summary>
internal static class ShortText
{
    private const int MinLength = sizeof(uint);
    private const int MaxLength = 2 * sizeof(uint);

    /// <summary>Whether a chunk is of such a length.</summary>
    public static bool IsOfLength(int length) => (uint)(length - MinLength) <= MaxLength - MinLength;

    /// <summary>Copies a chunk of such a length; returns its two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Copy(ReadOnlySpan<byte> chunk, Span<byte> target)
    {
        int second = chunk.Length - sizeof(uint);
        uint first4 = BinaryPrimitives.ReadUInt32LittleEndian(chunk);
        uint last4 = BinaryPrimitives.ReadUInt32LittleEndian(chunk.Slice(second));
        BinaryPrimitives.WriteUInt32LittleEndian(target, first4);
        BinaryPrimitives.WriteUInt32LittleEndian(target.Slice(second), last4);
        return first4 | ((ulong)last4 << 32);
    }
}
