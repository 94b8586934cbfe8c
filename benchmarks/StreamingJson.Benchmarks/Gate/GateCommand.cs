using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>
/// <c>--gate [documents] [--json FILE]</c>: exact meters, then ratios inside this run, each against a committed bound. Exit code 0 (also when the
/// machine is too noisy to tell), 1 when a figure is past its bound, 64 for bad usage.
/// </summary>
internal static class GateCommand
{
    private static readonly string[] TimedDocuments = ["A", "B", "C"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        string? jsonPath;
        List<BenchmarkDocument> documents;
        List<ProviderResponse> responses;
        try
        {
            (jsonPath, documents, responses) = Parse(arguments);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("Usage: --gate [names of documents and protocols, with commas] [--json FILE]");
            return 64;
        }

        long start = Stopwatch.GetTimestamp();
        var figures = new List<GateFigure>();
        figures.AddRange(documents.SelectMany(MeterGate.Measure));
        figures.AddRange(responses.SelectMany(MeterGate.Measure));
        Console.WriteLine($"{figures.Count} meters in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        figures.AddRange(documents.Where(d => TimedDocuments.Contains(d.Name)).SelectMany(RatioGate.Measure));
        figures.AddRange(responses.Select(RatioGate.Measure));
        if (arguments.IsEmpty || arguments[0] == "--json")
        {
            figures.AddRange(RatioGate.MeasureLinearity());
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Print(figures);
        if (jsonPath is not null)
        {
            GateReport.Write(jsonPath, figures, elapsed);
        }

        string verdict = GateReport.VerdictOf(figures);
        Console.WriteLine($"{verdict}: {figures.Count} figures in {elapsed.TotalSeconds:0} s; {Machine.Processor}, {Machine.Runtime}, {Machine.Clock}.");
        return verdict == "fail" ? 1 : 0;
    }

    private static void Print(List<GateFigure> figures)
    {
        foreach (GateFigure figure in figures.Where(f => f.Margin > 0 || f.Verdict != Verdict.Within))
        {
            Console.WriteLine(figure);
        }
    }

    private static (string? JsonPath, List<BenchmarkDocument> Documents, List<ProviderResponse> Responses) Parse(ReadOnlySpan<string> arguments)
    {
        string? jsonPath = null;
        string? names = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--json" && i + 1 < arguments.Length)
            {
                jsonPath = arguments[++i];
            }
            else if (names is null && !arguments[i].StartsWith('-'))
            {
                names = arguments[i];
            }
            else
            {
                throw new ArgumentException($"'{arguments[i]}' is not understood.", nameof(arguments));
            }
        }

        if (names is null)
        {
            return (jsonPath, [.. MeterGate.AllDocuments], [.. ProviderResponse.All]);
        }

        string[] wanted = names.Split(',');
        List<BenchmarkDocument> documents = [.. MeterGate.AllDocuments.Where(d => wanted.Contains(d.Name, StringComparer.OrdinalIgnoreCase))];
        List<ProviderResponse> responses = [.. ProviderResponse.All.Where(r => wanted.Contains(r.Name, StringComparer.OrdinalIgnoreCase))];
        return documents.Count + responses.Count == wanted.Length
            ? (jsonPath, documents, responses)
            : throw new ArgumentException($"Of '{names}' not every name is a document or protocol.", nameof(arguments));
    }
}
