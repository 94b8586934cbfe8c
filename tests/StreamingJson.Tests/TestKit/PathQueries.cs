using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace StreamingJson.Tests.TestKit;

/// <summary>FsCheck's view of path patterns: queries that select something in generated documents now and then.</summary>
public static class PathQueries
{
    // The names of the document generator, in its short list, and one that it never makes.
    private static readonly string[] Names = ["a", "b", "name", "value", "id", "", "/", "hello", "é", "nowhere"];

    public static Arbitrary<PathQuery> Queries { get; } = Arb.From(
        from count in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, 2)), (3, Gen.Choose(3, 5)))
        from segments in Segment().ArrayOf(count)
        select new PathQuery(segments),
        Shrink);

    private static Gen<QuerySegment> Segment() =>
        from isDescendant in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from count in Gen.Frequency((5, Gen.Constant(1)), (2, Gen.Choose(2, 3)))
        from selectors in Selector().ArrayOf(count)
        select new QuerySegment(isDescendant, selectors);

    private static Gen<QuerySelector> Selector() => Gen.Frequency(
        (4, Gen.Elements(Names).Select(QuerySelector.ForName)),
        (3, Gen.Constant(QuerySelector.Wildcard)),
        (3, Gen.Frequency((6, Gen.Choose(0, 3)), (1, Gen.Constant(int.MaxValue))).Select(index => QuerySelector.ForIndex(index))),
        (2, from start in Gen.Choose(0, 3)
            from end in Gen.Elements<long?>(null, 0, 1, 2, 3, 4, 9007199254740991)
            from step in Gen.Elements(0, 1, 1, 2, 3)
            select QuerySelector.ForSlice(start, end, step)));

    private static IEnumerable<PathQuery> Shrink(PathQuery query)
    {
        IReadOnlyList<QuerySegment> segments = query.Segments;
        for (int at = 0; at < segments.Count; at++)
        {
            yield return new PathQuery([.. segments.Take(at), .. segments.Skip(at + 1)]);
            if (segments[at].IsDescendant)
            {
                yield return new PathQuery([.. segments.Take(at), segments[at] with { IsDescendant = false }, .. segments.Skip(at + 1)]);
            }

            if (segments[at].Selectors.Count > 1)
            {
                yield return new PathQuery([.. segments.Take(at), segments[at] with { Selectors = [segments[at].Selectors[0]] }, .. segments.Skip(at + 1)]);
            }
        }
    }
}
