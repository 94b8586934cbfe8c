using System;
using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Results;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

/// <summary>The README's table is made of the committed results.</summary>
public class ReadmeBlockTests
{
    private static readonly string Root = Repository.Find(ResultsCommand.Root) ?? throw new DirectoryNotFoundException(ResultsCommand.Root);

    [Fact]
    public void TheReadme_HasWhatTheStepMakesOfTheResults()
    {
        string readme = File.ReadAllText(Repository.Find("README.md")!);
        (string folder, BenchmarkResults results) = ResultsFolder.Newest(Root)!.Value;
        Assert.Equal(readme, ReadmeBlock.Replace(readme, ReadmeBlock.Make(folder, results)));
    }

    /// <summary>The pages and plots are not edited by hand either.</summary>
    [Fact]
    public void EveryCommittedPage_IsMadeOfItsJson()
    {
        foreach (string folder in Directory.EnumerateDirectories(Root))
        {
            BenchmarkResults results = BenchmarkResults.Parse(File.ReadAllText(Path.Combine(folder, ResultsFolder.JsonName)));
            foreach ((string name, string text) in ResultsFolder.Files(results))
            {
                Assert.Equal(text, File.ReadAllText(Path.Combine(folder, name)));
            }

            Assert.Equal(ResultsFolder.Files(results).Select(f => f.Name).Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void OnlyTheBlock_IsReplaced() => Assert.Equal(
        "before <!-- bench:begin -->\nnew\n<!-- bench:end --> after",
        ReadmeBlock.Replace("before <!-- bench:begin -->\nold\nmore<!-- bench:end --> after", "new\n"));

    [Theory]
    [InlineData("nothing")]
    [InlineData("<!-- bench:begin -->")]
    [InlineData("<!-- bench:end --><!-- bench:begin -->")]
    [InlineData("<!-- bench:begin --><!-- bench:begin --><!-- bench:end -->")]
    public void AReadmeWithoutOneBlock_IsRefused(string readme) => Assert.Throws<FormatException>(() => ReadmeBlock.Replace(readme, "new"));
}
