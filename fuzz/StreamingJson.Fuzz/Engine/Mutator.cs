using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace StreamingJson.Fuzz.Engine;

/// <summary>Makes an input out of one that was interesting: a few small changes, one after the other.</summary>
internal sealed class Mutator(Randomness random, IReadOnlyList<byte[]> dictionary, int maxLength)
{
    private static readonly byte[] Telling = [0, 1, 0x1F, (byte)' ', (byte)'"', (byte)'\\', (byte)'0', (byte)'9', (byte)'\n', (byte)'\r', 0x7F, 0x80, 0xC0, 0xE0, 0xED, 0xEF, 0xF4, 0xFF];

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdefABCDEF"u8;

    private readonly List<byte> _bytes = [];

    /// <summary>A changed copy of <paramref name="parent"/>; <paramref name="other"/> is what may be spliced in. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Mutate(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> other)
    {
        _bytes.Clear();
        _bytes.AddRange(parent);
        int changes = 1 << random.Below(4);
        for (int i = 0; i < changes; i++)
        {
            if (random.OneIn(8))
            {
                ChangeFlagsOrCuts();
            }
            else
            {
                ChangeDocument(other);
            }
        }

        if (_bytes.Count > maxLength)
        {
            _bytes.RemoveRange(maxLength, _bytes.Count - maxLength);
        }

        return CollectionsMarshal.AsSpan(_bytes);
    }

    private Span<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    private void ChangeFlagsOrCuts()
    {
        int start = FuzzInput.DocumentStart(Bytes);
        if (start < 2 || random.OneIn(3))
        {
            if (_bytes.Count > 0)
            {
                _bytes[0] ^= (byte)(1 << random.Below(8));
            }

            return;
        }

        int count = random.Of<int>([0, 1, 1, 2, 3, random.Below(FuzzInput.MaxCuts + 1)]);
        var cuts = new byte[2 + count];
        cuts[0] = _bytes[0];
        cuts[1] = (byte)count;
        for (int i = 2; i < cuts.Length; i++)
        {
            cuts[i] = random.Of<byte>([0, 1, 1, 2, 3, (byte)random.Below(20), random.Byte()]);
        }

        _bytes.RemoveRange(0, start);
        _bytes.InsertRange(0, cuts);
    }

    private void ChangeDocument(ReadOnlySpan<byte> other)
    {
        int start = FuzzInput.DocumentStart(Bytes);
        int length = _bytes.Count - start;
        if (length == 0)
        {
            _bytes.InsertRange(start, Token());
            return;
        }

        int at = start + random.Below(length);
        int reach = 1 + random.Below(Math.Min(_bytes.Count - at, 1 << random.Below(8)));
        switch (random.Below(16))
        {
            case 0:
                _bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                _bytes[at] = random.Byte();
                break;
            case 2:
                _bytes[at] = random.Of<byte>(Telling);
                break;
            case 3:
                _bytes[at] += (byte)(random.OneIn(2) ? 1 : 255);
                break;
            case 4:
                _bytes.Insert(at, random.Of<byte>(Telling));
                break;
            case 5 or 6:
                _bytes.RemoveRange(at, reach);
                break;
            case 7:
                Insert(start + random.Below(length + 1), [.. Bytes.Slice(at, reach)]);
                break;
            case 8:
                Repeat(at, reach);
                break;
            case 9:
                Swap(at, start + random.Below(length));
                break;
            case 10 or 11:
                Insert(start + random.Below(length + 1), Token());
                break;
            case 12:
                Overwrite(at, Token());
                break;
            case 13:
                _bytes[at] = random.Of(HexDigits);
                break;
            case 14:
                Overwrite(start + random.Below(length), [.. Bytes.Slice(at, Math.Min(reach, 4))]);
                break;
            default:
                Splice(at, other);
                break;
        }
    }

    private byte[] Token() => dictionary.Count == 0 ? [random.Byte()] : dictionary[random.Below(dictionary.Count)];

    private void Insert(int at, byte[] bytes)
    {
        if (_bytes.Count + bytes.Length <= maxLength)
        {
            _bytes.InsertRange(at, bytes);
        }
    }

    private void Repeat(int at, int reach)
    {
        byte[] bytes = [.. Bytes.Slice(at, Math.Min(reach, 8))];
        for (int times = 1 << random.Below(7); times > 0; times--)
        {
            Insert(at, bytes);
        }
    }

    private void Swap(int first, int second) => (_bytes[first], _bytes[second]) = (_bytes[second], _bytes[first]);

    private void Overwrite(int at, byte[] bytes) => bytes.AsSpan(0, Math.Min(bytes.Length, _bytes.Count - at)).CopyTo(Bytes[at..]);

    // Either the head of this and the tail of the other, or a piece of the other in the middle.
    private void Splice(int at, ReadOnlySpan<byte> other)
    {
        ReadOnlySpan<byte> document = other[FuzzInput.DocumentStart(other)..];
        if (document.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> tail = document[random.Below(document.Length)..];
        if (random.OneIn(2))
        {
            _bytes.RemoveRange(at, _bytes.Count - at);
            _bytes.AddRange(tail);
        }
        else
        {
            Insert(at, [.. tail[..(1 + random.Below(tail.Length))]]);
        }
    }
}
