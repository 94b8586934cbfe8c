using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Writes the tables as Markdown.</summary>
internal sealed class MatrixReport(string? folder) : IDisposable
{
    private readonly StreamWriter? _file = folder is null ? null : new StreamWriter(Path.Combine(Directory.CreateDirectory(folder).FullName, "matrix.md"));

    public void Dispose() => _file?.Dispose();

    public void WriteHead(List<BenchmarkDocument> documents)
    {
        Line("# Tasks and peers, in one process");
        Line(string.Empty);
        Line($"{Machine.Processor}, {Environment.ProcessorCount} cores; {Machine.Runtime}; {Machine.Clock}.");
        Line($"System.Text.Json {typeof(JsonDocument).Assembly.GetName().Version?.ToString(3)}, Newtonsoft.Json {typeof(Newtonsoft.Json.JsonConvert).Assembly.GetName().Version?.ToString(3)}.");
        Line($"Command: `dotnet run -c Release --project benchmarks/StreamingJson.Benchmarks -- {string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Where(a => a != folder))}`");
        Line(string.Empty);
        Line("Multiples of one pass of `Utf8JsonReader` over the whole document, measured just before and after each run; the median of the runs of a cell.");
        Line("`> N`: broken off when it had taken that much. `wrong`: another answer than the first peer's. Peers of a task that cannot do it are left out.");
        Line(string.Empty);
        foreach (BenchmarkDocument document in documents)
        {
            Line($"* {document.Name}: {document.Description}, {document.Utf8.Length} bytes, {document.Fingerprint}");
        }
    }

    public void WriteTask(MatrixTask task)
    {
        Line(string.Empty);
        Line($"## {task.Name}: {task.Description}");
        Line(string.Empty);
        Line("This says nothing of the time that a model needs to write the bytes, nor of what the caller does with the answer.");
    }

    public void WriteTable(BenchmarkDocument document, List<(ChunkSize Size, List<MatrixCell> Cells)> rows)
    {
        if (rows.Count == 0 || rows[0].Cells.Count == 0)
        {
            return;
        }

        Line(string.Empty);
        Line($"| {document.Name}, chunks of | {string.Join(" | ", rows.Select(r => r.Size))} | B/chunk |{(rows[0].Cells[0].BytesNeeded > 0 ? " bytes needed |" : string.Empty)}");
        Line($"|---|{string.Concat(rows.Select(_ => "--:|"))}--:|{(rows[0].Cells[0].BytesNeeded > 0 ? "--:|" : string.Empty)}");
        for (int i = 0; i < rows[0].Cells.Count; i++)
        {
            List<MatrixCell> cells = [.. rows.Select(r => r.Cells[i])];
            MatrixCell? small = cells.Find(c => c is { IsWrong: false, IsBrokenOff: false });
            string allocated = small?.AllocatedPerDelta.ToString("0", CultureInfo.InvariantCulture) ?? string.Empty;
            string needed = rows[0].Cells[0].BytesNeeded > 0 ? $" {small?.BytesNeeded} |" : string.Empty;
            Line($"| {cells[0].Peer} | {string.Join(" | ", cells.Select(c => c.RatioText))} | {allocated} |{needed}");
        }
    }

    private void Line(string text)
    {
        Console.WriteLine(text);
        _file?.WriteLine(text);
    }
}
