using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Spectre.Console;
using StreamingJson.ToolCalls;
using PlainText = Spectre.Console.Text;

namespace StreamingJson.Tool.Output;

/// <summary>What <c>calls --report</c> prints for people: a row a file and a summary; of a single file also where each value began and completed.</summary>
internal sealed class ReportTable
{
    // Wide enough for every row where nobody looks at it, so that lines stay lines.
    private const int WidthWithoutTerminal = 250;
    private const int MaxPathRows = 60;

    private static readonly string[] Heads =
    [
        "file", "protocol", "outcome", "bytes", "deltas", "safe calls", "anomalies", "first byte", "first delta", "first value", "p50", "p95", "max", "end", "tokens/s",
    ];

    private readonly IAnsiConsole _console;

    public ReportTable(TextWriter output, bool isTerminal)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
        {
            _console.Profile.Width = WidthWithoutTerminal;
        }
    }

    public void Write(IReadOnlyList<(string File, StreamReport Report)> reports)
    {
        string folder = CommonFolder([.. reports.Select(report => report.File)]);
        var table = new Table { Border = TableBorder.Simple };
        for (int i = 0; i < Heads.Length; i++)
        {
            var column = new TableColumn(new PlainText(Heads[i]));
            table.AddColumn(i < 3 ? column : column.RightAligned());
        }

        foreach ((string file, StreamReport report) in reports)
        {
            table.AddRow(Cells(Row(file[folder.Length..], report)));
        }

        if (reports.Count > 1)
        {
            table.AddEmptyRow();
            table.AddRow(Cells(Summary([.. reports.Select(report => report.Report)])));
        }

        if (folder.Length > 0)
        {
            WriteLine($"Files of {folder}");
        }

        _console.Write(table);
        WriteAnomalies(reports.SelectMany(report => report.Report.Anomalies));
        if (reports is [(_, { } only)])
        {
            WriteItems(only);
        }

        WriteLine("Times are those of arrival, since the start; of a file, those of reading it. p50, p95, max: between deltas.");
        if (reports.Count > 1)
        {
            WriteLine("Last row: sums; of times and rates the median over the files, of max the longest.");
        }
    }

    private static PlainText[] Cells(string[] row) => [.. row.Select(cell => new PlainText(Visible(cell)))];

    private static string[] Row(string file, StreamReport report) =>
    [
        file,
        ModelProtocolNames.GetName(report.Protocol),
        OutputNames.Of(report.Outcome),
        Count(report.BytesReceived),
        Count(report.DeltaCount),
        SafeCalls([report]),
        Count(report.Anomalies.Values.Sum()),
        Time(report.TimeToFirstByte),
        Time(report.TimeToFirstDelta),
        Time(report.TimeToFirstValue),
        Time(Delays(report)?.Median),
        Time(Delays(report)?.P95),
        Time(Delays(report)?.Max),
        Time(report.TimeToEnd),
        Rate(report.OutputTokensPerSecond),
    ];

    private static string[] Summary(StreamReport[] reports) =>
    [
        $"{Count(reports.Length)} files",
        string.Empty,
        string.Join(", ", reports.GroupBy(report => report.Outcome).OrderBy(group => group.Key).Select(group => $"{Count(group.Count())} {OutputNames.Of(group.Key)}")),
        Count(reports.Sum(report => report.BytesReceived)),
        Count(reports.Sum(report => report.DeltaCount)),
        SafeCalls(reports),
        Count(reports.Sum(report => report.Anomalies.Values.Sum())),
        Time(Median(reports.Select(report => report.TimeToFirstByte))),
        Time(Median(reports.Select(report => report.TimeToFirstDelta))),
        Time(Median(reports.Select(report => report.TimeToFirstValue))),
        Time(Median(reports.Select(report => Delays(report)?.Median))),
        Time(Median(reports.Select(report => Delays(report)?.P95))),
        Time(reports.Max(report => Delays(report)?.Max)),
        Time(Median(reports.Select(report => report.TimeToEnd))),
        Rate(Median(reports.Select(report => report.OutputTokensPerSecond))),
    ];

    private void WriteAnomalies(IEnumerable<KeyValuePair<AnomalyKind, int>> anomalies)
    {
        var kinds = anomalies.GroupBy(anomaly => anomaly.Key, anomaly => anomaly.Value)
            .Select(kind => (Kind: kind.Key, Count: kind.Sum()))
            .OrderByDescending(kind => kind.Count).ThenBy(kind => kind.Kind)
            .Select(kind => $"{OutputNames.Snake(kind.Kind.ToString())} {Count(kind.Count)}")
            .ToList();
        if (kinds.Count > 0)
        {
            WriteLine("Anomalies: " + string.Join(", ", kinds));
        }
    }

    private void WriteItems(StreamReport report)
    {
        int rows = 0;
        foreach (ItemReport item in report.Items)
        {
            string what = item.Kind == MessageItemKind.ToolCall
                ? $"{item.ToolName} ({OutputNames.Snake(item.Outcome.ToString())}, {(item.IsSafeToExecute ? "safe" : "not safe")} to execute)"
                : string.Empty;
            WriteLine($"{OutputNames.Snake(item.Kind.ToString())} {what} at wire byte {Count(item.StartWireOffset)}, {Count(item.DeltaCount)} deltas, {Count(item.TextBytes)} bytes, from {Time(item.StartedAt)} to {Time(item.EndedAt)}");
            PathReport[] paths = [.. item.Paths.Take(Math.Max(0, MaxPathRows - rows))];
            rows += paths.Length;
            if (paths.Length > 0)
            {
                WritePaths(paths);
            }

            if (paths.Length < item.Paths.Count)
            {
                WriteLine($"  {Count(item.Paths.Count - paths.Length)} values more; --json has them.");
            }
        }
    }

    private void WritePaths(PathReport[] paths)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("path").AddColumn("kind");
        foreach (string head in new[] { "started", "at byte", "wire byte", "completed", "at byte", "wire byte" })
        {
            table.AddColumn(new TableColumn(new PlainText(head)).RightAligned());
        }

        foreach (PathReport path in paths)
        {
            table.AddRow(Cells(
            [
                path.Pointer.Length == 0 ? "(root)" : path.Pointer, OutputNames.Of(path.Kind),
                Time(path.StartedAt), Count(path.StartOffset), Count(path.StartWireOffset),
                Time(path.CompletedAt), Count(path.EndOffset), Count(path.EndWireOffset),
            ]));
        }

        _console.Write(table);
    }

    private void WriteLine(string line) => _console.WriteLine(Visible(line));

    // What came from outside must not steer the terminal.
    private static string Visible(string text) => string.Create(text.Length, text, static (shown, source) =>
    {
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        }
    });

    private static string CommonFolder(string[] files)
    {
        string folder = files[0][..(files[0].LastIndexOf('/') + 1)];
        while (!files.All(file => file.StartsWith(folder, StringComparison.Ordinal)))
        {
            folder = folder[..(folder[..^1].LastIndexOf('/') + 1)];
        }

        return folder;
    }

    private static DelayStatistics? Delays(StreamReport report) => report.BetweenDeltas.Count > 0 ? report.BetweenDeltas : null;

    private static string SafeCalls(StreamReport[] reports)
    {
        ItemReport[] calls = [.. reports.SelectMany(report => report.Items).Where(item => item.Kind == MessageItemKind.ToolCall)];
        return calls.Length == 0 ? "-" : $"{Count(calls.Count(call => call.IsSafeToExecute))} of {Count(calls.Length)}";
    }

    private static T? Median<T>(IEnumerable<T?> values)
        where T : struct
    {
        T[] known = [.. values.Where(value => value is not null).Select(value => value!.Value).Order()];
        return known.Length == 0 ? null : known[(known.Length - 1) / 2];
    }

    private static string Count(long? count) => count is { } value ? value.ToString("N0", CultureInfo.InvariantCulture) : "-";

    private static string Rate(double? rate) => rate is { } value ? value.ToString("N0", CultureInfo.InvariantCulture) : "-";

    private static string Time(TimeSpan? time) => time switch
    {
        null => "-",
        { TotalMilliseconds: < 1 } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalMicroseconds:0} µs"),
        { TotalSeconds: < 1 } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:0.0} ms"),
        { } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.00} s"),
    };
}
