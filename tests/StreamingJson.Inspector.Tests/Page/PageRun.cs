using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace StreamingJson.Inspector.Tests;

/// <summary>
/// The page of an inspector in a window. At its end nothing may have been written to the console, no script have failed, and nothing been
/// asked of anybody else.
/// </summary>
internal sealed class PageRun : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private PageRun(IBrowserContext context, IPage page, InspectorRun inspector)
    {
        _context = context;
        Page = page;
        Inspector = inspector;
        page.Console += (_, message) => _complaints.Enqueue($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => _complaints.Enqueue($"error: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != inspector.Address.Authority)
            {
                _complaints.Enqueue($"request to {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public InspectorRun Inspector { get; }

    /// <summary>Opens the page.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="inspector">The server; disposed with this.</param>
    /// <param name="hash">Which stream, and at which step.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="isCalm">Whether the reader wants less motion: nothing plays of itself, then.</param>
    public static async Task<PageRun> OpenAsync(
        Browser browser, InspectorRun inspector, string hash = "", int width = 1280, ColorScheme scheme = ColorScheme.Light, bool isCalm = true)
    {
        IBrowserContext context = await browser.OpenAsync(width, 800, scheme, isCalm);
        var run = new PageRun(context, await context.NewPageAsync(), inspector);
        await run.Page.GotoAsync(new Uri(inspector.Address, hash).ToString());
        return run;
    }

    /// <summary>Waits until the page says that it is at a step, and of how many.</summary>
    public Task AtStepAsync(string step) =>
        Assertions.Expect(Page.Locator("#position-step")).ToHaveTextAsync(new Regex($"^step {step}$"), new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });

    public async Task<int> StepAsync() =>
        int.Parse((await Page.Locator("#position-step").TextContentAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>No part of the page is wider than the window.</summary>
    public async Task AssertFitsAsync()
    {
        int[] widths = await Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{widths[0]} > {widths[1]}");
    }

    /// <summary>Keeps a picture to be looked at, where <c>STREAMINGJSON_SCREENSHOTS</c> names a folder.</summary>
    public async Task ShowAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("STREAMINGJSON_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Inspector.DisposeAsync();
        Assert.Empty(_complaints.Order());
    }
}
