using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using StreamingJson.Tool.Inspector.Steps;
using StreamingJson.Tool.Serving;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace StreamingJson.Inspector.Tests;

/// <summary>The page, in a browser.</summary>
public class PageTests(Browser browser) : IClassFixture<Browser>
{
    // As the samples are listed.
    private const string Whole = "#1";
    private const string CutOff = "#3";
    private const string Document = "#6";

    [BrowserTheory]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task TheEnd_ShowsACompleteAnInvalidAndATruncatedCall(int width, ColorScheme scheme)
    {
        await using PageRun run = await OpenAsync(CutOff, width, scheme);
        IPage page = run.Page;
        await run.AtStepAsync("80 of 80");
        await Expect(page.Locator("#status")).ToHaveTextAsync("The stream is invalid: 3 calls, 1 safe to execute.");
        await Expect(Card(page, "list_files").Locator(".chips")).ToHaveTextAsync("completesafe to execute");
        await Expect(Card(page, "set_mode").Locator(".chips")).ToHaveTextAsync("invalidnot safe to execute");
        await Expect(Card(page, "set_mode").Locator(".reasons")).ToHaveTextAsync("arguments invalid");
        await Expect(Card(page, "set_mode").Locator("mark")).ToHaveTextAsync("7");
        await Expect(Card(page, "write_file").Locator(".chips")).ToHaveTextAsync("truncatednot safe to execute");
        await Expect(Card(page, "write_file").Locator(".reasons")).ToHaveTextAsync("arguments truncated · no explicit end");
        await Expect(Card(page, "write_file").Locator("[role=treeitem][data-state=complete]")).ToHaveTextAsync("path\"docs/notes.md\"");
        await Expect(page.Locator("#notes")).ToContainTextAsync("anomaly: missing finish reason");
        await Expect(page.Locator("#chart .bar")).ToHaveCountAsync(5);
        await run.AssertFitsAsync();
        await run.ShowAsync($"end-{width}-{scheme}");
    }

    [BrowserTheory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task AnEarlierStep_ShowsWhatWasThen(int width)
    {
        await using PageRun run = await OpenAsync($"{Whole}/44", width, ColorScheme.Dark);
        await run.AtStepAsync("44 of 85");
        ILocator card = Card(run.Page, "get_forecast");
        await Expect(card.Locator(".chips")).ToHaveTextAsync("growing");
        await Expect(card.Locator("[role=treeitem][data-state=complete]")).ToHaveTextAsync(["place\"Mariehamn\"", "days3"]);
        await Expect(card.Locator(".in-flight")).ToHaveTextAsync("\"un is the beginning of a property name, and no value yet");
        await Expect(run.Page.Locator(".card:visible")).ToHaveCountAsync(3);
        await Expect(run.Page.Locator("[role=option][aria-selected=true] .number")).ToHaveTextAsync("44");
        await run.AssertFitsAsync();
        await run.ShowAsync($"middle-{width}");
    }

    [BrowserFact]
    public async Task TheKeyboard_StepsPlaysAndJumps()
    {
        await using PageRun run = await OpenAsync($"{CutOff}/10");
        IPage page = run.Page;
        await run.AtStepAsync("10 of 80");
        await page.Keyboard.PressAsync("ArrowRight");
        await run.AtStepAsync("11 of 80");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await run.AtStepAsync("21 of 80");
        await page.Keyboard.PressAsync("ArrowLeft");
        await run.AtStepAsync("20 of 80");
        await page.Keyboard.PressAsync("End");
        await run.AtStepAsync("80 of 80");
        await page.Keyboard.PressAsync("Home");
        await run.AtStepAsync("0 of 80");
        await Expect(page.Locator(".card:visible")).ToHaveCountAsync(0);
        await page.SelectOptionAsync("#speed", "8");
        await page.Locator("#speed").BlurAsync();
        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator("#play")).ToHaveAttributeAsync("aria-label", "Pause");
        await run.AtStepAsync("80 of 80");
        await Expect(page.Locator("#play")).ToHaveAttributeAsync("aria-label", "Play");

        await page.FocusAsync("#slider");
        await page.Keyboard.PressAsync("PageDown");
        await run.AtStepAsync("70 of 80");
        await Expect(page.Locator("#slider")).ToHaveAttributeAsync("aria-valuetext", new Regex("^step 70 of 80, 3[.]"));
        await page.FocusAsync("#frames");
        await page.Keyboard.PressAsync("ArrowUp");
        await run.AtStepAsync("69 of 80");
        await page.Keyboard.PressAsync("Home");
        await run.AtStepAsync("1 of 80");
        await Expect(page.Locator("#frame")).ToContainTextAsync("message_start");
    }

    [BrowserFact]
    public async Task Playing_IsPausedBySpace_AndGoesOn()
    {
        await using PageRun run = await OpenAsync(CutOff, isCalm: false);
        await run.AtStepAsync("[1-9]\\d? of 80");
        await run.Page.Keyboard.PressAsync(" ");
        await Expect(run.Page.Locator("#play")).ToHaveAttributeAsync("aria-label", "Play");
        int step = await run.StepAsync();
        Assert.InRange(step, 1, 79);
        await run.Page.ClickAsync("#play");
        await run.AtStepAsync("80 of 80");
    }

    [BrowserFact]
    public async Task TheTimeline_IsTakenToWhereThePointerIs()
    {
        await using PageRun run = await OpenAsync(CutOff);
        await run.AtStepAsync("80 of 80");
        LocatorBoundingBoxResult box = (await run.Page.Locator("#chart").BoundingBoxAsync())!;
        await run.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + 20);
        await Expect(run.Page.Locator("#position-time")).ToHaveTextAsync("2.08 s of 4.16 s");
        await run.Page.Locator("#frames [role=option]").First.ClickAsync();
        Assert.InRange(await run.StepAsync(), 1, 79);
    }

    [BrowserFact]
    public async Task TheTree_IsWalkedByTheKeyboard()
    {
        await using PageRun run = await OpenAsync(Document);
        IPage page = run.Page;
        await Expect(page.Locator("#status")).ToHaveTextAsync("The stream is complete.");
        ILocator items = page.Locator("[role=tree] [role=treeitem]");
        await Expect(page.Locator("[role=tree] [role=treeitem][tabindex='0']")).ToHaveCountAsync(1);
        await items.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(items.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(items.First).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(page.Locator("[role=treeitem]:visible")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("End");
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.matches('[role=treeitem][aria-level]') && document.activeElement.tabIndex === 0"));
        Assert.Equal(await run.StepAsync(), await page.EvaluateAsync<int>("() => Number(document.getElementById('position-step').textContent.split(' ')[3])"));
    }

    [BrowserFact]
    public async Task APastedText_IsShown_AndARefusalIsSaid()
    {
        await using PageRun run = await OpenAsync(Whole);
        IPage page = run.Page;
        await run.AtStepAsync("85 of 85");
        await page.ClickAsync("#paste");
        await page.FillAsync("#paste-text", """{"big":123456789012345678901234567890,"2":1,"1":["<img src=x onerror=alert(1)>",1e400""");
        await page.ClickAsync("#paste-form [type=submit]");
        await Expect(page.Locator("h2#title")).ToHaveTextAsync("Pasted");
        await Expect(page.Locator("#chips")).ToContainTextAsync("truncated");
        await Expect(page.Locator("[role=treeitem] > .row")).ToContainTextAsync(["{ 3 members }", "big123456789012345678901234567890", "21", "1[ 1 item ]", "0\"<img src=x onerror=alert(1)>\""]);
        await Expect(page.Locator(".in-flight")).ToContainTextAsync("1e400");
        await Expect(page.Locator("nav [aria-current=true]")).ToHaveTextAsync("Pasted");

        await page.ClickAsync("#paste");
        await page.EvaluateAsync("() => { document.getElementById('paste-text').value = 'x'.repeat(17 * 1024 * 1024); }");
        await page.ClickAsync("#paste-form [type=submit]");
        await Expect(page.Locator("#paste-error")).ToHaveTextAsync("That has 17.8 MB; at most 16.8 MB are shown.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#paste-dialog")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task AForwardedAnswer_IsFollowedWhileItArrives()
    {
        byte[] content = Fixtures.Sample("anthropic-messages.sse");
        var goOn = new TaskCompletionSource();
        await using LoopbackServer upstream = await LoopbackServer.StartAsync(IPAddress.Loopback, 0, async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(content.AsMemory(0, 5700));
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.Body.WriteAsync(content.AsMemory(5700));
        });
        await using PageRun run = await PageRun.OpenAsync(browser, await InspectorRun.StartAsync(upstream.Address), Whole);
        IPage page = run.Page;
        Task<HttpResponseMessage> answer = run.Inspector.Client.PostAsync(new Uri("/proxy/v1/messages", UriKind.Relative), new StringContent("{}"));
        await page.ClickAsync("nav [data-live=true]");
        await Expect(page.Locator("#chips")).ToContainTextAsync("arriving");
        await Expect(page.Locator("#chips")).ToContainTextAsync("times as measured");
        await Expect(Card(page, "get_forecast").Locator(".chips")).ToHaveTextAsync("growing");
        await run.ShowAsync("live");
        goOn.SetResult();
        (await answer).Dispose();
        await Expect(page.Locator("#status")).ToHaveTextAsync("The stream is complete: 2 calls, 2 safe to execute.");
        await Expect(page.Locator("nav [data-live=true]")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task TheTheme_IsThatOfTheSystem_UntilOneIsChosen()
    {
        await using PageRun run = await OpenAsync(Whole, scheme: ColorScheme.Dark);
        IPage page = run.Page;
        string dark = await page.EvaluateAsync<string>(Ground);
        await page.ClickAsync("#theme");
        await Expect(page.Locator("#theme")).ToHaveAttributeAsync("aria-label", "Theme: light");
        Assert.NotEqual(dark, await page.EvaluateAsync<string>(Ground));
        await page.ReloadAsync();
        await Expect(page.Locator("#theme")).ToHaveAttributeAsync("aria-label", "Theme: light");
        await page.ClickAsync("#theme");
        Assert.Equal(dark, await page.EvaluateAsync<string>(Ground));
    }

    /// <summary>What the server tells, the page has: every value at every step, looked at backwards.</summary>
    [BrowserFact]
    public async Task ThePage_RebuildsEveryState_OfEveryStream()
    {
        await using PageRun run = await OpenAsync(Whole);
        foreach (string[] names in Fixtures.Names.Append("").Chunk(40))
        {
            List<string[]> streams = [];
            List<string> expected = [];
            foreach (string name in names)
            {
                byte[] content = name.Length == 0 ? Encoding.UTF8.GetBytes("""{"a":{"x":1},"a":[1,{"b":"é\ud83d\ude80"}],"~/":null,"9":[],"1":1E+400}""") : Fixtures.Load(name);
                using StepWriter steps = name.Length == 0 ? new DocumentSteps() : new ModelSteps(Fixtures.ProtocolOf(name), contentType: null);
                var rebuilt = new Rebuilt();
                List<string> records = [];
                foreach (JsonElement record in StepRun.Of(steps, StepRun.Cut(content, name.Length == 0 ? 3 : 300)))
                {
                    rebuilt.Apply(record);
                    records.Add(record.GetRawText());
                    expected.Add(rebuilt.Describe());
                }

                streams.Add([.. records]);
            }

            string[] actual = await run.Page.EvaluateAsync<string[]>(RebuildScript, streams);
            Assert.Equal(expected.Select(StepRun.Canonical), actual.Select(StepRun.Canonical));
        }
    }

    private const string RebuildScript = """
        async (streams) => {
          const { Recording } = await import('/recording.js');
          return streams.flatMap((records) => {
            const recording = new Recording();
            records.forEach((record) => recording.add(JSON.parse(record)));
            const states = [];
            for (let step = recording.last; step >= 1; step--) {
              states.unshift('[' + recording.items.filter((item) => item.born <= step)
                .map((item) => '[' + JSON.stringify(item.text.at(step)) + ',' + (item.tree?.jsonAt(step) || 'null') + ']').join(',') + ']');
            }
            return states;
          });
        }
        """;

    private const string Ground = "() => getComputedStyle(document.documentElement).backgroundColor";

    private async Task<PageRun> OpenAsync(string hash, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool isCalm = true) =>
        await PageRun.OpenAsync(browser, await InspectorRun.StartAsync(), hash, width, scheme, isCalm);

    private static ILocator Card(IPage page, string name) => page.Locator(".card", new PageLocatorOptions { Has = page.Locator("h4", new PageLocatorOptions { HasTextString = name }) });
}
