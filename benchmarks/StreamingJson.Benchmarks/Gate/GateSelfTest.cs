using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Gate;

/// <summary><c>--gate-selftest</c>: faults are planted, and the gate must name each of them and nothing else.</summary>
internal static class GateSelfTest
{
    public static int Run()
    {
        BenchmarkDocument document = Documents.Get("A");
        var size = new ChunkSize(64);
        (string Fault, string Figure, Func<IEnumerable<GateFigure>> Measure)[] trials =
        [
            ("none", string.Empty, () => MeterGate.Measure(new MeteredTasks.Snapshots(), document, size)),
            ("24 bytes allocated a chunk", "bytes allocated", () => MeterGate.Measure(new AllocatingTask(), document, size)),
            ("every chunk examined four times", "bytes examined/received", () => MeterGate.Measure(new ReexaminingTask(), document, size)),
            ("two rows a value", "rows/(names and values)", () => MeterGate.Measure(new DoubleRowsTask(), document, size)),
            ("everything read four times over", "time/reference", () => [Timed(document, size, 4)]),
            ("nothing, timed", string.Empty, () => [Timed(document, size, 1)]),
        ];
        int wrong = 0;
        foreach ((string fault, string figure, Func<IEnumerable<GateFigure>> measure) in trials)
        {
            string found = string.Join(", ", measure().Where(f => f.Verdict == Verdict.Past).Select(f => f.Figure));
            bool isRight = found == figure;
            wrong += isRight ? 0 : 1;
            Console.WriteLine($"{(isRight ? "right" : "WRONG"),-6} planted: {fault}; found: {(found.Length == 0 ? "nothing" : found)}");
        }

        Console.WriteLine(wrong == 0 ? "The gate finds what is planted." : $"The gate is wrong about {wrong}.");
        return wrong == 0 ? 0 : 1;
    }

    private static GateFigure Timed(BenchmarkDocument document, ChunkSize size, int times) => RatioGate.Measure(
        "snapshots", document.Name, size, new SlowCase(document, size, times), new RatioGate.ReferenceCase(document), GateBounds.SnapshotRatio(document.Name, size));

    private sealed class AllocatingTask : IMeteredTask
    {
        private readonly MeteredTasks.Snapshots _task = new();

        public string Name => "allocating";

        public Counts Counts => _task.Counts;

        public object? Last { get; private set; }

        public void Run(byte[] utf8, ChunkSize size)
        {
            _task.Run(utf8, size);
            for (int i = size.CountIn(utf8.Length); i > 0; i--)
            {
                Last = new object();
            }
        }
    }

    private sealed class ReexaminingTask : IMeteredTask
    {
        private readonly MeteredTasks.Snapshots _task = new();

        public string Name => "re-examining";

        public Counts Counts => _task.Counts with { Examined = 4 * _task.Counts.Examined };

        public void Run(byte[] utf8, ChunkSize size) => _task.Run(utf8, size);
    }

    private sealed class DoubleRowsTask : IMeteredTask
    {
        private readonly MeteredTasks.Snapshots _task = new();

        public string Name => "double rows";

        public Counts Counts => _task.Counts with { Rows = 2 * _task.Counts.Rows };

        public void Run(byte[] utf8, ChunkSize size) => _task.Run(utf8, size);
    }

    private sealed class SlowCase(BenchmarkDocument document, ChunkSize size, int times) : IRatioCase
    {
        private readonly RatioGate.SnapshotsCase _case = new(document, size);

        public string Name => "slow";

        public long Run()
        {
            long seen = 0;
            for (int i = 0; i < times; i++)
            {
                seen += _case.Run();
            }

            return seen;
        }

        public void Check() => _case.Check();
    }
}
