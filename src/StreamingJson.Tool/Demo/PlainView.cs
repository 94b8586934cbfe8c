using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Demo;

/// <summary>A line for each thing that became certain; no control sequences. For files and pipes.</summary>
/// <remarks>
/// <code>
///     0.05 s     16 B  in flight  number 6
///     0.06 s     19 B  completed  /line_count = 62
///     0.07 s     31 B  growing    /content | using System;
/// </code>
/// </remarks>
internal sealed class PlainView(TextWriter output) : IDemoView
{
    private const int MostCharacters = 96;

    private readonly StringBuilder _line = new();
    private string? _growing;

    public async Task ShowAsync(string title, IAsyncEnumerable<DemoFrame> frames)
    {
        await output.WriteLineAsync(title);
        DemoFrame? last = null;
        await foreach (DemoFrame frame in frames)
        {
            ShowGrowth(frame);
            foreach (DemoCompletion completion in frame.Completions)
            {
                string pointer = completion.Pointer.Length == 0 ? "(root)" : completion.Pointer;
                Write(frame, "completed", $"{pointer} = {DemoText.Summarize(completion.Element, MostCharacters)}");
            }

            ShowInFlight(frame);
            await output.FlushAsync();
            last = frame;
        }

        if (last is not null)
        {
            Write(last, last.Snapshot.Outcome.ToString().ToLowerInvariant(), DescribeMeters(last.Meters));
            await output.WriteLineAsync();
        }
    }

    /// <summary>The meters in one line, the same at every run.</summary>
    public static string DescribeMeters(in JsonMeters meters) => string.Create(
        CultureInfo.InvariantCulture,
        $"{meters.BytesReceived} bytes received, {meters.BytesExamined} examined, {meters.Tokens} tokens, {meters.Rows} rows");

    // Every line of the string as soon as it is there, long before the string is complete.
    private void ShowGrowth(DemoFrame frame)
    {
        foreach (DemoGrowth growth in frame.Growths)
        {
            if (growth.Pointer != _growing)
            {
                _growing = growth.Pointer;
                _line.Clear();
            }

            ShowLines(frame, growth);
        }
    }

    private void ShowLines(DemoFrame frame, DemoGrowth growth)
    {
        foreach (char next in growth.Text)
        {
            if (next == '\n')
            {
                Write(frame, "growing", $"{growth.Pointer} | {_line}");
                _line.Clear();
            }
            else
            {
                _line.Append(next);
            }
        }
    }

    // Strings and names are in flight most of the time.
    private void ShowInFlight(DemoFrame frame)
    {
        InFlightToken token = frame.Snapshot.InFlight;
        if (token.Kind is InFlightKind.Number or InFlightKind.Literal)
        {
            string kind = token.Kind == InFlightKind.Number ? "number" : "literal";
            Write(frame, "in flight", $"{kind} {Encoding.ASCII.GetString(token.RawUtf8)}");
        }
    }

    private void Write(DemoFrame frame, string what, string text) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{frame.At.TotalSeconds,7:F2} s {frame.Snapshot.ByteCount,6} B  {what,-9}  {text}"));
}
