using System;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;
using StreamingJson.Benchmarks.Suites;

namespace StreamingJson.Benchmarks.Partials;

/// <summary>A typed value, looked at every 16 deltas of 4 bytes; at twice the length the time should be twice as long.</summary>
[Config(typeof(ChunksConfig))]
[Orderer(SummaryOrderPolicy.Declared)]
public class PartialsBenchmarks : IDisposable
{
    private const int Pace = 16;
    private static readonly ChunkSize Delta = new(4);

    private readonly PartialReads<ReviewReport> _reads = new(PartialsContext.Default.ReviewReport);
    private BenchmarkDocument _document = PartialDocuments.Report(64 * 1024, "P1");

    [Params(64, 128)]
    public int Kibibytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _document = PartialDocuments.Report(Kibibytes * 1024, "P");
        _reads.Check(_document.Utf8, Delta, Pace);
    }

    /// <summary>Has the whole document at once, and reads it once.</summary>
    [Benchmark(Baseline = true, Description = "JsonSerializer at the end")]
    public object? DeserializeOnce() => JsonSerializer.Deserialize(_document.Utf8, PartialsContext.Default.ReviewReport);

    [Benchmark(Description = "Partials, every 16 deltas")]
    public object? Partials() => _reads.Partials(_document.Utf8, Delta, Pace).Value;

    [Benchmark(Description = "Closed text, every 16 deltas")]
    public object? ClosedText() => _reads.ClosedText(_document.Utf8, Delta, Pace);

    [GlobalCleanup]
    public void Dispose()
    {
        _reads.Dispose();
        GC.SuppressFinalize(this);
    }
}
