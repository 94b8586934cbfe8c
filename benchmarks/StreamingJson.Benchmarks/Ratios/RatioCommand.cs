using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>
/// <c>--ratios [documents] [sizes] [cases]</c>, each a list with commas, as in <c>--ratios A,B 4,64,whole re-fed</c>:
/// a table in about a second a line, for use while the code is being changed.
/// </summary>
internal static class RatioCommand
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(10);

    public static int Run(ReadOnlySpan<string> arguments)
    {
        List<Entry> entries;
        try
        {
            entries = Select(arguments);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("Usage: --ratios [documents] [sizes] [cases], each a list with commas or '*'.");
            return 64;
        }

        foreach (Entry entry in entries)
        {
            entry.Case.Check();
        }

        // The compiler optimises for what it has seen: let it see every document first, so that the order does not matter.
        for (int i = 0; i < 3; i++)
        {
            foreach (BenchmarkDocument document in Documents.All)
            {
                foreach (IRatioCase reference in ReferenceCases.For(document, ChunkSize.Whole))
                {
                    RatioMeasurement.RunFor(reference, Round);
                }
            }

            foreach (Entry entry in entries)
            {
                RatioMeasurement.RunFor(entry.Case, Round);
            }
        }

        Print(entries);
        return 0;
    }

    private static List<Entry> Select(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length > 3)
        {
            throw new ArgumentException("Too many arguments.");
        }

        IEnumerable<BenchmarkDocument> documents = List(arguments, 0)?.Select(Documents.Get) ?? Documents.All;
        IEnumerable<ChunkSize> sizes = [.. List(arguments, 1)?.Select(ChunkSize.Parse) ?? ChunkSize.All];
        string[]? names = List(arguments, 2);
        List<Entry> entries =
        [
            .. from document in documents
               from size in sizes
               from @case in ReferenceCases.For(document, size).Concat(ParserCases.For(document, size))
               where names is null || names.Any(n => @case.Name.StartsWith(n, StringComparison.OrdinalIgnoreCase))
               select new Entry(document, size, @case),
        ];
        return entries.Count > 0 ? entries : throw new ArgumentException("No case has such a name.");
    }

    private static string[]? List(ReadOnlySpan<string> arguments, int index) =>
        index < arguments.Length && arguments[index] != "*" ? arguments[index].Split(',') : null;

    private static void Print(List<Entry> entries)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        foreach (BenchmarkDocument document in entries.Select(e => e.Document).Distinct())
        {
            Write($"{document.Name}: {document.Description}, {document.Utf8.Length} bytes, {document.Fingerprint}");
        }

        Console.WriteLine("Ratio: time for the document over that of one Utf8JsonReader pass; median and quartiles of the pairs.");
        Console.WriteLine();
        Write($"{"doc",-3} {"chunk",5} {"case",-24} {"ratio",9} {"quartiles",19} {"pairs",5} {"ns/chunk",12} {"MB/s",9} {"B/chunk",9} {"ref ns",10}");
        foreach ((BenchmarkDocument document, ChunkSize size, IRatioCase @case) in entries)
        {
            RatioResult r = RatioMeasurement.Measure(@case, document);
            int length = document.Utf8.Length;
            int chunks = size.CountIn(length);
            string quartiles = string.Create(CultureInfo.InvariantCulture, $"{r.LowerQuartile:0.000}-{r.UpperQuartile:0.000}");
            Write($"{document.Name,-3} {size,5} {@case.Name,-24} {r.Ratio,9:0.000} {quartiles,19} {r.Pairs,5} {r.Nanoseconds / chunks,12:0.0} {length / r.Nanoseconds * 1000,9:0.0} {r.AllocatedBytes / chunks,9:0.0} {r.ReferenceNanoseconds,10:0}");
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Entry(BenchmarkDocument Document, ChunkSize Size, IRatioCase Case);
}
