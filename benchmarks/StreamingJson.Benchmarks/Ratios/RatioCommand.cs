using System;
using System.Collections.Generic;
using System.Linq;

namespace StreamingJson.Benchmarks.Ratios;

/// <summary>
/// <c>--ratios [documents] [sizes] [cases]</c>, each a list with commas, as in <c>--ratios A,B 4,64,whole re-fed</c>:
/// a table in about a second a line, for use while the code is being changed. What is left out is chosen so that all takes about a minute.
/// </summary>
internal static class RatioCommand
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(10);

    public static int Run(ReadOnlySpan<string> arguments)
    {
        List<RatioEntry> entries;
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

        Train();
        foreach (RatioEntry entry in entries)
        {
            entry.Case.Check();
        }

        for (int i = 0; i < 3; i++)
        {
            foreach (RatioEntry entry in entries)
            {
                RatioMeasurement.RunFor(entry.Case, Round);
            }
        }

        RatioTable.Print(entries);
        return 0;
    }

    /// <summary>
    /// The compiler optimises for what it has seen. Before anything else it sees every document equally, so that neither the
    /// selection nor its order matters: a reader that first met a long string in small chunks stayed 1.6 times as slow on it.
    /// </summary>
    private static void Train()
    {
        for (int i = 0; i < 5; i++)
        {
            foreach (BenchmarkDocument document in Documents.All)
            {
                foreach (IRatioCase @case in ReferenceCases.For(document, ChunkSize.Whole))
                {
                    RatioMeasurement.RunFor(@case, Round);
                }
            }
        }
    }

    private static List<RatioEntry> Select(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length > 3)
        {
            throw new ArgumentException("Too many arguments.");
        }

        IEnumerable<BenchmarkDocument> documents = List(arguments, 0, Documents.Get, Documents.All) ?? [Documents.Get("A"), Documents.Get("B")];
        IEnumerable<ChunkSize> sizes = List(arguments, 1, ChunkSize.Parse, ChunkSize.All) ?? [new(4), new(64), ChunkSize.Whole];
        string[]? names = List(arguments, 2, n => n, [string.Empty])?.ToArray();
        List<RatioEntry> entries =
        [
            .. from document in documents
               from size in sizes
               from @case in ReferenceCases.For(document, size).Concat(ParserCases.For(document, size))
               where names is null || names.Any(n => @case.Name.StartsWith(n, StringComparison.OrdinalIgnoreCase))
               select new RatioEntry(document, size, @case),
        ];
        return entries.Count > 0 ? entries : throw new ArgumentException("No case has such a name.");
    }

    private static IEnumerable<T>? List<T>(ReadOnlySpan<string> arguments, int index, Func<string, T> parse, IEnumerable<T> all) =>
        index >= arguments.Length ? null
        : arguments[index] == "*" ? all
        : [.. arguments[index].Split(',').Select(parse)];
}
