using System;
using System.Text;

namespace StreamingJson.Paths;

internal enum PathSelectorKind
{
    Name,
    Index,
    Slice,
    Wildcard,
}

/// <summary>One selector of a segment (RFC 9535, section 2.3): which children of a value it selects.</summary>
internal readonly struct PathSelector
{
    /// <summary>The end of a slice that has none.</summary>
    public const long NoEnd = long.MaxValue;

    private PathSelector(PathSelectorKind kind, string? name, long start, long end, long step)
    {
        Kind = kind;
        Name = name;
        Start = start;
        End = end;
        Step = step;
    }

    public static PathSelector Wildcard { get; } = new(PathSelectorKind.Wildcard, null, 0, NoEnd, 1);

    /// <summary>All items of an array, and no member of an object.</summary>
    public static PathSelector Items { get; } = ForSlice(0, NoEnd, 1);

    public PathSelectorKind Kind { get; }

    /// <summary>Of a name selector, the name, unescaped.</summary>
    public string? Name { get; }

    /// <summary>The index, or the first index of the slice.</summary>
    public long Start { get; }

    /// <summary>The index after the last one that the slice may select.</summary>
    public long End { get; }

    /// <summary>Of a slice; 0 selects nothing (RFC 9535, section 2.3.4.2.2).</summary>
    public long Step { get; }

    public static PathSelector ForName(string name) => new(PathSelectorKind.Name, name, 0, 0, 0);

    public static PathSelector ForIndex(long index) => new(PathSelectorKind.Index, null, index, index + 1, 1);

    public static PathSelector ForSlice(long start, long end, long step) => new(PathSelectorKind.Slice, null, start, end, step);

    public bool SelectsName(string name) =>
        Kind == PathSelectorKind.Wildcard || (Kind == PathSelectorKind.Name && string.Equals(Name, name, StringComparison.Ordinal));

    public bool SelectsIndex(long index) =>
        Kind != PathSelectorKind.Name && Step != 0 && index >= Start && index < End && (Step == 1 || (index - Start) % Step == 0);

    /// <summary>Appends the selector as it stands between brackets.</summary>
    public void AppendTo(StringBuilder text)
    {
        switch (Kind)
        {
            case PathSelectorKind.Name:
                PathNames.AppendQuoted(text, Name!);
                break;
            case PathSelectorKind.Index:
                text.Append(FormattableString.Invariant($"{Start}"));
                break;
            case PathSelectorKind.Wildcard:
                text.Append('*');
                break;
            default:
                AppendSlice(text);
                break;
        }
    }

    private void AppendSlice(StringBuilder text)
    {
        text.Append(Start == 0 ? "" : FormattableString.Invariant($"{Start}")).Append(':')
            .Append(End == NoEnd ? "" : FormattableString.Invariant($"{End}"))
            .Append(Step == 1 ? "" : FormattableString.Invariant($":{Step}"));
    }
}
