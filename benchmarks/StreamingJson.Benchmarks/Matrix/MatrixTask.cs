using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Generation;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>A task with all peers that can do it on an input. Typed values after every delta join here when there is a type for them.</summary>
internal sealed record MatrixTask(string Name, string Description, Func<MatrixInput, IEnumerable<MatrixCase>> Cases)
{
    public static IReadOnlyList<MatrixTask> All { get; } =
    [
        new("final", "the value when the text has ended", FinalValueTask.For),
        new("events", "every value when it is whole", EventsTask.For),
        new("snapshot", "the whole value and one field after every delta", SnapshotTask.For),
        new("early", "one whole field as early as possible", EarlyFieldTask.For),
        new("growing", "what came to one string with every delta", GrowingStringTask.For),
        new("elements", "the elements of an array one by one", ElementsTask.For),
    ];

    public static MatrixTask Get(string name) =>
        All.FirstOrDefault(t => t.Name == name) ?? throw new ArgumentException($"No task '{name}'; there are {string.Join(", ", All.Select(t => t.Name))}.", nameof(name));
}

/// <summary>The documents of the matrix: those that everything is measured on, and two agent sessions.</summary>
internal static class MatrixInputs
{
    public static IReadOnlyList<BenchmarkDocument> Documents { get; } =
    [
        .. StreamingJson.Benchmarks.Documents.All.Where(d => d.Name != "T"),
        new("P", "a plan of 40 steps", RecordDocuments.Plan()),
        new("W", "a write_file of 256 KiB", SourceCodeDocument.WriteFileArguments(256 * 1024)),
    ];

    public static Field FieldOf(BenchmarkDocument document) => document.Name switch
    {
        "A" or "P" => new Field("title"),
        "C" => new Field("category", IsInFirstElement: true),
        "D" => new Field("city"),
        _ => new Field("content"),
    };
}
