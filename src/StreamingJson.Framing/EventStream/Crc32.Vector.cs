#if NET
using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamingJson.Framing;

/// <content>Sixteen bytes a step, by carry-less multiplication, where the processor has it.</content>
/// <remarks>
/// Intel, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (2009): what stands before a block is folded into it by a
/// multiplication with x^n mod P, and the last block is reduced after Barrett. All constants are bit-reflected, as the CRC is. Zeros before a message
/// change nothing: what is more than whole blocks is the end of a first block of zeros, so that nothing is left over at the end.
/// </remarks>
internal static partial class Crc32
{
    private const int BlockLength = 16;

    // x^(128+32) and x^(128-32) mod P: a block into the next one. x^64 mod P: the halves of the last. P and floor(x^64 / P): the reduction.
    private static readonly Vector128<ulong> FoldBlock = Vector128.Create(0x1751997d0UL, 0x0ccaa009eUL);
    private static readonly Vector128<ulong> FoldHalf = Vector128.Create(0x163cd6124UL, 0UL);
    private static readonly Vector128<ulong> Reduction = Vector128.Create(0x1db710641UL, 0x1f7011641UL);
    private static readonly Vector128<uint> EvenWords = Vector128.Create(uint.MaxValue, 0, uint.MaxValue, 0);
    private static readonly Vector128<byte> Initial = Vector128.CreateScalar(uint.MaxValue).AsByte();

    // A slice that begins at n moves a block down by 16 - n bytes, or from 16 on up by n - 16; zeros fill it up.
    private static ReadOnlySpan<byte> Moves =>
    [
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    ];

    /// <summary>All of it in blocks, if there is one.</summary>
    private static bool TryComputeInBlocks(ReadOnlySpan<byte> bytes, out uint crc)
    {
        crc = 0;
        if (!Pclmulqdq.IsSupported || bytes.Length < BlockLength)
        {
            return false;
        }

        int odd = bytes.Length % BlockLength;
        Vector128<byte> first = Vector128.Create(bytes) ^ Initial;
        Vector128<ulong> folded = Fold(Move(first, odd)) ^ Vector128.Create(bytes.Slice(odd)).AsUInt64() ^ Move(Initial, BlockLength + odd);
        for (bytes = bytes.Slice(odd + BlockLength); bytes.Length >= BlockLength; bytes = bytes.Slice(BlockLength))
        {
            folded = Fold(folded) ^ Vector128.Create(bytes).AsUInt64();
        }

        crc = ~Reduce(folded);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Move(Vector128<byte> block, int by) => Ssse3.Shuffle(block, Vector128.Create(Moves.Slice(by))).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> folded) =>
        Pclmulqdq.CarrylessMultiply(folded, FoldBlock, 0x00) ^ Pclmulqdq.CarrylessMultiply(folded, FoldBlock, 0x11);

    private static uint Reduce(Vector128<ulong> folded)
    {
        // 128 bits to 96, to 64.
        folded = Pclmulqdq.CarrylessMultiply(folded, FoldBlock, 0x10) ^ Sse2.ShiftRightLogical128BitLane(folded, 8);
        Vector128<ulong> upper = Sse2.ShiftRightLogical128BitLane(folded, 4);
        folded = Pclmulqdq.CarrylessMultiply(folded & EvenWords.AsUInt64(), FoldHalf, 0x00) ^ upper;

        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(folded & EvenWords.AsUInt64(), Reduction, 0x10);
        folded ^= Pclmulqdq.CarrylessMultiply(quotient & EvenWords.AsUInt64(), Reduction, 0x00);
        return folded.AsUInt32().GetElement(1);
    }
}
#endif
