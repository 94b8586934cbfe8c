using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Spectre.Console;
using PlainText = Spectre.Console.Text;

namespace StreamingJson.Tool.Demo;

/// <summary>The growing tree, live, with bytes and time of what is complete; at the end the meters.</summary>
internal sealed class TerminalView(IAnsiConsole console) : IDemoView
{
    // About 30 frames a second, whatever comes: a frame costs far more than a chunk.
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(33);

    private readonly Dictionary<string, DemoCompletion> _completions = [];
    private long _drawnAt;

    public async Task ShowAsync(string title, IAsyncEnumerable<DemoFrame> frames)
    {
        _completions.Clear();
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
            console.WriteLine(PlainView.DescribeMeters(last.Meters));
            console.WriteLine();
        }
    }

    private void Remember(DemoFrame frame)
    {
        foreach (DemoCompletion completion in frame.Completions)
        {
            _completions[completion.Pointer] = completion;
        }
    }

    private void Draw(LiveDisplayContext live, TreeBuilder tree, DemoFrame frame)
    {
        _drawnAt = Stopwatch.GetTimestamp();
        string status = string.Create(
            CultureInfo.InvariantCulture,
            $"{frame.At.TotalSeconds:F2} s  {frame.Snapshot.ByteCount} B  {frame.Snapshot.Outcome.ToString().ToLowerInvariant()}");
        live.UpdateTarget(new Rows(tree.Build(frame.Snapshot), new PlainText(status, new Style(Color.Grey))));
    }
}
