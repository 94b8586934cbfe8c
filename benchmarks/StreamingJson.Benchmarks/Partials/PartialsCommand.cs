using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Benchmarks.Partials;

/// <summary>
/// <c>--partials</c>: a typed value, looked at every 16 deltas of 4 bytes. Each line is measured in turns, at 64 KiB and at 128 KiB, and next
/// to one pass of the serializer over the whole document; processor time of the process, the least counts: a busy machine disturbs that least.
/// </summary>
internal static class PartialsCommand
{
    private const int Pace = 16;
    private const int Length = 64 * 1024;
    private const int Rounds = 25;
    private const int SlowRounds = 3;

    // Twice the text should take twice the time.
    private const double MostGrowth = 2.3;

    private static readonly ChunkSize Delta = new(4);

    public static int Run()
    {
        Console.WriteLine("document               case                       ms    x serializer   ms at twice   growth   B/delta   B/delta at twice");
        JsonTypeInfo<ReviewReport> report = PartialsContext.Default.ReviewReport;
        double growth = Measure(PartialDocuments.Report(Length, "report"), PartialDocuments.Report(2 * Length, "report"), report);
        Measure(PartialDocuments.Integers(Length, "integers"), PartialDocuments.Integers(2 * Length, "integers"), PartialsContext.Default.ListInt32);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"partials of the report grow by {growth:0.00}, at most {MostGrowth}"));
        return growth <= MostGrowth ? 0 : 1;
    }

    private static double Measure<T>(BenchmarkDocument once, BenchmarkDocument twice, JsonTypeInfo<T> typeInfo)
    {
        using var reads = new PartialReads<T>(typeInfo);
        reads.Check(once.Utf8, Delta, Pace);
        reads.Check(twice.Utf8, Delta, Pace);
        Func<byte[], object?> serializer = document => JsonSerializer.Deserialize(document, typeInfo);
        Print(once, twice, "at the end only", document => reads.Partials(document, Delta, int.MaxValue), serializer, Rounds);
        double growth = Print(once, twice, "partials", document => reads.Partials(document, Delta, Pace), serializer, Rounds);
        Print(once, twice, "closed text", document => reads.ClosedText(document, Delta, Pace), serializer, SlowRounds);
        return growth;
    }

    private static double Print(
        BenchmarkDocument once, BenchmarkDocument twice, string name, Func<byte[], object?> read, Func<byte[], object?> reference, int rounds)
    {
        var times = new double[3][];
        for (int side = 0; side < times.Length; side++)
        {
            times[side] = new double[rounds];
        }

        (long onceBytes, long twiceBytes) = (0, 0);
        for (int round = -2; round < rounds; round++)
        {
            (double first, onceBytes) = Time(read, once.Utf8);
            (double second, twiceBytes) = Time(read, twice.Utf8);
            (double third, _) = Time(reference, once.Utf8);
            if (round >= 0)
            {
                (times[0][round], times[1][round], times[2][round]) = (first, second, third);
            }
        }

        double growth = times[1].Min() / times[0].Min();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{once.Name,-10} {once.Utf8.Length,7} B   {name,-16} {times[0].Min(),12:0.00} {times[0].Min() / times[2].Min(),14:0.0} {times[1].Min(),13:0.00} {growth,8:0.00} {(double)onceBytes / Delta.CountIn(once.Utf8.Length),9:0} {(double)twiceBytes / Delta.CountIn(twice.Utf8.Length),18:0}"));
        return growth;
    }

    private static (double Milliseconds, long Bytes) Time(Func<byte[], object?> read, byte[] document)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        GC.KeepAlive(read(document));
        return ((Environment.CpuUsage.TotalTime - start).TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
