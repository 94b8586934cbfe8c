using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StreamingJson.Benchmarks.Partials;

/// <summary>What a model writes as structured output: some members, and long lists of records.</summary>
internal sealed record ReviewReport(string Title, string Summary, Verdict Verdict, IReadOnlyList<Finding> Findings, Dictionary<string, double> Scores);

internal sealed class Finding
{
    public int Line { get; set; }

    public Verdict Severity { get; set; }

    public required string File { get; init; }

    public string? Text { get; set; }

    public string[]? Tags { get; set; }
}

internal enum Verdict
{
    Good,
    Bad,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewReport))]
[JsonSerializable(typeof(List<int>))]
internal sealed partial class PartialsContext : JsonSerializerContext;

/// <summary>Documents of about so many bytes.</summary>
internal static class PartialDocuments
{
    private const string Prose = "The loop reads past the end of the buffer when the last chunk is empty; \"check\" the length first. ";

    public static BenchmarkDocument Report(int bytes, string name)
    {
        var findings = new List<Finding>();
        var report = new ReviewReport("Review", Prose + Prose, Verdict.Bad, findings, new Dictionary<string, double> { ["style"] = 0.5, ["tests"] = 1 });
        int length = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(report, PartialsContext.Default.ReviewReport));
        for (int index = 0; length < bytes; index++)
        {
            var finding = new Finding
            {
                Line = index * 7,
                Severity = index % 3 == 0 ? Verdict.Bad : Verdict.Good,
                File = string.Create(CultureInfo.InvariantCulture, $"src/file{index}.cs"),
                Text = Prose[(index % 40)..] + Prose[..(index % 60)],
                Tags = index % 2 == 0 ? ["bounds", "loop"] : ["style"],
            };
            findings.Add(finding);
            length += JsonSerializer.SerializeToUtf8Bytes(finding, PartialsContext.Default.Options.GetTypeInfo(typeof(Finding))).Length + 1;
        }

        return new BenchmarkDocument(name, $"report with {findings.Count} records", JsonSerializer.SerializeToUtf8Bytes(report, PartialsContext.Default.ReviewReport));
    }

    /// <summary>The least text for each item, so that the copies of the list weigh most.</summary>
    public static BenchmarkDocument Integers(int bytes, string name)
    {
        var text = new StringBuilder("[1");
        while (text.Length < bytes)
        {
            text.Append(CultureInfo.InvariantCulture, $",{text.Length % 100}");
        }

        return new BenchmarkDocument(name, "list of small integers", Encoding.UTF8.GetBytes(text.Append(']').ToString()));
    }
}
