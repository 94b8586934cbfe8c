using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.Intrinsics;
#endif

namespace StreamingJson.Text;

/// <summary>
/// Undoes the escapes of one letter, and copies what is between them: most text with escapes consists of nothing else.
/// </summary>
internal static class EscapedText
{
    /// <summary>How many bytes more than the text the target must have: whole blocks are written, whatever of them is used.</summary>
    public const int Slack = 32;

    /// <summary>
    /// Unescapes as much as it can, up to a quote, an escape that is cut or of another kind, a byte that may not stand in a string, or a
    /// UTF-8 sequence. Returns how many bytes of <paramref name="json"/> that was.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> json, Span<byte> target, out int written)
    {
        int read = 0;
        written = 0;
#if NET8_0_OR_GREATER
        while (json.Length - read >= Vector256<byte>.Count)
        {
            Vector256<byte> block = Vector256.Create(json.Slice(read));
            block.CopyTo(target.Slice(written));
            uint stops = StringStops.StopBits(block);
            int plain = BitOperations.TrailingZeroCount(stops);
            read += plain;
            written += plain;
            if (stops != 0 && !TryUnescape(json, target, ref read, ref written))
            {
                return read;
            }
        }
#endif
        while (json.Length - read >= sizeof(ulong))
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(json.Slice(read));
            if (StringStops.HasStop(word))
            {
                if (!TryCopyToEscape(json, target, ref read, ref written))
                {
                    return read;
                }

                continue;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(target.Slice(written), word);
            read += sizeof(ulong);
            written += sizeof(ulong);
        }

        while (read < json.Length && TryCopyToEscape(json, target, ref read, ref written))
        {
        }

        return read;
    }

    // Copies up to the next stop, and undoes it if it is an escape of one letter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyToEscape(ReadOnlySpan<byte> json, Span<byte> target, ref int read, ref int written)
    {
        while ((uint)read < (uint)json.Length && !StringStops.IsStop(json[read]))
        {
            target[written++] = json[read++];
        }

        return TryUnescape(json, target, ref read, ref written);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryUnescape(ReadOnlySpan<byte> json, Span<byte> target, ref int read, ref int written)
    {
        int letter = read + 1;
        if ((uint)letter >= (uint)json.Length || json[read] != '\\')
        {
            return false;
        }

        byte unescaped = JsonBytes.UnescapeLetter(json[letter]);
        if (unescaped == 0)
        {
            return false;
        }

        target[written++] = unescaped;
        read += 2;
        return true;
    }
}
