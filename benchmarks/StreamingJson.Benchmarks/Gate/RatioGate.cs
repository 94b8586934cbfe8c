using System;
using System.Collections.Generic;
using StreamingJson.Benchmarks.Generation;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>
/// Ratios inside one run: medians of pairs in turns. The bound is passed only where the median is beyond it by more than three standard errors of this run;
/// where the pairs scatter too much, nothing is said.
/// </summary>
internal static class RatioGate
{
    // Interquartile range over median.
    private const double TooNoisy = 0.5;

    // Of a normal distribution: the interquartile range in standard deviations, and the standard error of a median in those of a mean.
    private const double InterquartileSigmas = 1.349;
    private const double MedianError = 1.253;

    private static readonly ChunkSize[] Sizes = [new(1), new(4), new(64), ChunkSize.Whole];

    public static IEnumerable<GateFigure> Measure(BenchmarkDocument document)
    {
        foreach (ChunkSize size in Sizes)
        {
            IRatioCase @case = new SnapshotsCase(document, size);
            yield return Measure("snapshots", document.Name, size, @case, new ReferenceCase(document), GateBounds.SnapshotRatio(document.Name, size));
        }
    }

    public static GateFigure Measure(ProviderResponse response)
    {
        var size = new ChunkSize(4096);
        return Measure("tool calls", response.Name, size, new ProtocolCases.Library(response, size), new ProtocolCases.OnePass(response), GateBounds.ProtocolRatio(response.Name));
    }

    /// <summary>Four times the text in four times the time.</summary>
    public static IEnumerable<GateFigure> MeasureLinearity()
    {
        foreach (bool isString in new[] { true, false })
        {
            BenchmarkDocument small = Document(isString, 64 * 1024);
            BenchmarkDocument large = Document(isString, 256 * 1024);
            foreach (ChunkSize size in new ChunkSize[] { new(4), new(64) })
            {
                double perByte = (double)small.Utf8.Length / large.Utf8.Length;
                yield return Measure("snapshots", large.Name + " against " + small.Name, size, new SnapshotsCase(large, size), new SnapshotsCase(small, size), GateBounds.Linearity, perByte, "time a byte");
            }
        }
    }

    public static GateFigure Measure(string task, string document, ChunkSize size, IRatioCase @case, IRatioCase reference, double bound, double scale = 1, string figure = "time/reference")
    {
        @case.Check();
        reference.Check();
        RatioResult result = RatioMeasurement.Measure(@case, reference);
        double spread = result.UpperQuartile - result.LowerQuartile;
        double margin = 3 * MedianError * spread / InterquartileSigmas / Math.Sqrt(result.Pairs);
        return new GateFigure(task, document, size.ToString(), figure, result.Ratio * scale, bound, margin * scale, spread > TooNoisy * result.Ratio);
    }

    private static BenchmarkDocument Document(bool isString, int length) => isString
        ? new BenchmarkDocument($"string {length / 1024} KiB", "a file in one string", SourceCodeDocument.WriteFileArguments(length))
        : new BenchmarkDocument($"records {length / 1024} KiB", "records", RecordDocuments.Export(length));

    internal sealed class SnapshotsCase(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly ParserReads _reads = new();

        public string Name => "snapshots";

        public long Run() => _reads.Snapshots(document.Utf8, size, ParserReads.FieldOf(document));

        public void Check() => _reads.Check(document, size);
    }

    internal sealed class ReferenceCase(BenchmarkDocument document) : IRatioCase
    {
        public string Name => "Utf8JsonReader, one pass";

        public long Run() => References.ReadOnce(document.Utf8);

        public void Check()
        {
        }
    }
}
