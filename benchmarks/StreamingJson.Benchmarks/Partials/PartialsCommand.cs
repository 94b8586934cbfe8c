using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Partials;

/// <summary>
/// <c>--partials</c>: typed partials as ratios to a pass of the reader over the document, at 64 and 128 KiB. The reference is linear: where
/// the second ratio is the first, so is the case; twice the first would be quadratic.
/// </summary>
internal static class PartialsCommand
{
    private const int Pace = 16;
    private const int Length = 64 * 1024;
    private static readonly ChunkSize Delta = new(4);

    public static int Run()
    {
        var entries = new List<RatioEntry>();
        foreach (BenchmarkDocument document in new[] { PartialDocuments.Report(Length, "P1"), PartialDocuments.Report(2 * Length, "P2") })
        {
            Add(entries, document, PartialsContext.Default.ReviewReport);
        }

        foreach (BenchmarkDocument document in new[] { PartialDocuments.Integers(Length, "I1"), PartialDocuments.Integers(2 * Length, "I2") })
        {
            Add(entries, document, PartialsContext.Default.ListInt32);
        }

        RatioTable.Print(entries);
        return 0;
    }

    private static void Add<T>(List<RatioEntry> entries, BenchmarkDocument document, JsonTypeInfo<T> typeInfo)
    {
        IRatioCase[] cases = [new NoLook<T>(document, typeInfo), new Partials<T>(document, typeInfo), new ClosedText<T>(document, typeInfo)];
        foreach (IRatioCase @case in cases)
        {
            @case.Check();
            entries.Add(new RatioEntry(document, Delta, @case));
        }
    }

    /// <summary>The deltas, and one look at the end: the share of the parser.</summary>
    private sealed class NoLook<T>(BenchmarkDocument document, JsonTypeInfo<T> typeInfo) : IRatioCase
    {
        private readonly PartialReads<T> _reads = new(typeInfo);

        public string Name => "partial at the end";

        public long Run() => _reads.Partials(document.Utf8, Delta, int.MaxValue).Snapshot.ByteCount;

        public void Check() => _reads.Check(document.Utf8, Delta, int.MaxValue);
    }

    private sealed class Partials<T>(BenchmarkDocument document, JsonTypeInfo<T> typeInfo) : IRatioCase
    {
        private readonly PartialReads<T> _reads = new(typeInfo);

        public string Name => "partials, every 16";

        public long Run() => _reads.Partials(document.Utf8, Delta, Pace).Snapshot.ByteCount;

        public void Check() => _reads.Check(document.Utf8, Delta, Pace);
    }

    private sealed class ClosedText<T>(BenchmarkDocument document, JsonTypeInfo<T> typeInfo) : IRatioCase
    {
        private readonly PartialReads<T> _reads = new(typeInfo);

        public string Name => "closed text, every 16";

        public long Run() => _reads.ClosedText(document.Utf8, Delta, Pace) is null ? 0 : 1;

        public void Check() => _reads.Check(document.Utf8, Delta, Pace);
    }
}
