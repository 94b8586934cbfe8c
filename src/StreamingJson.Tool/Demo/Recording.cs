using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace StreamingJson.Tool.Demo;

/// <summary>A text as it once arrived: chunks of the size of tokens, at the pace of a model.</summary>
/// <param name="Title">What it is, for the viewer.</param>
/// <param name="Content">All of its bytes.</param>
/// <param name="ChunkEnds">Where the chunks end, ascending.</param>
internal sealed record Recording(string Title, byte[] Content, IReadOnlyList<int> ChunkEnds)
{
    /// <summary>The time from chunk to chunk at speed 1: about 80 tokens a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(12);

    private const int LongestChunk = 8;

    /// <summary>The texts that ship inside the tool, in the order in which they are shown.</summary>
    public static IEnumerable<Recording> All() =>
    [
        Load("write_file.json", "The arguments of a write_file call: source code in one string"),
        Load("plan.json", "A nested plan with an array of steps"),
    ];

    private static Recording Load(string resource, string title)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Recording(title, content, CutIntoTokens(content.Length));
    }

    // The same cuts at every run, as in a recording; they fall anywhere, also inside escapes and UTF-8 sequences.
    private static List<int> CutIntoTokens(int length)
    {
        var random = new Random(length);
        List<int> ends = [];
        for (int end = 0; end < length;)
        {
            end = Math.Min(length, end + random.Next(1, LongestChunk + 1));
            ends.Add(end);
        }

        return ends;
    }
}
