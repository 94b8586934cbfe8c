using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace StreamingJson.Tests.TestKit;

/// <summary>
/// A JSONPath query of the subset, and what it selects: a naive reading of RFC 9535, section 2, over a whole document. Independent of the
/// library; it goes down by recursion, and again for each segment.
/// </summary>
public sealed record PathQuery(IReadOnlyList<QuerySegment> Segments)
{
    /// <summary>The pointers (RFC 6901) of the selected values, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Select(JsonElement root)
    {
        IEnumerable<QueryNode> nodes = [new QueryNode(root, "", [])];
        foreach (QuerySegment segment in Segments)
        {
            nodes = nodes.SelectMany(node => segment.IsDescendant ? node.WithDescendants() : [node]).SelectMany(segment.ChildrenOf);
        }

        // A value is identified by where it stands: two of the same name have the same pointer.
        return
        [
            .. nodes.DistinctBy(node => string.Join(',', node.Place)).Order(Comparer<QueryNode>.Create(InTextOrder)).Select(node => node.Pointer),
        ];
    }

    public string Write(Func<QuerySelector, string> write) =>
        "$" + string.Concat(Segments.Select(segment => (segment.IsDescendant ? ".." : "") + $"[{string.Join(',', segment.Selectors.Select(write))}]"));

    public override string ToString() => Write(selector => selector.ToString());

    private static int InTextOrder(QueryNode left, QueryNode right)
    {
        int common = left.Place.Zip(right.Place).TakeWhile(pair => pair.First == pair.Second).Count();
        return common < left.Place.Count && common < right.Place.Count
            ? left.Place[common].CompareTo(right.Place[common])
            : left.Place.Count.CompareTo(right.Place.Count);
    }
}

/// <summary>A value and the way to it: its pointer, and the positions among the siblings.</summary>
public sealed record QueryNode(JsonElement Value, string Pointer, IReadOnlyList<int> Place)
{
    public IEnumerable<QueryNode> WithDescendants() => Children().SelectMany(child => child.Node.WithDescendants()).Prepend(this);

    public IEnumerable<(QueryNode Node, string? Name, int Index)> Children() => Value.ValueKind switch
    {
        JsonValueKind.Array => Value.EnumerateArray().Select((item, index) => (Child(item, index.ToString(CultureInfo.InvariantCulture), index), (string?)null, index)),
        JsonValueKind.Object => Value.EnumerateObject().Select((member, index) => (Child(member.Value, Escape(member.Name), index), (string?)member.Name, -1)),
        _ => [],
    };

    private QueryNode Child(JsonElement value, string token, int place) => new(value, $"{Pointer}/{token}", [.. Place, place]);

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

public sealed record QuerySegment(bool IsDescendant, IReadOnlyList<QuerySelector> Selectors)
{
    public IEnumerable<QueryNode> ChildrenOf(QueryNode node) =>
        from child in node.Children()
        where Selectors.Any(selector => selector.Selects(child.Name, child.Index))
        select child.Node;
}

/// <summary>A selector: of a name, of an index (a slice with one item), of a slice, or of all.</summary>
public sealed record QuerySelector(string? Name, long Start, long? End, long Step, bool IsIndex, bool IsWildcard)
{
    public static QuerySelector ForName(string name) => new(name, 0, null, 1, false, false);

    public static QuerySelector ForIndex(long index) => new(null, index, index + 1, 1, true, false);

    public static QuerySelector ForSlice(long start, long? end, long step) => new(null, start, end, step, false, false);

    public static QuerySelector Wildcard { get; } = new(null, 0, null, 1, false, true);

    public bool Selects(string? name, int index)
    {
        if (IsWildcard)
        {
            return true;
        }

        return Name is not null || name is not null ? Name is not null && Name == name : Indices(index).Contains(index);
    }

    public override string ToString() =>
        IsWildcard ? "*" :
        Name is not null ? '"' + string.Concat(Name.Select(unit => $"\\u{(int)unit:X4}")) + '"' :
        IsIndex ? $"{Start}" :
        $"{Start}:{End}:{Step}";

    // RFC 9535, section 2.3.4.2.2, for steps that are not negative.
    private IEnumerable<long> Indices(long upTo)
    {
        for (long index = Start; Step > 0 && index < (End ?? long.MaxValue) && index <= upTo; index += Step)
        {
            yield return index;
        }
    }
}
