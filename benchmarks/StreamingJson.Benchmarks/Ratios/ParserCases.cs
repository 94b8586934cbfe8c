using System;
using System.Collections.Generic;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>The cases of the library's own parser: one parser each, reset for every run.</summary>
internal static class ParserCases
{
    public static IEnumerable<IRatioCase> For(BenchmarkDocument document, ChunkSize size) =>
    [
        new Floor(document, size),
        new Snapshots(document, size),
        new SnapshotsByName(document, size),
        new Events(document, size),
        new EventOnly(document, size),
        new Stage(document, size, "append", (reads, utf8, chunk, _) => reads.Appends(utf8, chunk)),
        new Stage(document, size, "append and snapshot", (reads, utf8, chunk, _) => reads.Roots(utf8, chunk)),
        new Stage(document, size, "append and look-up", (reads, utf8, chunk, field) => reads.LookUps(utf8, chunk, field)),
    ];

    private delegate long StageRead(StepReads reads, ReadOnlySpan<byte> utf8, ChunkSize size, ReadOnlySpan<byte> field);

    /// <summary>
    /// A part of what <see cref="Snapshots"/> does: the append alone, the snapshot and its root too, the look-up of the field too. What one
    /// takes more than the one before is the cost of that step.
    /// </summary>
    private sealed class Stage(BenchmarkDocument document, ChunkSize size, string name, StageRead read) : IRatioCase
    {
        private readonly StepReads _reads = new();

        public string Name => name;

        public long Run() => read(_reads, document.Utf8, size, ParserReads.FieldOf(document));

        public void Check() => Run();
    }

    private sealed class Floor(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly FloorReads _reads = new(document);

        public string Name => "floor";

        public long Run() => _reads.Read(document.Utf8, size);

        public void Check() => _reads.Check(document.Utf8, size);
    }

    private sealed class Snapshots(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly ParserReads _reads = new();
        private readonly JsonPointerReader _field = ParserReads.PointerOf(document);

        public string Name => "parser, snapshots";

        public long Run() => _reads.Snapshots(document.Utf8, size, _field);

        public void Check() => _reads.Check(document, size);
    }

    private sealed class SnapshotsByName(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly ParserReads _reads = new();

        public string Name => "parser, snapshots, by name";

        public long Run() => _reads.SnapshotsByName(document.Utf8, size, ParserReads.FieldOf(document));

        public void Check() => _reads.Check(document, size);
    }

    private sealed class Events(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly ParserReads _reads = new();

        public string Name => "parser, events";

        public long Run() => _reads.Events(document.Utf8, size);

        public void Check() => _reads.Check(document, size);
    }

    private sealed class EventOnly(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly HandlerReads _reads = new();

        public string Name => "parser, handler";

        public long Run() => _reads.Read(document.Utf8, size);

        public void Check() => _reads.Check(document, size);
    }
}
