using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using StreamingJson.Benchmarks.Generation;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Benchmarks.Ratios;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>
/// Ratios inside one run: medians of pairs in turns. The bound is passed only where the median is beyond it by more than three standard errors of this run, and
/// is so again when it is measured anew; where the pairs scatter too much, or the second measurement disagrees, nothing is said.
/// </summary>
internal static class RatioGate
{
    public const string Reference = "time/reference";
    public const string Linearity = "time a byte";

    // Interquartile range over median.
    private const double TooNoisy = 0.5;

    // Of a normal distribution: the interquartile range in standard deviations, and the standard error of a median in those of a mean.
    private const double InterquartileSigmas = 1.349;
    private const double MedianError = 1.253;

    private static readonly ChunkSize[] Sizes = [new(1), new(4), new(64), ChunkSize.Whole];

    /// <summary>Chunked against one pass.</summary>
    public static IEnumerable<GateFigure> Measure(BenchmarkDocument document)
    {
        MatrixTask task = MatrixTask.Get("snapshot");
        foreach (ChunkSize size in Sizes)
        {
            MatrixInput input = task.InputOf(document, size);
            yield return Measure(task.Name, document.Name, size, new TaskCase(task, input), new ReferenceCase(input), GateBounds.SnapshotRatio(size));
        }
    }

    public static GateFigure Measure(ProviderResponse response)
    {
        var size = new ChunkSize(4096);
        return Measure("calls", response.Name, size, new ProtocolCases.Library(response, size), new ProtocolCases.OnePass(response), GateBounds.ProtocolRatio(response.Name));
    }

    /// <summary>Four times the text in four times the time.</summary>
    public static IEnumerable<GateFigure> MeasureLinearity()
    {
        var delta = new ChunkSize(4);

        // A typed object holds its strings and lists anew at every delta: there the task itself is not linear.
        foreach (MatrixTask task in MatrixTask.All.Where(t => t.Name != "typed" && (t.Protocol is null or ModelProtocol.OpenAIChat)))
        {
            foreach (bool isString in new[] { true, false })
            {
                MatrixInput small = Input(task, isString, 64 * 1024, delta);
                MatrixInput large = Input(task, isString, 256 * 1024, delta);
                if (task.Cases(large).Any())
                {
                    double perByte = (double)small.Utf8.Length / large.Utf8.Length;
                    string document = (isString ? "string" : "records") + " 256 KiB against 64 KiB";
                    yield return Measure(task.Name, document, delta, new TaskCase(task, large), new TaskCase(task, small), GateBounds.Linearity, perByte, Linearity);
                }
            }
        }
    }

    public static GateFigure Measure(string task, string document, ChunkSize size, IRatioCase @case, IRatioCase reference, double bound, double scale = 1, string figure = Reference)
    {
        @case.Check();
        reference.Check();
        return Confirm(() => Make(task, document, size.ToString(), figure, RatioMeasurement.Measure(@case, reference), bound, scale));
    }

    /// <summary>A figure past its bound is measured once more: only if it is past it again, the gate says so.</summary>
    internal static GateFigure Confirm(Func<GateFigure> measure)
    {
        GateFigure first = measure();
        if (first.Verdict != Verdict.Past)
        {
            return first;
        }

        GateFigure second = measure();
        return second.Verdict == Verdict.Within ? second with { IsTooNoisy = true } : second;
    }

    /// <summary>The margin is three standard errors of the median, from the scatter of the pairs.</summary>
    internal static GateFigure Make(string task, string document, string chunk, string figure, RatioResult result, double bound, double scale)
    {
        double spread = result.UpperQuartile - result.LowerQuartile;
        double margin = 3 * MedianError * spread / InterquartileSigmas / Math.Sqrt(result.Pairs);
        return new GateFigure(task, document, chunk, figure, result.Ratio * scale, bound, margin * scale, spread > TooNoisy * result.Ratio);
    }

    // The names are those of the matrix, where the types for these documents are known.
    private static MatrixInput Input(MatrixTask task, bool isString, int length, ChunkSize size) => task.InputOf(
        isString ? new BenchmarkDocument("W", "a file in one string", SourceCodeDocument.WriteFileArguments(length)) : new BenchmarkDocument("C", "records", RecordDocuments.Export(length)),
        size,
        keep: false);

    /// <summary>A task of the matrix as a peer does it, or, where none is named, as the library does it first.</summary>
    internal sealed class TaskCase(MatrixTask task, MatrixInput input, string? peer = null) : IRatioCase
    {
        private static readonly Deadline Forever = new(TimeSpan.FromHours(1));
        private readonly MatrixCase _case = task.Cases(input).First(c => peer is null ? Peer.IsLibrary(c.Peer) : c.Peer == peer);
        private readonly Answer _answer = new(isRecording: false);

        public string Name => task.Name;

        public long Run()
        {
            _case.Read(_answer, Forever);
            return _answer.Sum;
        }

        public void Check()
        {
            ulong?[] answers = [.. MatrixMeasurement.Answers(task, input)];
            if (answers[0] is null || answers.Any(a => a is not null && a != answers[0]))
            {
                throw new InvalidDataException($"{task.Name} of {input.Document.Description}: the peers do not agree.");
            }
        }
    }

    internal sealed class ReferenceCase(MatrixInput input) : IRatioCase
    {
        public string Name => "Utf8JsonReader, one pass";

        public long Run() => input.ReadOnce();

        public void Check()
        {
        }
    }
}
