using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>The recipe "Render a typed object" of docs/cookbook-partials.md: what it shows is this code, and what this code writes.</summary>
public class CookbookPartials
{
    private StringWriter Console { get; } = new();

    [Fact]
    public async Task RenderATypedObject()
    {
        // cookbook: render
        using var parser = new StreamingJsonParser();
        await foreach (Partial<Trip> partial in parser.ReadPartialsAsync(Deltas(), TripContext.Default.Trip))
        {
            string steps = string.Join(" | ", partial.Value?.Steps ?? []);
            Console.WriteLine($"{partial.Value?.Title,-8} {partial.Value?.Budget,4} {partial.GetState("/budget"),-8} {steps}");
        }

        // cookbook: end
        string[] page = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "cookbook-partials.md"));
        string text = string.Join('\n', page);
        Assert.Contains(Sample("render"), text, StringComparison.Ordinal);
        Assert.Contains("```text\n" + Console.ToString().ReplaceLineEndings("\n") + "```", text, StringComparison.Ordinal);
        Assert.Contains(Sample("types"), text, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<string> Deltas()
    {
        foreach (string delta in new[] { """{"title":"Lis""", """bon","budget":12""", """00,"steps":[{"what":"fl""", """y"},{"what":"eat"}""", "]}" })
        {
            yield return delta;
            await Task.Yield();
        }
    }

    private static string Sample(string name)
    {
        string path = Path.Combine(Repository.Root, "tests", "StreamingJson.Binding.Tests", "Partials", nameof(CookbookPartials) + ".cs");
        string[] lines = File.ReadAllLines(path);
        int start = Array.FindIndex(lines, line => line.Trim() == "// cookbook: " + name);
        int end = Array.FindIndex(lines, start + 1, line => line.Trim() == "// cookbook: end");
        int indent = lines[start].Length - lines[start].TrimStart().Length;
        var sample = new List<string>();
        foreach (string line in lines[(start + 1)..end])
        {
            sample.Add(line.Length > indent ? line[indent..] : "");
        }

        return "```csharp\n" + string.Join('\n', sample).TrimEnd('\n') + "\n```";
    }
}

// cookbook: types
public sealed record Trip(string? Title, int? Budget, List<TripStep>? Steps);

public sealed record TripStep(string? What)
{
    public override string ToString() => What ?? "...";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Trip))]
public sealed partial class TripContext : JsonSerializerContext;

// cookbook: end
