using System;
using System.Collections.Generic;
using System.Globalization;

namespace StreamingJson.Benchmarks.Metering;

/// <summary>
/// <c>--meters</c>: what is exact, without a clock: bytes examined for each byte received, bytes allocated for each chunk after warm-up,
/// and bytes held for what the document needs. Fails, naming the document and the chunk size, past the bounds.
/// </summary>
internal static class MeterCommand
{
    /// <summary>Law 9.</summary>
    private const double MostExaminedPerByte = 3.0;

    private const int BytesPerRow = 16;

    public static int Run()
    {
        int failures = 0;
        Console.WriteLine("document                chunk  examined/received   allocated/chunk   held/needed  (bounds: 3.0, 0, see below)");
        foreach (BenchmarkDocument document in MeteredDocuments())
        {
            foreach (ChunkSize size in MeteredSizes())
            {
                failures += IsWithinBounds(document, size) ? 0 : 1;
            }
        }

        Console.WriteLine("held/needed: bytes of all arrays over twice (for growth) 1.5 x the document's bytes + 16 bytes a row; at most 1.");
        Console.WriteLine(failures == 0 ? "All within the bounds." : $"{failures} past the bounds.");
        return failures == 0 ? 0 : 1;
    }

    private static IEnumerable<ChunkSize> MeteredSizes() => [new(1), new(2), new(7), .. ChunkSize.All];

    private static IEnumerable<BenchmarkDocument> MeteredDocuments() => [.. Documents.All, .. LongTokens.All];

    private static bool IsWithinBounds(BenchmarkDocument document, ChunkSize size)
    {
        using var reads = new ParserReads();
        long allocated = LeastAllocated(() => reads.Snapshots(document.Utf8, size, ParserReads.FieldOf(document)));
        JsonMeters meters = reads.Meters;
        using var handler = new HandlerReads();
        allocated = Math.Max(allocated, LeastAllocated(() => handler.Read(document.Utf8, size)));
        double examined = Math.Max(PerByte(meters), PerByte(handler.Meters));
        double needed = 2 * ((1.5 * document.Utf8.Length) + (BytesPerRow * meters.Rows));
        double held = document.Utf8.Length < 1024 ? 0 : meters.BytesRetained / needed;
        bool isWithin = examined <= MostExaminedPerByte && allocated == 0 && held <= 1;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{document.Name,-22} {size,6} {examined,18:0.000} {allocated / (double)size.CountIn(document.Utf8.Length),17:0.0} {held,13:0.00}  {(isWithin ? string.Empty : "PAST THE BOUND")}"));
        return isWithin;
    }

    private static double PerByte(JsonMeters meters) => (double)meters.BytesExamined / meters.BytesReceived;

    // The compiler's own work may be billed to a single run; the least of some is what the code needs.
    private static long LeastAllocated(Action run)
    {
        run();
        run();
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
