using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using StreamingJson.Tests.TestKit;

namespace StreamingJson.Tests.Architecture;

/// <summary>A source file of a library, read roughly: which types it declares, and which words its code uses.</summary>
internal sealed class SourceFile
{
    private static readonly string[] TypeKeywords = ["class", "struct", "interface", "enum", "record"];

    private SourceFile(string root, string path)
    {
        string folder = Path.GetDirectoryName(Path.GetRelativePath(root, path))!.Replace('\\', '/');
        Folder = folder.Split('/')[0];
        Name = (folder.Length > 0 ? folder + "/" : "") + Path.GetFileName(path);
        string[] lines = File.ReadAllLines(path);
        Lines = lines.Length;
        Words = WordsOf(lines);
        Namespace = lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';') ?? "";
        Usings = lines.Where(line => line.StartsWith("using ", StringComparison.Ordinal)).Select(line => line["using ".Length..].TrimEnd(';')).ToHashSet(StringComparer.Ordinal);
        Declared = [.. DeclaredIn(lines)];
    }

    /// <summary>The first folder below the project; empty for its root.</summary>
    public string Folder { get; }

    public string Name { get; }

    public int Lines { get; }

    public string Namespace { get; }

    public IReadOnlySet<string> Usings { get; }

    /// <summary>The types that are declared here and not inside another, with whether they are public.</summary>
    public IReadOnlyList<(string Type, bool IsPublic)> Declared { get; }

    /// <summary>
    /// Every identifier of the code: not those of comments, of string literals, of what is only named by <c>nameof</c>, and of outcomes, one of which has
    /// the name of a type.
    /// </summary>
    public IReadOnlySet<string> Words { get; }

    public static IReadOnlyList<SourceFile> OfTheCore { get; } = Of("StreamingJson");

    public static IReadOnlyList<SourceFile> Of(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        return [.. PathsIn(root).Select(path => new SourceFile(root, path))];
    }

    public static IEnumerable<string> PathsIn(string root) =>
        from path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let relative = Path.GetRelativePath(root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj" || part.StartsWith('.'))
        select path;

    private static IEnumerable<(string Type, bool IsPublic)> DeclaredIn(string[] lines)
    {
        // Nested types are indented: namespaces are file-scoped.
        foreach (string line in lines)
        {
            string[] words = line.Split([' ', '(', '<', ':', ';'], StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith(' ') || words is [] or [not ("public" or "internal"), ..])
            {
                continue;
            }

            int keyword = Array.FindLastIndex(words, word => TypeKeywords.Contains(word));
            if (keyword >= 0)
            {
                yield return (words[keyword + 1], words[0] == "public");
            }
        }
    }

    private static HashSet<string> WordsOf(string[] lines)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in lines.Where(line => !line.StartsWith("using ", StringComparison.Ordinal)))
        {
            var word = new StringBuilder();
            string previous = "";
            bool isInString = false;
            for (int index = 0; index <= line.Length; index++)
            {
                char unit = index < line.Length ? line[index] : ' ';
                if (!isInString && (char.IsLetterOrDigit(unit) || unit == '_'))
                {
                    word.Append(unit);
                    continue;
                }

                if (word.Length > 0)
                {
                    if (previous is not ("nameof" or "JsonOutcome"))
                    {
                        words.Add(word.ToString());
                    }

                    previous = word.ToString();
                    word.Clear();
                }

                if (!isInString && unit == '/' && index + 1 < line.Length && line[index + 1] == '/')
                {
                    break;
                }

                if (unit == '"' && (index == 0 || line[index - 1] is not ('\\' or '\'')))
                {
                    isInString = !isInString;
                }
            }
        }

        return words;
    }
}
