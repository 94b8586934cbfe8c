using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>The result for machines: kept as history, compared by scripts.</summary>
internal static class GateReport
{
    public static string VerdictOf(IReadOnlyCollection<GateFigure> figures) =>
        figures.Any(f => f.Verdict == Verdict.Past) ? "fail"
        : figures.Any(f => f.Verdict == Verdict.Inconclusive) ? "inconclusive"
        : "pass";

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
