using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Spectre.Console;
using PlainText = Spectre.Console.Text;

namespace StreamingJson.Tool.Demo;

/// <summary>The growing tree, live; below it the meters, and at the end what completed when.</summary>
internal sealed class TerminalView(IAnsiConsole console) : IDemoView
{
    // About 30 frames a second, whatever comes: a frame costs far more than a chunk.
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(33);

    private readonly Dictionary<string, DemoCompletion> _completions = [];
    private readonly List<DemoCompletion> _inOrder = [];
    private long _drawnAt;

    public async Task ShowAsync(string title, IAsyncEnumerable<DemoFrame> frames)
    {
        _completions.Clear();
        _inOrder.Clear();
        _drawnAt = 0;
        console.Write(new Rule(Markup.Escape(title)).LeftJustified());
        var tree = new TreeBuilder(_completions, console.Profile.Width);
        DemoFrame? last = null;
        await console.Live(new PlainText("…"))
            .Overflow(VerticalOverflow.Crop)
            .Cropping(VerticalOverflowCropping.Top)
            .StartAsync(async live =>
            {
                await foreach (DemoFrame frame in frames)
                {
                    last = frame;
                    Remember(frame);
                    if (_drawnAt == 0 || Stopwatch.GetElapsedTime(_drawnAt) >= FrameTime)
                    {
                        Draw(live, tree, frame);
                    }
                }

                if (last is not null)
                {
                    Draw(live, tree, last);
                }
            });
        if (last is not null)
        {
            ShowEnd(last);
        }
    }

    private void Remember(DemoFrame frame)
    {
        foreach (DemoCompletion completion in frame.Completions)
        {
            _completions[completion.Pointer] = completion;
            _inOrder.Add(completion);
        }
    }

    private void Draw(LiveDisplayContext live, TreeBuilder tree, DemoFrame frame)
    {
        _drawnAt = Stopwatch.GetTimestamp();
        string status = string.Create(
            CultureInfo.InvariantCulture,
            $"{frame.At.TotalSeconds:F2} s  {frame.Snapshot.ByteCount} B  {frame.Snapshot.Outcome.ToString().ToLowerInvariant()}");
        live.UpdateTarget(new Rows(tree.Build(frame.Snapshot), new PlainText(status, new Style(Color.Grey))));
        live.Refresh();
    }

    private void ShowEnd(DemoFrame last)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("complete at", "bytes", "pointer", "value");
        table.Columns[1].RightAligned();
        foreach (DemoCompletion completion in _inOrder)
        {
            table.AddRow(
                new PlainText(string.Create(CultureInfo.InvariantCulture, $"{completion.At.TotalSeconds:F2} s")),
                new PlainText(completion.Bytes.ToString(CultureInfo.InvariantCulture)),
                new PlainText(completion.Pointer.Length == 0 ? "(root)" : completion.Pointer),
                new PlainText(DemoText.Summarize(completion.Element, Math.Max(16, console.Profile.Width - 60))));
        }

        console.Write(table);
        console.WriteLine(PlainView.DescribeMeters(last.Meters));
        console.WriteLine();
    }
}
