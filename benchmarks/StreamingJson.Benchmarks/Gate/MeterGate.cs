using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Benchmarks.Generation;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>What is exact, without a clock: bytes examined, copied and held, rows, and bytes allocated, for every task of the library and every chunk size.</summary>
internal static class MeterGate
{
    public const string Allocated = "bytes allocated";
    public const string AllocatedForEach = "bytes allocated/(bytes and chunks)";
    public const string Examined = "bytes examined/received";
    public const string Copied = "bytes copied/received";
    public const string Rows = "rows/(names and values)";
    public const string Held = "bytes held/needed";

    private const int BytesPerRow = 16;
    private const int SmallDocument = 1024;

    public static IEnumerable<BenchmarkDocument> AllDocuments => [.. MatrixInputs.Documents, Documents.Get("T"), .. LongTokens.All];

    /// <summary>All tasks that read a document.</summary>
    public static IEnumerable<GateFigure> Measure(BenchmarkDocument document) =>
        from size in MatrixInputs.Sizes
        from task in MatrixTask.All
        where task.Protocol is null && IsFor(task, document)
        from figure in Measure(task, task.InputOf(document, size))
        select figure;

    /// <summary>Frames, and calls of the answer.</summary>
    public static IEnumerable<GateFigure> Measure(ProviderResponse response)
    {
        FrameFormat format = response.Protocol == ModelProtocol.BedrockConverse ? FrameFormat.AwsEventStream : FrameFormat.ServerSentEvents;
        var document = new BenchmarkDocument(response.Name, response.Name, response.Utf8);
        foreach (ChunkSize size in MatrixInputs.Sizes)
        {
            MatrixInput input = new(document, size, new Field("title")) { Response = response };
            using var frames = new FramesCase(format, input);
            using MatrixCase calls = CallsTask.For(input).First(c => c.Peer == Peer.Library);
            foreach (GateFigure figure in Measure("frames", frames, input).Concat(Measure("calls", calls, input)))
            {
                yield return figure;
            }
        }
    }

    /// <summary>One task on one document, as each of the library's own ways does it.</summary>
    public static IEnumerable<GateFigure> Measure(MatrixTask task, MatrixInput input)
    {
        string[] peers = [.. task.Cases(input).Select(c => c.Peer).Where(p => Peer.IsLibrary(p) && p != Peer.Deserialize)];
        foreach (string peer in peers)
        {
            // The first run of a new parser grows its arrays, and what it outgrows may have been copied; those after it do not.
            var pool = new GrowthPool();
            using MatrixCase @case = task.Cases(input with { Pool = pool }).First(c => c.Peer == peer);
            string name = peer == Peer.Handler ? task.Name + " by handler" : task.Name;
            foreach (GateFigure figure in Measure(name, @case, input))
            {
                yield return figure;
            }

            double copied = 1 + ((double)pool.Outgrown / Math.Max(input.Utf8.Length, SmallDocument));
            yield return new GateFigure(name, input.Document.Name, input.Size.ToString(), Copied, copied, GateBounds.CopiedPerByte);
        }
    }

    /// <summary>What one case allocates and counts.</summary>
    public static IEnumerable<GateFigure> Measure(string task, MatrixCase @case, MatrixInput input)
    {
        (string document, string chunk) = (input.Document.Name, input.Size.ToString());
        double bound = GateBounds.Allocated(task);
        double units = bound == 0 ? 1 : input.Utf8.Length + input.Size.CountIn(input.Utf8.Length);
        double allocated = LeastAllocated(@case, bound * units) / units;
        yield return new GateFigure(task, document, chunk, bound == 0 ? Allocated : AllocatedForEach, allocated, bound);

        JsonMeters meters = @case.Meters!.Value;
        yield return new GateFigure(task, document, chunk, Examined, (double)meters.BytesExamined / meters.BytesReceived, GateBounds.ExaminedPerByte);
        if (meters.Rows > 0)
        {
            yield return new GateFigure(task, document, chunk, Rows, (double)meters.Rows / CountNamesAndValues(input), GateBounds.RowsPerToken);
            if (meters.BytesReceived > SmallDocument && input.Response is null)
            {
                double needed = 2 * ((1.5 * input.Utf8.Length) + (BytesPerRow * meters.Rows));
                yield return new GateFigure(task, document, chunk, Held, meters.BytesRetained / needed, GateBounds.HeldPerNeeded);
            }
        }
    }

    // Where one string is all, a typed object holds it anew at every delta: that is the task, and says nothing of the library.
    private static bool IsFor(MatrixTask task, BenchmarkDocument document) => task.Name != "typed" || document.Name is "A" or "D" or "P";

    private static long CountNamesAndValues(MatrixInput input) => input.Response is { } response
        ? response.Calls.Sum(c => CountNamesAndValues(Encoding.UTF8.GetBytes(c.Arguments)))
        : CountNamesAndValues(input.Utf8);

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
    private static long LeastAllocated(MatrixCase @case, double enough)
    {
        var answer = new Answer(isRecording: false);
        var deadline = new Deadline(TimeSpan.FromHours(1));
        @case.Read(answer, deadline);
        long least = long.MaxValue;
        for (int i = 0; i < 6 && least > enough; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            @case.Read(answer, deadline);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
