using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Path queries as bytes, so that they can be mutated: a byte is a selector, and any sequence of bytes is some queries.</summary>
/// <remarks>
/// <code>
///   7            6 5 4    3              2            1 0
///   new query  | value  | same segment | descendant | name, index, wildcard, slice
/// </code>
/// </remarks>
internal static class PathQueryBytes
{
    private const int MostSelectors = 48;

    // A naive evaluation takes each way to a value, and of a few "below" there are many.
    private const int MostDescendants = 3;

    private static readonly string[] Names = ["a", "b", "bc", "", "/", "é", "name", "~"];
    private static readonly long?[] Ends = [null, 0, 1, 2, 3, 4, 7, long.MaxValue >> 11];

    public static PathQuery[] Decode(ReadOnlySpan<byte> bytes)
    {
        var queries = new List<List<QuerySegment>> { new() };
        foreach (byte code in bytes[..Math.Min(bytes.Length, MostSelectors)])
        {
            if ((code & 0x80) != 0)
            {
                queries.Add([]);
            }

            List<QuerySegment> segments = queries[^1];
            if ((code & 0x08) != 0 && segments.Count > 0)
            {
                segments[^1] = segments[^1] with { Selectors = [.. segments[^1].Selectors, Selector(code)] };
            }
            else
            {
                bool isDescendant = (code & 0x04) != 0 && segments.Count(segment => segment.IsDescendant) < MostDescendants;
                segments.Add(new QuerySegment(isDescendant, [Selector(code)]));
            }
        }

        return [.. queries.Select(segments => new PathQuery(segments))];
    }

    private static QuerySelector Selector(byte code)
    {
        int value = (code >> 4) & 7;
        return (code & 3) switch
        {
            0 => QuerySelector.ForName(Names[value]),
            1 => QuerySelector.ForIndex(value),
            2 => QuerySelector.Wildcard,
            _ => QuerySelector.ForSlice(value & 1, Ends[value], value >> 1),
        };
    }
}
