using System.Collections.Generic;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>The cases of the library's own parser: one parser each, reset for every run.</summary>
internal static class ParserCases
{
    public static IEnumerable<IRatioCase> For(BenchmarkDocument document, ChunkSize size) =>
    [
        new Snapshots(document, size),
        new Events(document, size),
        new EventOnly(document, size),
    ];

    private sealed class Snapshots(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly ParserReads _reads = new();

        public string Name => "parser, snapshots";

        public long Run() => _reads.Snapshots(document.Utf8, size, ParserReads.FieldOf(document));

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
