using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace StreamingJson.Inspector.Tests;

/// <summary>What a reader who does not see, or sees little, or has no pointer, relies on.</summary>
public class AccessibilityTests(Browser browser) : IClassFixture<Browser>
{
    // WCAG 2.2: 1.4.3 contrast of text; 4.1.2 names of controls; 1.3.1 structure. Text that is dimmed because it has not arrived yet is left out.
    private const string Audit = """
        () => {
          const problems = [];
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const pixel = (colours) => {
            canvas.clearRect(0, 0, 1, 1);
            colours.forEach((colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); });
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const luminance = (rgb) => {
            const [r, g, b] = rgb.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (node.data.trim() === '' || !element.checkVisibility() || element.closest('.sr, .skip, .to-come, svg, option')) {
              continue;
            }
            const grounds = [];
            for (let at = element; at; at = at.parentElement) {
              grounds.unshift(getComputedStyle(at).backgroundColor);
            }
            const ink = luminance(pixel([...grounds, getComputedStyle(element).color]));
            const ground = luminance(pixel(grounds));
            const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
            if (ratio < 4.5) {
              problems.push(`contrast ${ratio.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
            }
          }
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => problems.push(`id twice: ${id}`));
          for (const name of ['aria-labelledby', 'aria-controls', 'aria-activedescendant', 'for']) {
            document.querySelectorAll(`[${name}]`).forEach((element) => {
              if (!document.getElementById(element.getAttribute(name))) {
                problems.push(`${name} of nothing: ${element.getAttribute(name)}`);
              }
            });
          }
          document.querySelectorAll('button, input, select, textarea').forEach((control) => {
            const name = control.getAttribute('aria-label') || control.textContent.trim() || [...(control.labels ?? [])].map((label) => label.textContent.trim()).join('');
            if (!name) {
              problems.push(`no name: ${control.outerHTML.slice(0, 80)}`);
            }
            const box = control.getBoundingClientRect();
            if (control.checkVisibility() && control.type !== 'file' && (box.width < 24 || box.height < 24)) {
              problems.push(`smaller than 24 px: ${name}`);
            }
          });
          document.querySelectorAll('img:not([alt])').forEach(() => problems.push('image without alt'));
          document.querySelectorAll('[role=group]').forEach((group) => {
            if (group.matches('ul') && !group.closest('[role=tree]')) {
              problems.push('a group outside of a tree');
            }
          });
          if (document.querySelectorAll('h1').length !== 1 || document.querySelectorAll('main').length !== 1 || !document.documentElement.lang) {
            problems.push('one h1, one main, a language');
          }
          return problems;
        }
        """;

    [BrowserTheory]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task ThePage_HasNamesContrastAndStructure(int width, ColorScheme scheme)
    {
        await using PageRun run = await PageRun.OpenAsync(browser, await InspectorRun.StartAsync(), "#3", width, scheme);
        await run.AtStepAsync("80 of 80");
        Assert.Empty(await run.Page.EvaluateAsync<string[]>(Audit));
        await run.Page.Keyboard.PressAsync("ArrowLeft");
        await run.AtStepAsync("79 of 80");
        Assert.Empty(await run.Page.EvaluateAsync<string[]>(Audit));
        await run.Page.ClickAsync("#paste");
        Assert.Empty(await run.Page.EvaluateAsync<string[]>(Audit));
        await run.ShowAsync($"paste-{width}-{scheme}");
    }

    [BrowserFact]
    public async Task EveryControl_IsReachedByTab_AndItsFocusIsSeen()
    {
        await using PageRun run = await PageRun.OpenAsync(browser, await InspectorRun.StartAsync(), "#3");
        IPage page = run.Page;
        await run.AtStepAsync("80 of 80");
        string[] expected = ["skip", "paste", "theme", "slider", "to-start", "back", "play", "forward", "to-end", "speed", "treeitem", "frames", "frame"];
        int found = 0;
        for (int i = 0; i < 40 && found < expected.Length; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            string focused = await page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.getAttribute('role') || document.activeElement.className");
            if (focused == expected[found])
            {
                found++;
                Assert.True(
                    await page.EvaluateAsync<bool>(
                        "() => [document.activeElement, document.activeElement.firstElementChild].some((e) => e && getComputedStyle(e).outlineStyle === 'solid')"),
                    focused);
            }
        }

        Assert.Equal(expected.Length, found);
    }

    [BrowserFact]
    public async Task TheDialog_KeepsTheFocus_AndGivesItBack()
    {
        await using PageRun run = await PageRun.OpenAsync(browser, await InspectorRun.StartAsync(), "#3");
        IPage page = run.Page;
        await run.AtStepAsync("80 of 80");
        await page.FocusAsync("#paste");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#paste-text")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#paste")).ToBeFocusedAsync();
    }
}
