using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace StreamingJson.Tool.Verification;

/// <summary>Which of the parser's ways in the chunks take.</summary>
internal enum EntryPoint
{
    /// <summary>A span of bytes.</summary>
    Span,

    /// <summary>A sequence of several segments, an empty one among them.</summary>
    Sequence,

    /// <summary>The parser's own buffer: <c>GetSpan</c> and <c>Advance</c>.</summary>
    Buffer,

    /// <summary>A span of UTF-16 code units; only for content that is UTF-8 throughout.</summary>
    Chars,
}

/// <summary>One way in which a text arrives: where it is cut, and through which entry point it goes.</summary>
/// <param name="Description">For a message that names it.</param>
/// <param name="EntryPoint">The way in.</param>
/// <param name="Ends">Where the chunks end, ascending; two equal ones make an empty chunk. The last one is the length.</param>
internal sealed record Chunking(string Description, EntryPoint EntryPoint, IEnumerable<int> Ends)
{
    public const int LargestSize = 64;
    public const int RandomChunkings = 16;
    private const int MostRandomCuts = 200;

    /// <summary>All in one chunk.</summary>
    public static Chunking Whole(int length) => new("whole", EntryPoint.Span, [length]);

    /// <summary>Chunks of one size.</summary>
    public static Chunking Every(int size, int length) => new(Invariant($"chunks of {size}"), EntryPoint.Span, EndsOfSize(size, length));

    /// <summary>All chunkings that a text is put through: every size from 1 to 64, and random cuts.</summary>
    /// <param name="length">The length of the text in bytes.</param>
    /// <param name="chars">Its length in UTF-16 code units, or null when it is not UTF-8.</param>
    /// <param name="seed">The seed of the random cuts.</param>
    public static IEnumerable<Chunking> All(int length, int? chars, int seed)
    {
        for (int size = 1; size <= LargestSize; size++)
        {
            yield return Every(size, length);
        }

        var random = new Random(seed);
        for (int index = 0; index < RandomChunkings; index++)
        {
            var entryPoint = (EntryPoint)(index % 4);
            if (entryPoint == EntryPoint.Chars && chars is null)
            {
                entryPoint = EntryPoint.Span;
            }

            int units = entryPoint == EntryPoint.Chars ? chars!.Value : length;
            string description = Invariant($"random cuts {index} of seed {seed}, as {entryPoint}");
            yield return new Chunking(description, entryPoint, RandomEnds(random, units));
        }
    }

    private static IEnumerable<int> EndsOfSize(int size, int length)
    {
        for (int end = size; end < length; end += size)
        {
            yield return end;
        }

        yield return length;
    }

    private static int[] RandomEnds(Random random, int length)
    {
        int cuts = random.Next(1, Math.Min(MostRandomCuts, (2 * length) + 2));
        List<int> ends = [.. Enumerable.Range(0, cuts).Select(_ => random.Next(length + 1))];

        // Some chunks are empty whatever the cuts.
        ends.Add(0);
        ends.Add(ends[0]);
        ends.Add(length);
        ends.Add(length);
        ends.Sort();
        return [.. ends];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
