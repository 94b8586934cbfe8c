using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>The result for machines: kept as history, compared by scripts.</summary>
internal static class GateReport
{
    public const string Fail = "fail";

    public static string VerdictOf(IReadOnlyCollection<GateFigure> figures) =>
        figures.Any(f => f.Verdict == Verdict.Past) ? Fail
        : figures.Any(f => f.Verdict == Verdict.Inconclusive) ? "inconclusive"
        : "pass";

    /// <summary>How near the exact figures come to their bounds: the largest of each task and kind.</summary>
    public static IEnumerable<string> Worst(IEnumerable<GateFigure> figures) => figures
        .Where(f => f.Margin == 0)
        .GroupBy(f => (f.Task, f.Figure))
        .Select(g => g.MaxBy(f => f.Value)!)
        .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Task,-18} {f.Figure,-36} at most {f.Value,9:0.###}, bound {f.Bound:0.###} ({f.Document}, chunk {f.Chunk})"));

    /// <summary>
    /// Appends one line for a commit: the largest value of each figure by task and chunk, over all documents. A file of such lines is the history.
    /// </summary>
    public static void AppendHistory(string path, IReadOnlyCollection<GateFigure> figures, string commit) => File.AppendAllText(path, HistoryLine(figures, commit, DateTime.UtcNow) + "\n");

    internal static string HistoryLine(IReadOnlyCollection<GateFigure> figures, string commit, DateTime time)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("commit", commit);
            json.WriteString("time", time);
            json.WriteString("verdict", VerdictOf(figures));
            json.WriteString("cpu", Machine.Processor);
            json.WriteString("runtime", Machine.Runtime);
            json.WriteStartObject("figures");
            foreach (IGrouping<string, GateFigure> group in figures.GroupBy(f => $"{f.Task}, {(f.Margin > 0 ? f.Document + ", " : string.Empty)}chunk {f.Chunk}: {f.Figure}"))
            {
                json.WriteNumber(group.Key, Math.Round(group.Max(f => f.Value), 4));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static void Write(string path, IReadOnlyCollection<GateFigure> figures, TimeSpan elapsed)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("verdict", VerdictOf(figures));
        json.WriteString("cpu", Machine.Processor);
        json.WriteNumber("cores", Environment.ProcessorCount);
        json.WriteString("runtime", Machine.Runtime);
        json.WriteString("clock", Machine.Clock);
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 1));
        json.WriteStartArray("figures");
        foreach (GateFigure figure in figures)
        {
            json.WriteStartObject();
            json.WriteString("task", figure.Task);
            json.WriteString("document", figure.Document);
            json.WriteString("chunk", figure.Chunk);
            json.WriteString("figure", figure.Figure);
            json.WriteNumber("value", Math.Round(figure.Value, 4));
            json.WriteNumber("bound", figure.Bound);
            json.WriteNumber("margin", Math.Round(figure.Margin, 4));
            json.WriteString("verdict", figure.Verdict.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
