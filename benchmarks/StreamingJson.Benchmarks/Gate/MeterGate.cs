using System;
using System.Collections.Generic;
using System.Text.Json;
using StreamingJson.Benchmarks.Metering;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Documents;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>What is exact, without a clock: bytes examined, copied and held, rows, and bytes allocated, for every task and chunk size.</summary>
internal static class MeterGate
{
    private const int BytesPerRow = 16;
    private const int SmallDocument = 1024;

    public static IReadOnlyList<ChunkSize> Sizes { get; } = [new(1), new(4), new(16), new(64), new(1024), new(64 * 1024), ChunkSize.Whole];

    public static IEnumerable<BenchmarkDocument> AllDocuments => [.. Documents.All, .. LongTokens.All];

    public static IEnumerable<GateFigure> Measure(BenchmarkDocument document)
    {
        foreach (ChunkSize size in Sizes)
        {
            foreach (IMeteredTask task in MeteredTasks.OfDocuments)
            {
                foreach (GateFigure figure in Measure(task, document, size))
                {
                    yield return figure;
                }
            }

            yield return new GateFigure("snapshots", document.Name, size.ToString(), "bytes copied/received", Copied(document, size), GateBounds.CopiedPerByte);
        }
    }

    public static IEnumerable<GateFigure> Measure(ProviderResponse response)
    {
        var document = new BenchmarkDocument(response.Name, response.Name, response.Utf8);
        FrameFormat format = response.Protocol == ModelProtocol.BedrockConverse ? FrameFormat.AwsEventStream : FrameFormat.ServerSentEvents;
        foreach (ChunkSize size in Sizes)
        {
            foreach (IMeteredTask task in new IMeteredTask[] { new MeteredTasks.Frames(format), new MeteredTasks.ToolCalls(response.Protocol) })
            {
                foreach (GateFigure figure in Measure(task, document, size))
                {
                    yield return figure;
                }
            }
        }
    }

    public static IEnumerable<GateFigure> Measure(IMeteredTask task, BenchmarkDocument document, ChunkSize size)
    {
        string chunk = size.ToString();
        long allocated = LeastAllocated(() => task.Run(document.Utf8, size));
        yield return new GateFigure(task.Name, document.Name, chunk, "bytes allocated", allocated, GateBounds.Allocated);
        Counts counts = task.Counts;
        if (counts.Received > 0)
        {
            yield return new GateFigure(task.Name, document.Name, chunk, "bytes examined/received", (double)counts.Examined / counts.Received, GateBounds.ExaminedPerByte);
        }

        if (counts.Rows is { } rows)
        {
            yield return new GateFigure(task.Name, document.Name, chunk, "rows/(names and values)", (double)rows / CountNamesAndValues(document.Utf8), GateBounds.RowsPerToken);
            if (document.Utf8.Length > SmallDocument && counts.Held is { } held)
            {
                double needed = 2 * ((1.5 * document.Utf8.Length) + (BytesPerRow * rows));
                yield return new GateFigure(task.Name, document.Name, chunk, "bytes held/needed", held / needed, GateBounds.HeldPerNeeded);
            }
        }
    }

    private static double Copied(BenchmarkDocument document, ChunkSize size)
    {
        var pool = new GrowthPool();
        using var parser = new StreamingJsonParser(StreamingJsonOptions.Trusted, new TapePools { Bytes = pool });
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document.Utf8, size))
        {
            parser.Append(chunk);
        }

        return 1 + ((double)pool.Outgrown / Math.Max(document.Utf8.Length, SmallDocument));
    }

    private static long CountNamesAndValues(byte[] utf8)
    {
        long count = 0;
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            count += reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject ? 0 : 1;
        }

        return count;
    }

    // The compiler's own work may be billed to a single run; the least of some is what the code needs.
    private static long LeastAllocated(Action run)
    {
        run();
        long least = long.MaxValue;
        for (int i = 0; i < 6 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
