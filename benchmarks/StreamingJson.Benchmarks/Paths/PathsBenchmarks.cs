using System;
using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;
using StreamingJson.Benchmarks.Suites;

namespace StreamingJson.Benchmarks.Paths;

/// <summary>Ten path patterns on document A in chunks of four bytes, against the same run without any.</summary>
[Config(typeof(ChunksConfig))]
[Orderer(SummaryOrderPolicy.Declared)]
public class PathsBenchmarks : IDisposable
{
    private static readonly BenchmarkDocument Document = Documents.Get("A");
    private static readonly ChunkSize Delta = new(4);

    private readonly PathReads _reads = new();

    [GlobalSetup]
    public void Check() => _reads.Check(Document, Delta);

    [Benchmark(Baseline = true, Description = "no patterns")]
    public long Unwatched() => _reads.Unwatched(Document.Utf8, Delta);

    [Benchmark(Description = "10 patterns, a struct")]
    public long Watched() => _reads.Watched(Document.Utf8, Delta);

    [Benchmark(Description = "10 patterns, delegates, subscribed anew")]
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "A benchmark is a method of its instance.")]
    public long Subscribed() => PathReads.Subscribed(Document.Utf8, Delta);

    [GlobalCleanup]
    public void Dispose()
    {
        _reads.Dispose();
        GC.SuppressFinalize(this);
    }
}
