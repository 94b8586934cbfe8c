using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>A figure an event or a second, from the response that a benchmark has as its parameter.</summary>
internal sealed class ResponseColumn(string name, string legend, Func<ProviderResponse, double, double?, double?> figure) : IColumn
{
    public static readonly ResponseColumn EventsPerSecond = new("events/s", "Events of the provider per second", (r, ns, _) => r.Events * 1e9 / ns);

    public static readonly ResponseColumn MegabytesPerSecond = new("MB/s", "Millions of bytes of the wire per second", (r, ns, _) => r.Utf8.Length * 1e3 / ns);

    public static readonly ResponseColumn BytesPerEvent = new("B/event", "Bytes allocated per event", (r, _, allocated) => allocated / r.Events);

    public string Id => nameof(ResponseColumn) + "." + name;

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(c => ResponseOf(c) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
    {
        BenchmarkReport? report = summary[benchmarkCase];
        return report?.ResultStatistics is { } statistics && ResponseOf(benchmarkCase) is { } response
            ? figure(response, statistics.Mean, report.GcStats.GetBytesAllocatedPerOperation(benchmarkCase))?.ToString("0.0", CultureInfo.InvariantCulture) ?? "NA"
            : "NA";
    }

    private static ProviderResponse? ResponseOf(BenchmarkCase benchmarkCase) => benchmarkCase.Parameters[nameof(ProtocolsBenchmarks.Response)] as ProviderResponse;
}
