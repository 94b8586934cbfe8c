using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace StreamingJson.Benchmarks.Results;

/// <summary>What all pages of results have in common.</summary>
internal static class Pages
{
    /// <summary>What it was measured on; with the warning where others used the machine too.</summary>
    public static IEnumerable<string> Head(ResultsHead head)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{head.Cpu}, {head.Cores} cores; {head.Runtime}; {head.Clock}; {head.Date}.");
        yield return string.Join(", ", head.Versions) + ".";
        yield return $"Command: `{head.Command}`";
        if (head.IsBusy)
        {
            yield return string.Empty;
            yield return Busy(head);
        }
    }

    public static string Busy(ResultsHead head) => string.Create(
        CultureInfo.InvariantCulture,
        $"**The machine was busy with other work**: {head.LoadBefore:0.0} runnable threads before and {head.LoadAfter:0.0} after, on {head.Cores} cores. Ratios are measured in turns and in processor time, and hold better than the times do; neither is as good as on a machine of its own.");

    public static IEnumerable<string> Documents(BenchmarkResults results) =>
        results.Documents.Select(d => string.Create(CultureInfo.InvariantCulture, $"* {d.Name}: {d.Description}, {d.Bytes} bytes, {d.Fingerprint}"));

    public static string Row(IEnumerable<string> columns) => "| " + string.Join(" | ", columns) + " |";

    public static string Rule(int columns) => "|---|" + string.Concat(Enumerable.Repeat("--:|", columns - 1));

    /// <summary>Lines as a file: one line end at the end.</summary>
    public static string Text(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";
}
