using System.Collections.Generic;
using System.Text;

namespace StreamingJson.Paths;

/// <summary>One segment of a pattern (RFC 9535, section 2.5): a step to children, or to descendants.</summary>
internal readonly struct PathSegment
{
    public PathSegment(bool isDescendant, IReadOnlyList<PathSelector> selectors)
    {
        IsDescendant = isDescendant;
        Selectors = selectors;
    }

    /// <summary>Whether it selects among the children of the value and of all that is in it.</summary>
    public bool IsDescendant { get; }

    public IReadOnlyList<PathSelector> Selectors { get; }

    public bool SelectsName(string name)
    {
        foreach (PathSelector selector in Selectors)
        {
            if (selector.SelectsName(name))
            {
                return true;
            }
        }

        return false;
    }

    public bool SelectsIndex(long index)
    {
        foreach (PathSelector selector in Selectors)
        {
            if (selector.SelectsIndex(index))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends the segment: a name as <c>.name</c> where it may be written so, anything else in brackets.</summary>
    public void AppendTo(StringBuilder text)
    {
        text.Append(IsDescendant ? ".." : "");
        if (Selectors.Count == 1 && Selectors[0].Kind == PathSelectorKind.Name && PathNames.IsShorthand(Selectors[0].Name!))
        {
            text.Append(IsDescendant ? "" : ".").Append(Selectors[0].Name);
            return;
        }

        for (int index = 0; index < Selectors.Count; index++)
        {
            text.Append(index == 0 ? '[' : ',');
            Selectors[index].AppendTo(text);
        }

        text.Append(']');
    }
}
