using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Readme;

/// <summary>The README says what is so.</summary>
public class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(ReadmeFile.Path);

    [Fact]
    public void EveryCsharpBlock_IsASampleThatRuns_AndEverySampleIsShown() => ReadmeFile.Page.AssertBlocksAreSamples();

    [Fact]
    public void EveryOutputBlock_FollowsASampleThatIsComparedWithIt() => ReadmeFile.Page.AssertOutputsAreCompared();

    [Fact]
    public void BlocksAreOfKnownLanguages() =>
        Assert.All(ReadmeFile.Blocks, block => Assert.Contains(block.Language, new[] { "csharp", "text", "json", "sh" }));

    [Fact]
    public void TheTwoCommands_StandBeforeTheFirstHeading()
    {
        string firstScreen = Text[..Text.IndexOf("\n## ", StringComparison.Ordinal)];
        Assert.Contains("dotnet run -c Release --project src/StreamingJson.Tool -- demo", firstScreen, StringComparison.Ordinal);
        Assert.Contains("dotnet test -c Release", firstScreen, StringComparison.Ordinal);
        Assert.Contains("```csharp", string.Join('\n', firstScreen.Split('\n').Take(12)), StringComparison.Ordinal);
    }

    [Fact]
    public void TheLaws_AreThoseOfTheDesign() => Assert.Equal(
        TitlesOfLaws(File.ReadAllLines(Path.Combine(Repository.Root, "docs", "DESIGN.md"))),
        TitlesOfLaws(Text.Split('\n')));

    [Fact]
    public void EveryOptionAndLimit_IsInATable_WithItsDefault()
    {
        Assert.All(Defaults(), entry => Assert.Contains($"| `{entry.Name}` | {entry.Value} |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void ThePagesThatItNames_AreThere()
    {
        foreach (string link in Text.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)]))
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, link)), link);
        }
    }

    [Fact]
    public void TheBenchmarkSection_IsMarked()
    {
        Assert.True(Text.IndexOf("<!-- bench:begin -->", StringComparison.Ordinal) < Text.IndexOf("<!-- bench:end -->", StringComparison.Ordinal));
        Assert.Contains("dotnet run -c Release --project benchmarks/StreamingJson.Benchmarks -- --ratios", Text, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Value)> Defaults()
    {
        foreach (var property in typeof(StreamingJsonOptions).GetProperties().Where(property => property.CanWrite))
        {
            if (property.Name == nameof(StreamingJsonOptions.Limits))
            {
                continue;
            }

            object value = property.GetValue(StreamingJsonOptions.Default)!;
            yield return (property.Name, value is bool flag ? (flag ? "yes" : "no") : $"`{value}`");
        }

        foreach (var property in typeof(JsonLimits).GetProperties().Where(property => property.CanWrite))
        {
            long value = Convert.ToInt64(property.GetValue(JsonLimits.Default), CultureInfo.InvariantCulture);
            yield return (property.Name, value % (1 << 20) == 0 ? $"{value >> 20} MiB" : value.ToString("N0", CultureInfo.InvariantCulture));
        }
    }

    private static string[] TitlesOfLaws(string[] lines) =>
    [
        .. from line in lines
           let bold = line.IndexOf(". **", StringComparison.Ordinal)
           where bold is 1 or 2 && char.IsAsciiDigit(line[0])
           select line[..(line.IndexOf("**", bold + 4, StringComparison.Ordinal) + 2)],
    ];
}
