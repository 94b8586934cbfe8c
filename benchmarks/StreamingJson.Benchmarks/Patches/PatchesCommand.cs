using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using StreamingJson.Benchmarks.Ratios;

namespace StreamingJson.Benchmarks.Patches;

/// <summary>
/// <c>--patches [documents]</c>: keeping a client up to date after every 4-byte delta, in ratios to one pass of the reader over the
/// document, and in bytes that go out for each byte of the document.
/// </summary>
internal static class PatchesCommand
{
    private const string NoOutput = "parser, no output";

    private static readonly ChunkSize Delta = new(4);

    public static int Run(ReadOnlySpan<string> given)
    {
        var entries = new List<RatioEntry>();
        foreach (BenchmarkDocument document in new Arguments(given, 1).List(0, [Documents.Get("A"), Documents.Get("B")], Documents.Get))
        {
            new PatchReads().Check(document.Utf8, Delta);
            entries.Add(new RatioEntry(document, Delta, new PatchCase(NoOutput, document, (reads, utf8, size) => reads.NoOutput(utf8, size))));
            entries.Add(new RatioEntry(document, Delta, new PatchCase("patches, append", document, (reads, utf8, size) => reads.Patches(utf8, size))));
            entries.Add(new RatioEntry(document, Delta, new PatchCase("patches, RFC 6902", document, (reads, utf8, size) => reads.StandardPatches(utf8, size))));
            entries.Add(new RatioEntry(document, Delta, new PatchCase("text and closing", document, (reads, utf8, size) => reads.GrowingText(utf8, size))));
            entries.Add(new RatioEntry(document, Delta, new PatchCase("closed text", document, (reads, utf8, size) => reads.ClosedText(utf8, size))));
            entries.Add(new RatioEntry(document, Delta, new PatchCase("diff of JsonNodes", document, (reads, utf8, size) => reads.Differences(utf8, size))));
        }

        Console.WriteLine("bytes out for each byte of the document, one message after every delta of 4 bytes:");
        foreach (RatioEntry entry in entries.Where(entry => entry.Case.Name != NoOutput))
        {
            double bytes = entry.Case.Run() / (double)entry.Document.Utf8.Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Document.Name}  {entry.Case.Name,-20} {bytes,12:N1}"));
        }

        RatioTable.Print(entries);
        return 0;
    }

    private sealed class PatchCase(string name, BenchmarkDocument document, Func<PatchReads, byte[], ChunkSize, long> read) : IRatioCase
    {
        private readonly PatchReads _reads = new();

        public string Name => name;

        public long Run() => read(_reads, document.Utf8, Delta);

        public void Check() => _reads.Check(document.Utf8, Delta);
    }
}
