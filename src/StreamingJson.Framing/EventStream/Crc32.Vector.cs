#if NET
using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamingJson.Framing;

/// <content>Sixteen bytes a step, by carry-less multiplication, where the processor has it.</content>
/// <remarks>
/// Intel, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction" (2009): what stands before a block is folded into it by a
/// multiplication with x^n mod P, and the last block is reduced after Barrett. All constants are bit-reflected, as the CRC is.
/// </remarks>
internal static partial class Crc32
{
    private const int BlockLength = 16;

    // x^(128+64) and x^128 mod P: a block into the next one. x^64 mod P: the halves of the last. P and floor(x^64 / P): the reduction.
    private static readonly Vector128<ulong> FoldBlock = Vector128.Create(0x1751997d0UL, 0x0ccaa009eUL);
    private static readonly Vector128<ulong> FoldHalf = Vector128.Create(0x163cd6124UL, 0UL);
    private static readonly Vector128<ulong> Reduction = Vector128.Create(0x1db710641UL, 0x1f7011641UL);
    private static readonly Vector128<uint> EvenWords = Vector128.Create(uint.MaxValue, 0, uint.MaxValue, 0);

    /// <summary>Takes as many whole blocks as there are, if it is worth it.</summary>
    private static void TakeBlocks(ref ReadOnlySpan<byte> bytes, ref uint crc)
    {
        if (!Pclmulqdq.IsSupported || bytes.Length < 2 * BlockLength)
        {
            return;
        }

        Vector128<ulong> folded = Block(bytes) ^ Vector128.Create(crc, 0, 0, 0).AsUInt64();
        bytes = bytes.Slice(BlockLength);
        while (bytes.Length >= BlockLength)
        {
            folded = Pclmulqdq.CarrylessMultiply(folded, FoldBlock, 0x00) ^ Pclmulqdq.CarrylessMultiply(folded, FoldBlock, 0x11) ^ Block(bytes);
            bytes = bytes.Slice(BlockLength);
        }

        crc = Reduce(folded);
    }

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

    private static Vector128<ulong> Block(ReadOnlySpan<byte> bytes) => Vector128.Create(bytes.Slice(0, BlockLength)).AsUInt64();
}
#endif
