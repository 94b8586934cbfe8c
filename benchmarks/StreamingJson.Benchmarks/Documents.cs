using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using StreamingJson.Benchmarks.Generation;

namespace StreamingJson.Benchmarks;

/// <summary>A document under a one-letter name, as UTF-8.</summary>
public sealed record BenchmarkDocument(string Name, string Description, byte[] Utf8)
{
    /// <summary>Figures are comparable only where this is the same.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Utf8))[..8];

    public override string ToString() => Name;
}

/// <summary>The documents that everything here is measured on: generated, the same on every run and machine.</summary>
public static class Documents
{
    public static IReadOnlyList<BenchmarkDocument> All { get; } =
    [
        Checked("A", "structured output, mixed", 8_000, RecordDocuments.StructuredOutput()),
        Checked("B", "source code in one string", 64_000, SourceCodeDocument.WriteFileArguments()),
        Checked("C", "records, minified", 1_000_000, RecordDocuments.Export()),
        Checked("D", "arguments of a small call", 120, RecordDocuments.CallArguments()),
        Checked("T", "posts with little ASCII in their text", 64_000, SocialDocument.Timeline()),
    ];

    public static BenchmarkDocument Get(string name) =>
        All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"No document '{name}'; there are {string.Join(", ", All)}.");

    private static BenchmarkDocument Checked(string name, string description, int about, byte[] utf8)
    {
        // Throws where a generator is wrong; a benchmark of an error path would look fast.
        JsonDocument.Parse(utf8).Dispose();
        if (Math.Abs(utf8.Length - about) > about / 5)
        {
            throw new InvalidDataException($"Document {name} should have about {about} bytes and has {utf8.Length}.");
        }

        return new BenchmarkDocument(name, description, utf8);
    }
}
