#if NET8_0_OR_GREATER
using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace StreamingJson.Text;

/// <summary>
/// The text of a string, 16 bytes at once, where the processor can look up 16 bytes at once.
/// </summary>
/// <remarks>
/// After J. Keiser and D. Lemire, Validating UTF-8 in less than one instruction per byte (2020). Each byte is looked at together with the
/// one before it: three tables, by the halves of the one before and the upper half of the byte itself, say which rules the two may break,
/// and a rule is broken where all three say so. What is left is that the second byte after E0..FF and the third after F0..FF continue a
/// sequence, and that no other byte after a continuation does.
/// <code>
///   rule         broken by                       rule         broken by
///   TooShort     lead, then no continuation      Surrogate    ED A0..BF
///   TooLong      ASCII, then a continuation      TooLarge     F4 90..BF, F5..FF 90..BF
///   Overlong2    C0..C1 80..BF                   TooLarge1000 F5..FF 80..8F
///   Overlong3    E0 80..9F                       Overlong4    F0 80..8F (may share a bit with the one above)
///   TwoConts     a continuation, then another
/// </code>
/// </remarks>
internal static class Utf8Blocks
{
    /// <summary>So many bytes must stand before the first that is looked at.</summary>
    private const int Before = 3;

    private const int WorthIt = 8;

    private const byte TooShort = 1 << 0;
    private const byte TooLong = 1 << 1;
    private const byte Overlong3 = 1 << 2;
    private const byte TooLarge = 1 << 3;
    private const byte Surrogate = 1 << 4;
    private const byte Overlong2 = 1 << 5;
    private const byte TooLarge1000 = 1 << 6;
    private const byte Overlong4 = 1 << 6;
    private const byte TwoConts = 1 << 7;
    private const byte Carry = TooShort | TooLong | TwoConts;
    private const byte Large = Carry | TooLarge | TooLarge1000;
    private const byte Continuation = TooLong | Overlong2 | TwoConts;

    private static Vector128<byte> ByUpperHalfBefore => Vector128.Create(
        TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong, TooLong,
        TwoConts, TwoConts, TwoConts, TwoConts,
        TooShort | Overlong2, TooShort, TooShort | Overlong3 | Surrogate, TooShort | TooLarge | TooLarge1000 | Overlong4);

    private static Vector128<byte> ByLowerHalfBefore => Vector128.Create(
        Carry | Overlong3 | Overlong2 | Overlong4, Carry | Overlong2, Carry, Carry, Carry | TooLarge, Large, Large, Large,
        Large, Large, Large, Large, Large, Large | Surrogate, Large, Large);

    private static Vector128<byte> ByUpperHalf => Vector128.Create(
        TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort, TooShort,
        Continuation | Overlong3 | TooLarge1000 | Overlong4, Continuation | Overlong3 | TooLarge,
        Continuation | Surrogate | TooLarge, Continuation | Surrogate | TooLarge,
        TooShort, TooShort, TooShort, TooShort);

    private static Vector128<byte> Places => Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    /// <summary>Whether <see cref="SkipWhole"/> can be used, and is worth it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MaySkip(int length, int index) => (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported)
        && index >= Before && length >= Before + Vector128<byte>.Count && length - index >= WorthIt;

    /// <summary>
    /// An index after valid text from <paramref name="index"/> on, where a sequence begins like the one given: the next stop (but bytes of
    /// sequences), the end or the sequence that is cut by it, or up to a block before an error.
    /// </summary>
    public static int SkipWhole(ReadOnlySpan<byte> utf8, int index)
    {
        int start = index;
        while (index < utf8.Length)
        {
            // The last block ends where the text does: its first bytes were looked at before.
            int place = Math.Min(index, utf8.Length - Vector128<byte>.Count);
            Vector128<byte> block = Vector128.Create(utf8.Slice(place));
            uint stops = StringStops.StopBitsButUtf8(block) >> (index - place);
            int end = place + Vector128<byte>.Count;
            if (stops != 0)
            {
                // What comes from the stop on is not looked at: spaces take its place.
                end = index + BitOperations.TrailingZeroCount(stops);
                block = Vector128.ConditionalSelect(
                    Vector128.LessThan(Places, Vector128.Create((byte)(end - place))), block, Vector128.Create((byte)' '));
            }

            if (!BreaksNoRule(utf8, place, block))
            {
                break;
            }

            index = end;
            if (stops != 0)
            {
                return index;
            }
        }

        // All of it is valid, but the last sequence may not be whole.
        return index - Utf8Sequence.CutAtEnd(utf8.Slice(start, index - start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool BreaksNoRule(ReadOnlySpan<byte> utf8, int index, Vector128<byte> block)
    {
        Vector128<byte> halves = Vector128.Create((byte)0x0F);
        Vector128<byte> before = Vector128.Create(utf8.Slice(index - 1));
        Vector128<byte> broken = LookUp(ByUpperHalfBefore, Vector128.ShiftRightLogical(before.AsUInt16(), 4).AsByte() & halves)
            & LookUp(ByLowerHalfBefore, before & halves)
            & LookUp(ByUpperHalf, Vector128.ShiftRightLogical(block.AsUInt16(), 4).AsByte() & halves);
        Vector128<byte> continues = IsAtLeast(Vector128.Create(utf8.Slice(index - 2)), 0xE0) | IsAtLeast(Vector128.Create(utf8.Slice(index - 3)), 0xF0);
        return (continues & Vector128.Create(TwoConts)) == broken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> IsAtLeast(Vector128<byte> bytes, byte least) => Vector128.Equals(Vector128.Max(bytes, Vector128.Create(least)), bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LookUp(Vector128<byte> table, Vector128<byte> indexes) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(table, indexes) : AdvSimd.Arm64.VectorTableLookup(table, indexes);
}
#endif
