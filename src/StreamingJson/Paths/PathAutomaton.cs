using System;
using System.Collections.Generic;

namespace StreamingJson.Paths;

/// <summary>
/// Any number of patterns, compiled once, so that a step down costs the same however many values there are: a nondeterministic automaton
/// whose states are the bits of a few words.
/// </summary>
/// <remarks>
/// <code>
///   $.a[*]   bits  0  1  2      bit n of a pattern: its first n segments led here; after the last segment: the value is selected
///   $..b     bits  3  4         state of a value: the bits that hold for it
///
///   step to a child:  next = ((state &amp; selecting) &lt;&lt; 1) | (state &amp; staying)
///                     selecting: bits whose segment selects the child; staying: bits whose segment is a descendant one
/// </code>
/// Invariant: the bit after a pattern's last segment is never selecting, so that nothing is shifted from one pattern into the next.
/// </remarks>
internal sealed partial class PathAutomaton
{
    private const int BitsPerWord = 64;

    private readonly ulong[] _start;
    private readonly ulong[] _staying;
    private readonly ulong[] _selectingAll;
    private readonly ulong[] _selectingNames;
    private readonly ulong[] _selectingIndices;
    private readonly (int Bit, PathSelector Selector)[] _indexSelectors;
    private readonly int[] _patternOfBit;

    public PathAutomaton(IReadOnlyList<PathPattern> patterns)
    {
        int bits = 0;
        foreach (PathPattern pattern in patterns)
        {
            bits += pattern.Segments.Count + 1;
        }

        Words = Math.Max(1, (bits + BitsPerWord - 1) / BitsPerWord);
        _start = new ulong[Words];
        _staying = new ulong[Words];
        _selectingAll = new ulong[Words];
        _selectingNames = new ulong[Words];
        _selectingIndices = new ulong[Words];
        Accepting = new ulong[Words];
        _patternOfBit = new int[Words * BitsPerWord];
        var indexSelectors = new List<(int, PathSelector)>();
        var names = new List<(string Name, int Bit)>();
        int bit = 0;
        for (int pattern = 0; pattern < patterns.Count; pattern++)
        {
            Set(_start, bit);
            foreach (PathSegment segment in patterns[pattern].Segments)
            {
                AddSegment(segment, bit++, names, indexSelectors);
            }

            Set(Accepting, bit);
            _patternOfBit[bit++] = pattern;
        }

        _indexSelectors = [.. indexSelectors];
        (_buckets, _names, _nameMasks) = BuildNames(names);
    }

    /// <summary>The words of a state.</summary>
    public int Words { get; }

    /// <summary>The bits that say that the value is selected, one for each pattern.</summary>
    public ulong[] Accepting { get; }

    /// <summary>The pattern whose bit of <see cref="Accepting"/> this is, by its place in the list.</summary>
    public int PatternOf(int bit) => _patternOfBit[bit];

    /// <summary>The bits of some of the patterns within <see cref="Accepting"/>.</summary>
    public ulong[] AcceptingOf(Func<int, bool> isOfThem)
    {
        var mask = new ulong[Words];
        for (int bit = 0; bit < _patternOfBit.Length; bit++)
        {
            if (Has(Accepting, bit) && isOfThem(_patternOfBit[bit]))
            {
                Set(mask, bit);
            }
        }

        return mask;
    }

    /// <summary>The state of a root value.</summary>
    public PathReach Start(Span<ulong> state)
    {
        _start.CopyTo(state);
        return ReachOf(state);
    }

    /// <summary>The state of a member.</summary>
    public PathReach StepToMember(ReadOnlySpan<ulong> container, ReadOnlySpan<byte> utf8Name, Span<ulong> member)
    {
        int mask = Any(container, _selectingNames) ? FindName(utf8Name) * Words : 0;
        if (member.Length == 1)
        {
            ulong state = container[0];
            ulong next = ((state & (_selectingAll[0] | _nameMasks[mask])) << 1) | (state & _staying[0]);
            member[0] = next;
            return ReachOf(next & Accepting[0], next & ~Accepting[0]);
        }

        ulong carry = 0;
        for (int word = 0; word < member.Length; word++)
        {
            ulong selecting = container[word] & (_selectingAll[word] | _nameMasks[mask + word]);
            member[word] = (selecting << 1) | carry | (container[word] & _staying[word]);
            carry = selecting >> (BitsPerWord - 1);
        }

        return ReachOf(member);
    }

    /// <summary>The state of an item.</summary>
    public PathReach StepToItem(ReadOnlySpan<ulong> container, int index, Span<ulong> item)
    {
        _selectingAll.CopyTo(item);
        if (Any(container, _selectingIndices))
        {
            foreach ((int bit, PathSelector selector) in _indexSelectors)
            {
                if (selector.SelectsIndex(index))
                {
                    item[bit / BitsPerWord] |= 1UL << (bit % BitsPerWord);
                }
            }
        }

        ulong carry = 0;
        for (int word = 0; word < item.Length; word++)
        {
            ulong selecting = container[word] & item[word];
            item[word] = (selecting << 1) | carry | (container[word] & _staying[word]);
            carry = selecting >> (BitsPerWord - 1);
        }

        return ReachOf(item);
    }

    /// <summary>What a state means for its value.</summary>
    public PathReach ReachOf(ReadOnlySpan<ulong> state)
    {
        ulong accepted = 0;
        ulong other = 0;
        for (int word = 0; word < state.Length; word++)
        {
            accepted |= state[word] & Accepting[word];
            other |= state[word] & ~Accepting[word];
        }

        return ReachOf(accepted, other);
    }

    private static PathReach ReachOf(ulong accepted, ulong other) =>
        (accepted != 0 ? PathReach.Selected : PathReach.None) | (other != 0 ? PathReach.Inside : PathReach.None);

    private static bool Any(ReadOnlySpan<ulong> state, ulong[] mask)
    {
        ulong any = state[0] & mask[0];
        for (int word = 1; word < state.Length; word++)
        {
            any |= state[word] & mask[word];
        }

        return any != 0;
    }

    private static void Set(ulong[] mask, int bit) => mask[bit / BitsPerWord] |= 1UL << (bit % BitsPerWord);

    private static bool Has(ulong[] mask, int bit) => (mask[bit / BitsPerWord] >> (bit % BitsPerWord) & 1) != 0;

    private void AddSegment(PathSegment segment, int bit, List<(string Name, int Bit)> names, List<(int Bit, PathSelector Selector)> indexSelectors)
    {
        if (segment.IsDescendant)
        {
            Set(_staying, bit);
        }

        foreach (PathSelector selector in segment.Selectors)
        {
            switch (selector.Kind)
            {
                case PathSelectorKind.Wildcard:
                    Set(_selectingAll, bit);
                    break;
                case PathSelectorKind.Name:
                    Set(_selectingNames, bit);
                    names.Add((selector.Name!, bit));
                    break;
                default:
                    Set(_selectingIndices, bit);
                    indexSelectors.Add((bit, selector));
                    break;
            }
        }
    }
}
