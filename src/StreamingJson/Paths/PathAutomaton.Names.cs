using System;
using System.Collections.Generic;
using StreamingJson.Text;

namespace StreamingJson.Paths;

/// <content>The names of the patterns: from a name of the text to the bits that it selects.</content>
/// <remarks>
/// <code>
///   _buckets[hash] -> number of a name, 0 for none; on a collision the next bucket
///   _nameMasks:     [ no name: zeros | name 1 | name 2 | ... ]   each as many words as a state
/// </code>
/// The names are the patterns' own: whoever writes the text cannot make a bucket longer.
/// </remarks>
internal sealed partial class PathAutomaton
{
    private readonly int[] _buckets;
    private readonly byte[][] _names;
    private readonly ulong[] _nameMasks;

    // The number of the name, or 0.
    private int FindName(ReadOnlySpan<byte> utf8Name)
    {
        for (int bucket = HashOf(utf8Name); ; bucket++)
        {
            int name = _buckets[bucket & (_buckets.Length - 1)];
            if (name == 0 || utf8Name.SequenceEqual(_names[name]))
            {
                return name;
            }
        }
    }

    private static int HashOf(ReadOnlySpan<byte> name)
    {
        int length = name.Length;
        return length == 0 ? 0 : (length * 7) + (name[0] * 5) + (name[length - 1] * 3) + name[length >> 1];
    }

    private (int[] Buckets, byte[][] Names, ulong[] Masks) BuildNames(List<(string Name, int Bit)> selectors)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string name, _) in selectors)
        {
            if (!numbers.ContainsKey(name))
            {
                numbers.Add(name, numbers.Count + 1);
            }
        }

        int size = 4;
        while (size < 2 * (numbers.Count + 1))
        {
            size *= 2;
        }

        var buckets = new int[size];
        var names = new byte[numbers.Count + 1][];
        names[0] = [];
        foreach (KeyValuePair<string, int> entry in numbers)
        {
            names[entry.Value] = Utf8Text.GetBytes(entry.Key.AsSpan());
            int bucket = HashOf(names[entry.Value]);
            while (buckets[bucket & (size - 1)] != 0)
            {
                bucket++;
            }

            buckets[bucket & (size - 1)] = entry.Value;
        }

        var masks = new ulong[names.Length * Words];
        foreach ((string name, int bit) in selectors)
        {
            masks[(numbers[name] * Words) + (bit / BitsPerWord)] |= 1UL << (bit % BitsPerWord);
        }

        return (buckets, names, masks);
    }
}
