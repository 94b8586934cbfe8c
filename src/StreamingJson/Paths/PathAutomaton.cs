using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

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

    private readonly Masks[] _masks;
    private readonly Masks _firstMasks;
    private readonly (int Bit, PathSelector Selector)[] _indexSelectors;
    private readonly int[] _patternOfBit;

    public PathAutomaton(IReadOnlyList<PathPattern> patterns)
    {
        int bits = 0;
        foreach (PathPattern pattern in patterns)
        {
            bits += pattern.Segments.Count + 1;
        }

        _masks = new Masks[Math.Max(1, (bits + BitsPerWord - 1) / BitsPerWord)];
        _patternOfBit = new int[Words * BitsPerWord];
        var indexSelectors = new List<(int, PathSelector)>();
        var names = new List<(string Name, int Bit)>();
        int bit = 0;
        for (int pattern = 0; pattern < patterns.Count; pattern++)
        {
            MasksOf(bit).Start |= BitOf(bit);
            foreach (PathSegment segment in patterns[pattern].Segments)
            {
                AddSegment(segment, bit++, names, indexSelectors);
            }

            MasksOf(bit).Accepting |= BitOf(bit);
            _patternOfBit[bit++] = pattern;
        }

        _indexSelectors = [.. indexSelectors];
        (_names, _nameMasks) = BuildNames(names);
        _firstMasks = _masks[0];
    }

    /// <summary>The words of a state.</summary>
    public int Words => _masks.Length;

    /// <summary>The pattern by which a value with this bit is selected, by its place in the list.</summary>
    public int PatternOf(int bit) => _patternOfBit[bit];

    /// <summary>The bits that say that one of these patterns selects the value.</summary>
    public ulong[] AcceptingOf(Func<int, bool> isOfThem)
    {
        var mask = new ulong[Words];
        for (int bit = 0; bit < _patternOfBit.Length; bit++)
        {
            if ((MasksOf(bit).Accepting & BitOf(bit)) != 0 && isOfThem(_patternOfBit[bit]))
            {
                mask[bit / BitsPerWord] |= BitOf(bit);
            }
        }

        return mask;
    }

    /// <summary>The state of a root value.</summary>
    public PathReach Start(Span<ulong> state)
    {
        ulong accepted = 0;
        ulong other = 0;
        for (int word = 0; word < state.Length; word++)
        {
            ref readonly Masks masks = ref _masks[word];
            state[word] = masks.Start;
            accepted |= masks.Start & masks.Accepting;
            other |= masks.Start & ~masks.Accepting;
        }

        return ReachOf(accepted, other);
    }

    /// <summary>The state of a member.</summary>
    public PathReach StepToMember(ReadOnlySpan<ulong> container, ReadOnlySpan<byte> utf8Name, Span<ulong> member)
    {
        bool isNameAsked = false;
        for (int word = 0; word < container.Length; word++)
        {
            isNameAsked |= (container[word] & _masks[word].SelectingNames) != 0;
        }

        ReadOnlySpan<ulong> selected = _nameMasks.AsSpan(isNameAsked ? FindName(utf8Name).MaskStart : 0, Words);
        return Step(container, selected, member);
    }

    /// <summary>The state of an item.</summary>
    public PathReach StepToItem(ReadOnlySpan<ulong> container, int index, Span<ulong> item)
    {
        item.Clear();
        foreach ((int bit, PathSelector selector) in _indexSelectors)
        {
            if ((container[bit / BitsPerWord] & BitOf(bit)) != 0 && selector.SelectsIndex(index))
            {
                item[bit / BitsPerWord] |= BitOf(bit);
            }
        }

        return Step(container, item, item);
    }

    /// <summary>As the other overload, where a state is one word: the commonest case, in registers.</summary>
    public PathReach StepToMember(ulong container, ReadOnlySpan<byte> utf8Name, out ulong member)
    {
        ulong selected = (container & _firstMasks.SelectingNames) != 0 ? FindName(utf8Name).FirstMask : 0;
        return Step(_firstMasks, container, selected, out member);
    }

    /// <inheritdoc cref="StepToMember(ulong, ReadOnlySpan{byte}, out ulong)"/>
    public PathReach StepToItem(ulong container, int index, out ulong item)
    {
        ulong selected = 0;
        if ((container & _firstMasks.SelectingIndices) != 0)
        {
            foreach ((int bit, PathSelector selector) in _indexSelectors)
            {
                selected |= selector.SelectsIndex(index) ? BitOf(bit) : 0;
            }
        }

        return Step(_firstMasks, container, selected, out item);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PathReach Step(in Masks masks, ulong container, ulong selected, out ulong child)
    {
        child = ((container & (masks.SelectingAll | selected)) << 1) | (container & masks.Staying);
        return ReachOf(child & masks.Accepting, child & ~masks.Accepting);
    }

    // The last two may be one.
    private PathReach Step(ReadOnlySpan<ulong> container, ReadOnlySpan<ulong> selected, Span<ulong> child)
    {
        ulong accepted = 0;
        ulong other = 0;
        ulong carry = 0;
        for (int word = 0; word < child.Length; word++)
        {
            ref readonly Masks masks = ref _masks[word];
            ulong selecting = container[word] & (masks.SelectingAll | selected[word]);
            ulong next = (selecting << 1) | carry | (container[word] & masks.Staying);
            carry = selecting >> (BitsPerWord - 1);
            child[word] = next;
            accepted |= next & masks.Accepting;
            other |= next & ~masks.Accepting;
        }

        return ReachOf(accepted, other);
    }

    private static PathReach ReachOf(ulong accepted, ulong other) =>
        (accepted != 0 ? PathReach.Selected : PathReach.None) | (other != 0 ? PathReach.Inside : PathReach.None);

    private static ulong BitOf(int bit) => 1UL << (bit % BitsPerWord);

    private ref Masks MasksOf(int bit) => ref _masks[bit / BitsPerWord];

    private void AddSegment(PathSegment segment, int bit, List<(string Name, int Bit)> names, List<(int Bit, PathSelector Selector)> indexSelectors)
    {
        ref Masks masks = ref MasksOf(bit);
        if (segment.IsDescendant)
        {
            masks.Staying |= BitOf(bit);
        }

        foreach (PathSelector selector in segment.Selectors)
        {
            switch (selector.Kind)
            {
                case PathSelectorKind.Wildcard:
                    masks.SelectingAll |= BitOf(bit);
                    break;
                case PathSelectorKind.Name:
                    masks.SelectingNames |= BitOf(bit);
                    names.Add((selector.Name!, bit));
                    break;
                default:
                    masks.SelectingIndices |= BitOf(bit);
                    indexSelectors.Add((bit, selector));
                    break;
            }
        }
    }
    /// <summary>One word of each mask, side by side, for a step looks at all of them.</summary>
    private struct Masks
    {
        public ulong Start;
        public ulong Staying;
        public ulong SelectingAll;
        public ulong SelectingNames;
        public ulong SelectingIndices;

        /// <summary>The bits that say that the value is selected, one for each pattern.</summary>
        public ulong Accepting;
    }
}
