using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;
using PlainText = Spectre.Console.Text;

namespace StreamingJson.Tool.Demo;

/// <summary>The message as it grows, live: text, reasoning, calls with their arguments as a tree, and the verdict about each.</summary>
internal sealed class ModelTerminalView(IAnsiConsole console, LiveDisplayContext live) : IModelDemoView
{
    // About 30 frames a second, whatever comes.
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(33);

    private static readonly Style Thinking = new(Color.Grey, decoration: Decoration.Italic);
    private static readonly Style Safe = new(Color.Green, decoration: Decoration.Bold);
    private static readonly Style Unsafe = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style Open = new(Color.Yellow);
    private static readonly Style Aside = new(Color.Grey);

    private readonly TreeBuilder _tree = new(new Dictionary<string, DemoCompletion>(), console.Profile.Width);
    private long _drawnAt;

    public void Show(in ModelEvent next, TimeSpan at, int bytes, ModelMessage message)
    {
        // The message says it all; it is drawn at the end of the chunk.
    }

    public void EndChunk(TimeSpan at, int bytes, ModelMessage message, bool isLast)
    {
        if (isLast || _drawnAt == 0 || Stopwatch.GetElapsedTime(_drawnAt) >= FrameTime)
        {
            _drawnAt = Stopwatch.GetTimestamp();
            live.UpdateTarget(Build(message, at, bytes));
        }
    }

    private Rows Build(ModelMessage message, TimeSpan at, int bytes)
    {
        List<IRenderable> rows = [];
        foreach (MessageItem item in message.Items)
        {
            if (item is ToolCall call)
            {
                rows.Add(Header(call));
                rows.Add(_tree.Build(call.Snapshot));
            }
            else
            {
                rows.Add(new PlainText(item.GetText(), item.Kind == MessageItemKind.Reasoning ? Thinking : Style.Plain));
            }

            rows.Add(PlainText.Empty);
        }

        string status = string.Create(
            CultureInfo.InvariantCulture,
            $"{at.TotalSeconds:F2} s  {bytes} B  {OutputNames.Of(message.Outcome)}  {ModelPlainView.DescribeUsage(message)}");
        rows.Add(new PlainText(status, Aside));
        return new Rows(rows);
    }

    private static Paragraph Header(ToolCall call)
    {
        var header = new Paragraph();
        header.Append(call.Name, new Style(decoration: Decoration.Bold));
        header.Append($" ({call.Id}) ", Aside);
        (string verdict, Style style) = call.Outcome == ToolCallOutcome.Open
            ? ("growing, not safe to execute", Open)
            : (ModelPlainView.DescribeVerdict(call), call.IsSafeToExecute ? Safe : Unsafe);
        header.Append(verdict, style);
        return header;
    }
}
