using System;
using System.Collections.Generic;
using System.Linq;
using StreamingJson.Benchmarks.Matrix;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Gate;

/// <summary><c>--gate-selftest</c>: faults are planted, and the gate must name each of them, with its task and chunk, and nothing else.</summary>
internal static class GateSelfTest
{
    private const string Document = "A";
    private static readonly ChunkSize Size = new(64);
    private static readonly MatrixTask Task = MatrixTask.Get("snapshot");
    private static readonly MatrixInput Input = Task.InputOf(Documents.Get(Document), Size);

    /// <summary>Without a clock.</summary>
    internal static IReadOnlyList<Trial> Exact { get; } = Plan();

    public static int Run()
    {
        int wrong = 0;
        foreach (Trial trial in Exact.Concat(Timed))
        {
            (bool isRight, bool isUndecided, string found) = trial.Try();
            wrong += isRight || isUndecided ? 0 : 1;
            string verdict = isRight ? "right" : isUndecided ? "noisy" : "WRONG";
            Console.WriteLine($"{verdict,-6} planted: {trial.Fault}; found: {(found.Length == 0 ? "nothing" : found)}");
        }

        Console.WriteLine(wrong == 0 ? "The gate finds what is planted." : $"The gate is wrong about {wrong}.");
        return wrong == 0 ? 0 : 1;
    }

    private static IReadOnlyList<Trial> Plan() =>
    [
        new("none", string.Empty, () => Measure(c => c)),
        new("24 bytes allocated a chunk", MeterGate.Allocated, () => Measure(c => new AllocatingCase(c, Input))),
        new("every chunk examined four times", MeterGate.Examined, () => Measure(c => new CountingCase(c, Input, m => m with { BytesExamined = 4 * m.BytesExamined }))),
        new("two rows a value", MeterGate.Rows, () => Measure(c => new CountingCase(c, Input, m => m with { Rows = 2 * m.Rows }))),
        new("memory of three times the document", MeterGate.Held, () => Measure(c => new CountingCase(c, Input, m => m with { BytesRetained = m.BytesRetained + (6 * Input.Utf8.Length) }))),
        new("the text copied anew at every growth of 1 KiB", MeterGate.Copied, () => MeterGate.Measure(Task with { Cases = i => [new CopyingCase(i)] }, Input)),
    ];

    private static IReadOnlyList<Trial> Timed { get; } =
    [
        new("everything read eight times over", RatioGate.Reference, () => [Time(8)]),
        new("nothing, timed", string.Empty, () => [Time(1)]),
    ];

    private static IEnumerable<GateFigure> Measure(Func<MatrixCase, MatrixCase> plant)
    {
        using MatrixCase sound = Task.Cases(Input).First();
        using MatrixCase planted = plant(sound);
        return [.. MeterGate.Measure(Task.Name, planted, Input)];
    }

    private static GateFigure Time(int times) => RatioGate.Measure(
        Task.Name, Document, Size, new SlowCase(new RatioGate.TaskCase(Task, Input), times), new RatioGate.ReferenceCase(Input), GateBounds.SnapshotRatio(Size));

    /// <summary>A fault and the one figure that must be past its bound.</summary>
    internal sealed record Trial(string Fault, string Figure, Func<IEnumerable<GateFigure>> Measure)
    {
        /// <summary>Undecided where the machine was too noisy to tell: the gate says so then, and fails nothing.</summary>
        public (bool IsRight, bool IsUndecided, string Found) Try()
        {
            List<GateFigure> figures = [.. Measure()];
            List<GateFigure> past = figures.FindAll(f => f.Verdict == Verdict.Past);
            bool isRight = Figure.Length == 0 ? past.Count == 0 : past is [{ } only] && only.Figure == Figure && only.Task == Task.Name && only.Chunk == Size.ToString();
            return (isRight, figures.Exists(f => f.Verdict == Verdict.Inconclusive), string.Join(", ", figures.Where(f => f.Verdict != Verdict.Within)));
        }
    }

    private sealed class AllocatingCase(MatrixCase sound, MatrixInput input) : MatrixCase(sound.Peer, input)
    {
        public override JsonMeters? Meters => sound.Meters;

        public object? Last { get; private set; }

        public override void Read(Answer answer, Deadline deadline)
        {
            sound.Read(answer, deadline);
            for (int i = Input.Size.CountIn(Input.Utf8.Length); i > 0; i--)
            {
                Last = new object();
            }
        }
    }

    private sealed class CountingCase(MatrixCase sound, MatrixInput input, Func<JsonMeters, JsonMeters> change) : MatrixCase(sound.Peer, input)
    {
        public override JsonMeters? Meters => change(sound.Meters!.Value);

        public override void Read(Answer answer, Deadline deadline) => sound.Read(answer, deadline);
    }

    /// <summary>Reads as it should, and takes arrays as a text would that grows by so much each time.</summary>
    private sealed class CopyingCase(MatrixInput input) : MatrixCase(Matrix.Peer.Library, input)
    {
        private readonly MatrixCase _sound = Task.Cases(input with { Pool = null }).First();
        private int _length = 1024;

        public override JsonMeters? Meters => _sound.Meters;

        public override void Read(Answer answer, Deadline deadline)
        {
            _sound.Read(answer, deadline);
            for (; _length < 2 * Input.Utf8.Length; _length += 1024)
            {
                Input.Pool?.Rent(_length);
            }
        }

        protected override void Release() => _sound.Dispose();
    }

    private sealed class SlowCase(IRatioCase sound, int times) : IRatioCase
    {
        public string Name => "slow";

        public long Run()
        {
            long seen = 0;
            for (int i = 0; i < times; i++)
            {
                seen += sound.Run();
            }

            return seen;
        }

        public void Check() => sound.Check();
    }
}
