using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Suites;

/// <summary>One cell of the matrix, under the name of its task and peer.</summary>
public sealed class MatrixBenchmark
{
    internal MatrixBenchmark(MatrixTask task, string peer) => (Task, Peer) = (task, peer);

    internal MatrixTask Task { get; }

    internal string Peer { get; }

    public override string ToString() => $"{Task.Name}: {Peer}";
}

/// <summary>The matrix of tasks and peers where it is most asked for, with BenchmarkDotNet's statistics: an agent's plan in deltas of four bytes.</summary>
[Config(typeof(ChunksConfig))]
[Orderer(SummaryOrderPolicy.Declared)]
public class MatrixBenchmarks
{
    private static readonly BenchmarkDocument Document = MatrixInputs.Find("P");
    private static readonly ChunkSize Delta = new(4);
    private static readonly Deadline Forever = new(TimeSpan.FromHours(1));

    private readonly Answer _answer = new(isRecording: false);
    private MatrixCase? _case;

    public static IEnumerable<MatrixBenchmark> AllCells => MatrixTask.All.SelectMany(t => t.Cases(t.InputOf(Document, Delta)).Select(c => new MatrixBenchmark(t, c.Peer)));

    [ParamsSource(nameof(AllCells))]
    public MatrixBenchmark? Cell { get; set; }

    /// <summary>What gives another answer than the others is not timed.</summary>
    [GlobalSetup]
    public void Check()
    {
        MatrixInput input = Cell!.Task.InputOf(Document, Delta);
        MatrixCase[] cases = [.. Cell.Task.Cases(input)];
        ulong?[] answers = [.. MatrixMeasurement.Answers(Cell.Task, input)];
        int index = Array.FindIndex(cases, c => c.Peer == Cell.Peer);
        if (answers[index] is { } answer && answer != answers[0])
        {
            throw new InvalidDataException($"{Cell} is wrong.");
        }

        _case = cases[index];
    }

    [Benchmark]
    public long Read()
    {
        _case!.Read(_answer, Forever);
        return _answer.Sum;
    }
}
