using System;
using System.Collections.Generic;
using System.IO;
using BenchmarkDotNet.Attributes;

namespace StreamingJson.Benchmarks.Suites;

/// <summary>Reading a document that arrives in chunks of one size, against one pass over the whole document.</summary>
[Config(typeof(ChunksConfig))]
public class ChunksBenchmarks
{
    private readonly CollectedDocument _collected = new();
    private readonly ParserReads _parser = new();
    private readonly HandlerReads _handler = new();
    private JsonPointerReader _field = ParserReads.PointerOf(Documents.All[0]);

    public static IEnumerable<BenchmarkDocument> AllDocuments => Documents.All;

    public static IEnumerable<ChunkSize> AllSizes => [new(4), new(64), ChunkSize.Whole];

    [ParamsSource(nameof(AllDocuments))]
    public BenchmarkDocument Document { get; set; } = Documents.All[0];

    [ParamsSource(nameof(AllSizes))]
    public ChunkSize ChunkSize { get; set; }

    /// <summary>What gives a wrong answer is not timed.</summary>
    [GlobalSetup]
    public void Check()
    {
        if (!_collected.Collect(Document.Utf8, ChunkSize).Span.SequenceEqual(Document.Utf8))
        {
            throw new InvalidDataException("The collected chunks are not the document.");
        }

        _field = ParserReads.PointerOf(Document);
        _parser.Check(Document, ChunkSize);
        _handler.Check(Document, ChunkSize);
    }

    /// <summary>Has the whole document at once, whatever the chunk size: the unit of the ratios.</summary>
    [Benchmark(Baseline = true, Description = "Utf8JsonReader, one pass")]
    public long ReadOnce() => References.ReadOnce(Document.Utf8);

    /// <summary>A snapshot and one field after every chunk.</summary>
    [Benchmark(Description = "StreamingJson, snapshots")]
    public long ReadSnapshots() => _parser.Snapshots(Document.Utf8, ChunkSize, _field);

    [Benchmark(Description = "StreamingJson, events")]
    public long ReadEvents() => _parser.Events(Document.Utf8, ChunkSize);

    [Benchmark(Description = "StreamingJson, handler only")]
    public long ReadWithHandler() => _handler.Read(Document.Utf8, ChunkSize);

    [Benchmark(Description = "JsonDocument at the end")]
    public long ParseAtTheEnd() => _collected.Read(Document.Utf8, ChunkSize);
}
