using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Architecture;

/// <summary>What the pages about reliability point to is there: each test, file and page by its name.</summary>
public partial class PageTests
{
    // The words of reliability.md for the projects of the tests.
    private static readonly Dictionary<string, string> Projects = new()
    {
        ["core"] = "StreamingJson.Tests",
        ["framing"] = "StreamingJson.Framing.Tests",
        ["binding"] = "StreamingJson.Binding.Tests",
        ["calls"] = "StreamingJson.ToolCalls.Tests",
        ["extensions"] = "StreamingJson.Extensions.Tests",
        ["tool"] = "StreamingJson.Tool.Tests",
    };

    [Fact]
    public void EveryThreat_HasATest_ThatIsThere()
    {
        string[][] rows = [.. File.ReadLines(Page("reliability.md")).Where(line => ThreatRow().IsMatch(line)).Select(line => line.Trim('|').Split('|'))];
        Assert.Equal(Enumerable.Range(1, 30), rows.Select(row => int.Parse(row[0], null)));
        string[] dangling =
        [
            .. from row in rows
               from pointer in PointersOf(row[^1])
               where !Exists(pointer.Project, pointer.Name)
               select $"{row[0].Trim()}: {pointer.Project} `{pointer.Name}`",
        ];
        Assert.Empty(dangling);
        Assert.All(rows, row => Assert.True(PointersOf(row[^1]).Any(), row[1]));
    }

    [Theory]
    [InlineData("reliability.md")]
    [InlineData("security.md")]
    [InlineData("test-strength.md")]
    public void EveryLink_LeadsToAFile(string page)
    {
        string folder = Path.GetDirectoryName(Page(page))!;
        string[] links = [.. Link().Matches(File.ReadAllText(Page(page))).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal))];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(folder, link.Split('#')[0])), link));
    }

    [Theory]
    [InlineData("security.md")]
    [InlineData("test-strength.md")]
    public void EveryPath_IsThere(string page)
    {
        string[] paths = [.. RepositoryPath().Matches(File.ReadAllText(Page(page))).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    private static string Page(string name) => Path.Combine(Repository.Root, "docs", name);

    // `Name` after the word of a project is of that project; a path from the root is of none.
    private static IEnumerable<(string Project, string Name)> PointersOf(string cell)
    {
        string project = "";
        foreach (Match match in ProjectOrCode().Matches(cell))
        {
            if (match.Groups[1].Success)
            {
                project = match.Groups[1].Value;
            }
            else
            {
                yield return (project, match.Groups[2].Value);
            }
        }
    }

    // A folder, the beginning of a file's path or name, or a method as Type.Method.
    private static bool Exists(string project, string name)
    {
        if (Path.Exists(Path.Combine(Repository.Root, name)))
        {
            return true;
        }

        if (!Projects.TryGetValue(project, out string? folder))
        {
            return false;
        }

        string root = Path.Combine(Repository.Root, "tests", folder);
        string[] parts = name.TrimEnd('*', '/').Split('.');
        IEnumerable<string> sources = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Path.GetRelativePath(root, file).Replace('\\', '/').StartsWith(parts[0], StringComparison.Ordinal)
                || Path.GetFileName(file).StartsWith(parts[0], StringComparison.Ordinal));
        return parts.Length == 1 ? sources.Any() : sources.Any(file => File.ReadAllText(file).Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| *\d+ *\|")]
    private static partial Regex ThreatRow();

    [GeneratedRegex(@"\b(core|framing|binding|calls|extensions|tool)\b(?= `)|`([^`]+)`")]
    private static partial Regex ProjectOrCode();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|fuzz|docs|benchmarks|\.ci|\.github|\.config)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex RepositoryPath();
}
