using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;
using StreamingJson.Benchmarks.Suites;

namespace StreamingJson.Benchmarks.Paths;

/// <summary>What ten patterns cost on document A, beside the same run with nobody watching: at four bytes a chunk the bound is 1.5 (<c>--paths</c> holds it).</summary>
[Config(typeof(ChunksConfig))]
[Orderer(SummaryOrderPolicy.Declared)]
public class PathsBenchmarks : IDisposable
{
    private readonly PathReads _reads = new();

    public static IEnumerable<BenchmarkDocument> AllDocuments => [Documents.Get("A")];

    public static IEnumerable<ChunkSize> AllSizes => [new(4), new(64)];

    [ParamsSource(nameof(AllDocuments))]
    public BenchmarkDocument Document { get; set; } = Documents.Get("A");

    [ParamsSource(nameof(AllSizes))]
    public ChunkSize ChunkSize { get; set; }

    [GlobalSetup]
    public void Setup() => _reads.Check(Document, ChunkSize);

    [Benchmark(Baseline = true, Description = "The parser alone")]
    public long Unwatched() => _reads.Unwatched(Document.Utf8, ChunkSize);

    [Benchmark(Description = "Ten patterns, a struct")]
    public long Watched() => _reads.Watched(Document.Utf8, ChunkSize);

    /// <summary>Parser, patterns and subscriptions are new for each text: as a caller has it who makes them for each call.</summary>
    [Benchmark(Description = "Ten patterns, delegates, all made anew")]
    public long Subscribed() => PathReads.Subscribed(Document.Utf8, ChunkSize);

    [GlobalCleanup]
    public void Dispose()
    {
        _reads.Dispose();
        GC.SuppressFinalize(this);
    }
}
