using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using StreamingJson.Benchmarks.Protocols;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>
/// <c>--gate [documents and protocols] [--json FILE] [--history FILE]</c>: exact meters, then ratios inside this run, each against a committed bound. Exit code 0
/// (also when the machine is too noisy to tell), 1 when a figure is past its bound. <c>--meters</c>: without the clocks.
/// </summary>
internal static class GateCommand
{
    private static readonly string[] TimedDocuments = ["A", "B", "C"];

    public static int Run(ReadOnlySpan<string> given) => Run(new Arguments(given, 1, "--json", "--history"), isTimed: true);

    public static int RunMeters(ReadOnlySpan<string> given) => Run(new Arguments(given, 1, "--json"), isTimed: false);

    private static int Run(Arguments arguments, bool isTimed)
    {
        List<Target> targets = arguments.List(0, Target.All, Target.Find);
        long start = Stopwatch.GetTimestamp();
        List<GateFigure> figures = [.. targets.SelectMany(t => t.Document is { } d ? MeterGate.Measure(d) : MeterGate.Measure(t.Response!))];
        Console.WriteLine($"{figures.Count} meters in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s.");
        if (isTimed)
        {
            figures.AddRange(targets.Where(t => t.Document is { } d && TimedDocuments.Contains(d.Name)).SelectMany(t => RatioGate.Measure(t.Document!)));
            figures.AddRange(targets.Where(t => t.Response is not null).Select(t => RatioGate.Measure(t.Response!)));
            if (!arguments.HasList(0))
            {
                figures.AddRange(RatioGate.MeasureLinearity());
            }
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        foreach (string line in GateReport.Worst(figures))
        {
            Console.WriteLine(line);
        }

        foreach (GateFigure figure in figures.Where(f => f.Margin > 0 || f.Verdict != Verdict.Within))
        {
            Console.WriteLine(figure);
        }

        if (arguments.Option("--json") is { } json)
        {
            GateReport.Write(json, figures, elapsed);
        }

        if (arguments.Option("--history") is { } history)
        {
            GateReport.AppendHistory(history, figures, Environment.GetEnvironmentVariable("GITHUB_SHA") ?? "unknown");
        }

        string verdict = GateReport.VerdictOf(figures);
        Console.WriteLine($"{verdict}: {figures.Count} figures in {elapsed.TotalSeconds:0} s; {Machine.Processor}, {Machine.Runtime}, {Machine.Clock}.");
        return verdict == GateReport.Fail ? 1 : 0;
    }

    /// <summary>A document or an answer.</summary>
    private sealed record Target(string Name, BenchmarkDocument? Document, ProviderResponse? Response)
    {
        public static IReadOnlyList<Target> All { get; } =
            [.. MeterGate.AllDocuments.Select(d => new Target(d.Name, d, null)), .. ProviderResponse.Calling.Select(r => new Target(r.Name, null, r))];

        public static Target Find(string name) =>
            All.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"No document or protocol '{name}'; there are {string.Join(", ", All.Select(t => t.Name))}.");
    }
}
