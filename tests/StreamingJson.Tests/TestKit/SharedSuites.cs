using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace StreamingJson.Tests.TestKit;

/// <summary>The test suites of other projects, in a folder beside the repository; everything here is empty where they are absent.</summary>
public static class SharedSuites
{
    public const string AbsentReason =
        "the test suites of other projects are not part of this repository; expected in ../shared/suites";

    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    public static bool ArePresent { get; } = Directory.Exists(PathOf("suites"));

    /// <summary>A file or folder in the shared folder, whether it exists or not.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>JSONTestSuite: what a parser must accept, must reject, and may decide.</summary>
    public static IEnumerable<ConformanceCase> JsonTestSuite() =>
        from path in FilesIn("suites/jsontestsuite/test_parsing", "*.json")
        let name = Path.GetFileNameWithoutExtension(path)
        select new ConformanceCase(name, ExpectationOf(name), File.ReadAllBytes(path));

    /// <summary>Snapshot sequences in the manner of jsonriver: one for each chunk that changed the value, nothing guessed.</summary>
    public static IEnumerable<SnapshotSequence> SnapshotSequences() =>
        from line in LinesOf("suites/partial/sequences/jsonriver.jsonl")
        select new SnapshotSequence(
            line.GetProperty("name").GetString()!,
            Strings(line.GetProperty("chunks")),
            [.. line.GetProperty("expected_sequence").EnumerateArray().Select(GrowingValue.From)],
            [.. line.GetProperty("expected_completions").EnumerateArray().Select(CompletionOf)]);

    /// <summary>The arguments of tool calls as models sent them, delta by delta.</summary>
    public static IEnumerable<ToolArgumentFragments> RecordedToolArguments() =>
        from line in LinesOf("recorded/tool_arg_fragments.jsonl")
        select new ToolArgumentFragments(
            line.GetProperty("file").GetString()!,
            line.GetProperty("item").GetInt32(),
            line.GetProperty("id").GetString(),
            line.GetProperty("name").GetString(),
            line.GetProperty("state").GetString() == "valid",
            Strings(line.GetProperty("fragments")));

    /// <summary>Texts as UTF-8; half a surrogate pair waits for the other half in the next text.</summary>
    public static byte[][] ToUtf8(IEnumerable<string> chunks)
    {
        Encoder encoder = Encoding.UTF8.GetEncoder();
        return [.. chunks.Select(chunk =>
        {
            var bytes = new byte[Encoding.UTF8.GetMaxByteCount(chunk.Length)];
            int count = encoder.GetBytes(chunk, bytes, flush: false);
            return bytes[..count];
        })];
    }

    private static ConformanceExpectation ExpectationOf(string name) => name[0] switch
    {
        'y' => ConformanceExpectation.Accept,
        'n' => ConformanceExpectation.Reject,
        _ => ConformanceExpectation.Either,
    };

    private static ExpectedCompletion CompletionOf(JsonElement completion) => new(
        string.Concat(completion.GetProperty("path").EnumerateArray().Select(step => "/" + Escape(step.ToString()))),
        GrowingValue.From(completion.GetProperty("value")));

    private static string Escape(string step) =>
        step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static IEnumerable<string> FilesIn(string folder, string pattern) => ArePresent
        ? Directory.EnumerateFiles(PathOf(folder), pattern).Order(StringComparer.Ordinal)
        : [];

    private static IEnumerable<JsonElement> LinesOf(string file) => ArePresent
        ? File.ReadLines(PathOf(file)).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
        : [];
}

public enum ConformanceExpectation
{
    Accept,
    Reject,
    Either,
}

public sealed record ConformanceCase(string Name, ConformanceExpectation Expectation, byte[] Text)
{
    public override string ToString() => Name;
}

/// <summary>What completes, in order: a JSON pointer and the value.</summary>
public sealed record ExpectedCompletion(string Pointer, GrowingValue Value);

public sealed record SnapshotSequence(
    string Name,
    IReadOnlyList<string> Chunks,
    IReadOnlyList<GrowingValue> Snapshots,
    IReadOnlyList<ExpectedCompletion> Completions)
{
    public byte[][] Utf8Chunks => SharedSuites.ToUtf8(Chunks);

    public override string ToString() => Name;
}

public sealed record ToolArgumentFragments(
    string File, int Item, string? CallId, string? ToolName, bool IsValid, IReadOnlyList<string> Fragments)
{
    public byte[][] Utf8Fragments => SharedSuites.ToUtf8(Fragments);

    public override string ToString() => $"{File} [{Item}]";
}

/// <summary>A fact over <see cref="SharedSuites"/>; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedSuites.ArePresent ? null : SharedSuites.AbsentReason;
}

/// <summary>A theory over <see cref="SharedSuites"/>; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedSuites.ArePresent ? null : SharedSuites.AbsentReason;
}
