using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>A case with the document and the chunk size that it was made for.</summary>
internal sealed record RatioEntry(BenchmarkDocument Document, ChunkSize Size, IRatioCase Case);

/// <summary>Measures and prints line by line, so that a long run shows where it is.</summary>
internal static class RatioTable
{
    /// <summary>Of the columns in their order; a negative one is aligned to the left.</summary>
    private static readonly int[] Widths = [-3, 5, -25, 9, 9, 19, 5, 12, 11, 9, 10];

    public static void Print(List<RatioEntry> entries)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        foreach (BenchmarkDocument document in entries.Select(e => e.Document).Distinct())
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{document.Name}: {document.Description}, {document.Utf8.Length} bytes, {document.Fingerprint}"));
        }

        Console.WriteLine("Ratio: time for the document over that of one Utf8JsonReader pass; median and quartiles of the pairs, and the least over the least.");
        Console.WriteLine();
        Line("doc", "chunk", "case", "ratio", "least", "quartiles", "pairs", "ns/chunk", "MB/s", "B/chunk", "ref ns");
        foreach ((BenchmarkDocument document, ChunkSize size, IRatioCase @case) in entries)
        {
            RatioResult result = RatioMeasurement.Measure(@case, document);
            int length = document.Utf8.Length;
            int chunks = size.CountIn(length);
            Line(
                document.Name,
                size.ToString(),
                @case.Name,
                Text(result.Ratio, "0.000"),
                Text(result.LeastRatio, "0.000"),
                Text(result.LowerQuartile, "0.000") + "-" + Text(result.UpperQuartile, "0.000"),
                Text(result.Pairs, "0"),
                Text(result.Nanoseconds / chunks, "0.0"),
                Text(length / result.Nanoseconds * 1000, "0.0"),
                Text(result.AllocatedBytes / chunks, "0.0"),
                Text(result.ReferenceNanoseconds, "0"));
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Line(params ReadOnlySpan<string> columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            Console.Write(Widths[i] < 0 ? columns[i].PadRight(-Widths[i]) : columns[i].PadLeft(Widths[i]));
            Console.Write(i < columns.Length - 1 ? " " : Environment.NewLine);
        }
    }
}
