using System;
using System.Collections.Generic;
using System.IO;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>The cases that use System.Text.Json alone.</summary>
internal static class ReferenceCases
{
    public static IEnumerable<IRatioCase> For(BenchmarkDocument document, ChunkSize size) =>
    [
        new OnePass(document),
        new CutOnly(document, size),
        new Collected(document, size),
        new Refed(document, size),
        new ReaderWithRows(document),
    ];

    private static void Require(bool right, IRatioCase @case, BenchmarkDocument document)
    {
        if (!right)
        {
            throw new InvalidDataException($"{@case.Name} gives a wrong answer for document {document.Name}.");
        }
    }

    /// <summary>The reference against itself: how far its ratio is from 1 is the error of the measurement.</summary>
    private sealed class OnePass(BenchmarkDocument document) : IRatioCase
    {
        public string Name => "reference";

        public long Run() => References.ReadOnce(document.Utf8);

        public void Check() => Require(Run() > 0, this, document);
    }

    /// <summary>What a parser that reads whole documents with <see cref="System.Text.Json.Utf8JsonReader"/> cannot go below.</summary>
    private sealed class ReaderWithRows(BenchmarkDocument document) : IRatioCase
    {
        private readonly RowsByReader _rows = new();

        public string Name => "reader with rows (whole)";

        public long Run() => _rows.Read(document.Utf8);

        public void Check() => Require(Run() > 0, this, document);
    }

    /// <summary>The cutting without any reading: the share of it in every other case.</summary>
    private sealed class CutOnly(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        public string Name => "cutting";

        public long Run()
        {
            long length = 0;
            foreach (ReadOnlySpan<byte> chunk in new Chunks(document.Utf8, size))
            {
                length += chunk.Length;
            }

            return length;
        }

        public void Check() => Require(Run() == document.Utf8.Length, this, document);
    }

    private sealed class Collected(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly CollectedDocument _collected = new();

        public string Name => "JsonDocument";

        public long Run() => _collected.Read(document.Utf8, size);

        public void Check() => Require(_collected.Collect(document.Utf8, size).Span.SequenceEqual(document.Utf8), this, document);
    }

    private sealed class Refed(BenchmarkDocument document, ChunkSize size) : IRatioCase
    {
        private readonly RefedReader _reader = new();

        public string Name => "re-fed";

        public long Run() => _reader.Read(document.Utf8, size);

        public void Check() => Require(Run() == References.ReadOnce(document.Utf8), this, document);
    }
}
