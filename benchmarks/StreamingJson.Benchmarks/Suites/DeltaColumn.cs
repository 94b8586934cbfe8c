using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace StreamingJson.Benchmarks.Suites;

/// <summary>A figure per chunk or per second, from the document and the chunk size that a benchmark has as its parameters.</summary>
internal sealed class DeltaColumn(string name, string legend, Func<DeltaColumn.Measured, double?> figure) : IColumn
{
    public static readonly DeltaColumn NanosecondsPerDelta = new(
        "ns/delta", "Nanoseconds per chunk", m => m.Nanoseconds / m.Chunks);

    public static readonly DeltaColumn MegabytesPerSecond = new(
        "MB/s", "Millions of bytes of the document per second", m => m.Length * 1e3 / m.Nanoseconds);

    public static readonly DeltaColumn BytesPerDelta = new(
        "B/delta", "Bytes allocated per chunk", m => m.AllocatedBytes / m.Chunks);

    public string Id => nameof(DeltaColumn) + "." + name;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(c => Sizes(c) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        BenchmarkReport? report = summary[benchmarkCase];
        if (report?.ResultStatistics is not { } statistics || Sizes(benchmarkCase) is not { } sizes)
        {
            return "NA";
        }

        long? allocated = report.GcStats.GetBytesAllocatedPerOperation(benchmarkCase);
        double? value = figure(new Measured(sizes.Length, sizes.Chunks, statistics.Mean, allocated));
        return value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "NA";
    }

    private static (int Length, int Chunks)? Sizes(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters[nameof(ChunksBenchmarks.Document)] is BenchmarkDocument document
        && benchmarkCase.Parameters[nameof(ChunksBenchmarks.ChunkSize)] is ChunkSize size
            ? (document.Utf8.Length, size.CountIn(document.Utf8.Length))
            : null;

    /// <summary>One benchmark's document length, number of chunks, and cost of one operation.</summary>
    internal readonly record struct Measured(int Length, int Chunks, double Nanoseconds, double? AllocatedBytes);
}
