using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Readme;

/// <summary>
/// A page, and the samples that it shows. A sample is what stands between <c>// readme: NAME</c> and <c>// readme: end</c> in a file of
/// the page's folder of samples; the page shows it word for word. An output block shows what the sample above it writes.
/// </summary>
internal sealed class SamplePage
{
    private const string Fence = "```";
    private const string Begin = "// readme: ";
    private const string End = Begin + "end";

    private readonly string _name;

    /// <param name="page">The page's place in the repository.</param>
    /// <param name="samples">The places of the folders of its samples.</param>
    public SamplePage(string page, params string[] samples)
    {
        _name = page;
        Path = System.IO.Path.Combine(Repository.Root, page);
        Sources = [.. samples.SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.cs").Order(StringComparer.Ordinal)).Select(File.ReadAllText)];
        Blocks = [.. ReadBlocks(File.ReadAllLines(Path))];
        Samples = Sources.SelectMany(source => ReadSamples(source.ReplaceLineEndings("\n").Split('\n')))
            .ToDictionary(sample => sample.Name, sample => sample.Text, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>The files that the samples stand in.</summary>
    public IReadOnlyList<string> Sources { get; }

    public IReadOnlyList<(string Language, string Text)> Blocks { get; }

    public IReadOnlyDictionary<string, string> Samples { get; }

    /// <summary>The page shows all samples and nothing else in C#.</summary>
    public void AssertBlocksAreSamples() => Assert.Equal(
        Samples.Values.Order(StringComparer.Ordinal),
        Blocks.Where(block => block.Language == "csharp").Select(block => block.Text).Order(StringComparer.Ordinal));

    /// <summary>Every output block follows a sample that is compared with it: a block that nobody compares would follow no such sample.</summary>
    public void AssertOutputsAreCompared()
    {
        for (int block = 0; block < Blocks.Count; block++)
        {
            if (Blocks[block].Language is "text" or "json")
            {
                string sample = Samples.Single(sample => block > 0 && sample.Value == Blocks[block - 1].Text).Key;
                Assert.Contains(Sources, source => source.Contains($"AssertShows(\"{sample}\"", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>The block after the sample's own shows exactly this.</summary>
    public void AssertShows(string sample, string output)
    {
        int block = Blocks.ToList().FindIndex(block => block.Language == "csharp" && block.Text == Samples[sample]);
        Assert.True(block >= 0, $"{_name} has no csharp block like the sample '{sample}':\n{Samples[sample]}");
        Assert.True(block + 1 < Blocks.Count, $"{_name} shows no output of the sample '{sample}'.");
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
