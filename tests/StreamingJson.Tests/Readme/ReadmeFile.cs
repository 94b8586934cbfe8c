using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Readme;

/// <summary>
/// README.md, and the samples that it shows. A sample is what stands between <c>// readme: NAME</c> and <c>// readme: end</c> in a file of
/// this folder; the page shows it word for word. An output block shows what the sample above it writes.
/// </summary>
internal static class ReadmeFile
{
    private const string Fence = "```";
    private const string Begin = "// readme: ";
    private const string End = Begin + "end";

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "README.md");

    public static IReadOnlyList<(string Language, string Text)> Blocks { get; } = [.. ReadBlocks(File.ReadAllLines(Path))];

    public static IReadOnlyDictionary<string, string> Samples { get; } = Directory
        .EnumerateFiles(System.IO.Path.Combine(Repository.Root, "tests", "StreamingJson.Tests", "Readme"), "*.cs")
        .SelectMany(path => ReadSamples(File.ReadAllLines(path)))
        .ToDictionary(sample => sample.Name, sample => sample.Text, StringComparer.Ordinal);

    /// <summary>The block after the sample's own shows exactly this.</summary>
    public static void AssertShows(string sample, string output)
    {
        int block = Blocks.ToList().FindIndex(block => block.Language == "csharp" && block.Text == Samples[sample]);
        Assert.True(block >= 0, $"The README has no csharp block like the sample '{sample}':\n{Samples[sample]}");
        Assert.True(block + 1 < Blocks.Count, $"The README shows no output of the sample '{sample}'.");
        Assert.Equal(output.ReplaceLineEndings("\n").TrimEnd(), Blocks[block + 1].Text);
    }

    private static IEnumerable<(string Language, string Text)> ReadBlocks(string[] lines)
    {
        for (int line = 0; line < lines.Length; line++)
        {
            if (lines[line].StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, Fence, line + 1);
                yield return (lines[line][Fence.Length..], string.Join('\n', lines[(line + 1)..end]));
                line = end;
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> ReadSamples(string[] lines)
    {
        for (int line = 0; line < lines.Length; line++)
        {
            string start = lines[line].TrimStart();
            if (start.StartsWith(Begin, StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, line + 1, text => text.TrimStart() == End);
                int indent = lines[line].Length - start.Length;
                IEnumerable<string> sample = lines[(line + 1)..end].Select(text => text.Length > indent ? text[indent..] : "");
                yield return (start[Begin.Length..], string.Join('\n', sample).TrimEnd('\n'));
                line = end;
            }
        }
    }
}
