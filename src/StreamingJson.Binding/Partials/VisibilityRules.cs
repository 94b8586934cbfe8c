using System;
using System.Collections.Generic;
using StreamingJson.Paths;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// Which patterns select what. It is followed step by step, with the path of the containers that are open: where a path is, is a word of
/// bits for each pattern, bit n for "the first n segments lead here".
/// </summary>
internal sealed class VisibilityRules
{
    private const int MaxSegments = 63;

    private readonly (PathPattern Pattern, PartialVisibility Visibility)[] _rules;

    private VisibilityRules((PathPattern Pattern, PartialVisibility Visibility)[] rules) => _rules = rules;

    public static VisibilityRules None { get; } = new([]);

    public bool IsEmpty => _rules.Length == 0;

    /// <summary>Where the root is.</summary>
    public ulong[] Root
    {
        get
        {
            var reached = new ulong[_rules.Length];
            for (int rule = 0; rule < reached.Length; rule++)
            {
                reached[rule] = 1;
            }

            return reached;
        }
    }

    public VisibilityRules With(PathPattern pattern, PartialVisibility visibility) => pattern.Segments.Count <= MaxSegments
        ? new VisibilityRules([.. _rules, (pattern, visibility)])
        : throw new ArgumentException($"A pattern of more than {MaxSegments} segments is not followed.", nameof(pattern));

    /// <summary>Where a child is: a member by its name, or an item (no name) by its index.</summary>
    public ulong[] Step(ulong[] reached, string? name, int index)
    {
        var next = new ulong[_rules.Length];
        for (int rule = 0; rule < next.Length; rule++)
        {
            IReadOnlyList<PathSegment> segments = _rules[rule].Pattern.Segments;
            for (int at = 0; at < segments.Count; at++)
            {
                if ((reached[rule] & (1UL << at)) == 0)
                {
                    continue;
                }

                bool selects = name is null ? segments[at].SelectsIndex(index) : segments[at].SelectsName(name);
                next[rule] |= (segments[at].IsDescendant ? 1UL << at : 0) | (selects ? 1UL << (at + 1) : 0);
            }
        }

        return next;
    }

    /// <summary>What the last pattern says that selects this place; <see cref="PartialVisibility.FromContract"/> when none does.</summary>
    public PartialVisibility At(ulong[] reached)
    {
        for (int rule = _rules.Length - 1; rule >= 0; rule--)
        {
            if ((reached[rule] & (1UL << _rules[rule].Pattern.Segments.Count)) != 0)
            {
                return _rules[rule].Visibility;
            }
        }

        return PartialVisibility.FromContract;
    }
}
