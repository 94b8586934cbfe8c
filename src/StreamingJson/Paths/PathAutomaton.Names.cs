using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using StreamingJson.Text;

namespace StreamingJson.Paths;

/// <content>The names of the patterns: from a name of the text to the bits that it selects.</content>
/// <remarks>
/// <code>
///   _names[hash] -> a name, its first word of bits, and where all of them stand; no name in the end of a chain; on a collision the next one
///   _nameMasks:     [ no name: zeros | name 1 | name 2 | ... ]   each as many words as a state
/// </code>
/// The names are the patterns' own: whoever writes the text cannot make a chain longer.
/// </remarks>
internal sealed partial class PathAutomaton
{
    private readonly NameEntry[] _names;
    private readonly ulong[] _nameMasks;

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        int length = name.Length;
        return length == 0 ? 0 : (length * 7) + (name[0] * 5) + (name[length - 1] * 3) + name[length >> 1];
    }

    // The entry of the name, or one without.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly NameEntry FindName(ReadOnlySpan<byte> utf8Name)
    {
        NameEntry[] names = _names;
        for (int bucket = HashOf(utf8Name); ; bucket++)
        {
            ref readonly NameEntry entry = ref names[bucket & (names.Length - 1)];
            if (entry.Name is null || entry.Is(utf8Name))
            {
                return ref entry;
            }
        }
    }

    private (NameEntry[] Names, ulong[] Masks) BuildNames(List<(string Name, int Bit)> selectors)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string name, _) in selectors)
        {
            if (!numbers.ContainsKey(name))
            {
                numbers.Add(name, numbers.Count + 1);
            }
        }

        var masks = new ulong[(numbers.Count + 1) * Words];
        foreach ((string name, int bit) in selectors)
        {
            masks[(numbers[name] * Words) + (bit / BitsPerWord)] |= BitOf(bit);
        }

        int size = 4;
        while (size < 2 * (numbers.Count + 1))
        {
            size *= 2;
        }

        var names = new NameEntry[size];
        foreach (KeyValuePair<string, int> number in numbers)
        {
            byte[] name = Utf8Text.GetBytes(number.Key.AsSpan());
            int bucket = HashOf(name);
            while (names[bucket & (size - 1)].Name is not null)
            {
                bucket++;
            }

            int start = number.Value * Words;
            names[bucket & (size - 1)] = new NameEntry { Name = name, FirstMask = masks[start], MaskStart = start };
        }

        return (names, masks);
    }

    private struct NameEntry
    {
        public byte[]? Name;
        public ulong FirstMask;
        public int MaskStart;

        public readonly bool Is(ReadOnlySpan<byte> utf8Name) => Name!.Length == utf8Name.Length
            && (ShortText.AreShortAndEqual(Name, utf8Name) || utf8Name.SequenceEqual(Name));
    }
}
