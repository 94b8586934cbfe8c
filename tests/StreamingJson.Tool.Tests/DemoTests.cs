using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Spectre.Console;
using StreamingJson.Tool.Demo;
using Xunit;

namespace StreamingJson.Tool.Tests;

public class DemoTests
{
    [Fact]
    public async Task Redirected_PlainLines_TheSameAtEveryRun()
    {
        ToolRun run = await ToolRun.OfAsync("demo", "--speed", "0");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("   0.11 s     39 B  completed  /path = \"src/Orders/RateLimiter.cs\"\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("growing    /content | using System;\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("in flight  number ", run.Output, StringComparison.Ordinal);
        Assert.Contains("completed  /steps/0/title = ", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Lines.Count(line => line.Contains("complete   ", StringComparison.Ordinal)));
        Assert.Equal(run, await ToolRun.OfAsync("demo", "--speed", "0"));
    }

    [Fact]
    public async Task EveryLineOfTheSourceCode_IsShownBeforeTheStringIsComplete()
    {
        Recording recording = Recording.All().First();
        string content = JsonDocument.Parse(recording.Content).RootElement.GetProperty("content").GetString()!;
        string[] shown = [.. (await ToolRun.OfAsync("demo", "--speed", "0")).Lines
            .TakeWhile(line => !line.Contains("completed  /content", StringComparison.Ordinal))
            .Where(line => line.Contains(" growing ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 2)..])];
        Assert.Equal(content.TrimEnd('\n').Split('\n'), shown);
        Assert.InRange(shown.Length, 50, 80);
    }

    [Fact]
    public async Task InATerminal_TheTreeShowsWhatIsComplete()
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 100;
        var view = new TerminalView(console);
        foreach (Recording recording in Recording.All())
        {
            using var parser = new StreamingJsonParser();
            await view.ShowAsync(recording.Title, DemoPlayer.PlayAsync(recording, parser, speed: 0, default));
        }

        string shown = text.ToString();
        Assert.Contains("\u001b[", shown, StringComparison.Ordinal);
        Assert.Contains("\u2713 ", shown, StringComparison.Ordinal);
        Assert.Contains("needs_review", shown, StringComparison.Ordinal);
        Assert.Contains("bytes received", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_TellEachCompletionOnce_InOrderOfBytesAndTime()
    {
        foreach (Recording recording in Recording.All())
        {
            using var parser = new StreamingJsonParser();
            List<DemoCompletion> completions = [];
            await foreach (DemoFrame frame in DemoPlayer.PlayAsync(recording, parser, speed: 0, default))
            {
                completions.AddRange(frame.Completions);
            }

            Assert.Equal(completions.Count, completions.Select(completion => completion.Pointer).Distinct().Count());
            Assert.Equal(completions.OrderBy(completion => completion.Bytes).ThenBy(completion => completion.At), completions);
            Assert.Equal(string.Empty, completions[^1].Pointer);
        }
    }

    [Fact]
    public async Task Speed_IsKept()
    {
        Recording recording = Recording.All().First() with { ChunkEnds = [1, 2, Recording.All().First().Content.Length] };
        using var parser = new StreamingJsonParser();
        long startedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal(4, await DemoPlayer.PlayAsync(recording, parser, speed: 0.5, default).CountAsync());
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(startedAt) > 5.5 * Recording.Interval);
    }
}
