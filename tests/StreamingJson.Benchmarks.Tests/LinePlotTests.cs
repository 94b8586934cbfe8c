using System;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using StreamingJson.Benchmarks.Plots;
using Xunit;

namespace StreamingJson.Benchmarks.Tests;

public class LinePlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void ThePlot_HasALineANameAndItsPointsForEach()
    {
        XElement svg = Draw(Line("a < b", 1, 10, 100), Line("flat", 5, 5, 5));
        Assert.Equal(2, svg.Elements(Svg + "polyline").Count(e => Class(e).StartsWith("line", StringComparison.Ordinal)));
        Assert.Equal(6, svg.Elements(Svg + "circle").Count());
        Assert.Equal(["a < b", "flat"], svg.Elements(Svg + "text").Where(e => Class(e).StartsWith("name", StringComparison.Ordinal)).Select(e => e.Value));
    }

    [Fact]
    public void LogarithmicAxes_MakeEqualFactorsEqualSteps()
    {
        double[] ys = [.. Draw(Line("a", 1, 10, 100)).Elements(Svg + "circle").Select(e => Number(e, "cy"))];
        double[] xs = [.. Draw(Line("a", 1, 10, 100)).Elements(Svg + "circle").Select(e => Number(e, "cx"))];
        Assert.Equal(ys[0] - ys[1], ys[1] - ys[2], 0.3);
        Assert.Equal(xs[1] - xs[0], xs[2] - xs[1], 0.3);
        Assert.True(ys[0] > ys[2]);
    }

    [Fact]
    public void EverythingIsInside()
    {
        XElement svg = Draw([.. Enumerable.Range(0, 12).Select(i => Line("peer " + i, 1 + i, 2, 3_000_000))]);
        double width = Number(svg, "width");
        double height = Number(svg, "height");
        Assert.All(svg.Elements(Svg + "circle"), e =>
        {
            Assert.InRange(Number(e, "cx"), 0, width);
            Assert.InRange(Number(e, "cy"), 0, height);
        });
        Assert.All(svg.Elements(Svg + "text"), e => Assert.InRange(Number(e, "y"), 0, height));
    }

    [Fact]
    public void ItHasColoursForLightAndDark()
    {
        string style = Draw(Line("a", 1, 2)).Element(Svg + "style")!.Value;
        Assert.Contains("@media (prefers-color-scheme:dark)", style, StringComparison.Ordinal);
        Assert.Contains(".ground{fill:#ffffff}", style, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSamePlot_IsTheSameText_InEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string expected = Plot(Line("a", 1.5, 2.5)).ToSvg();
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, Plot(Line("a", 1.5, 2.5)).ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void NothingToDraw_IsRefused() => Assert.Throws<InvalidOperationException>(() => Plot(new PlotLine("a", [], false)).ToSvg());

    [Fact]
    public void Labels_KeepTheirOrderAndTheirDistance()
    {
        double[] wanted = [50, 51, 52, 300, 300, 10];
        double[] places = LinePlot.Spread(wanted, 20, 0, 400);
        int[] order = [.. Enumerable.Range(0, wanted.Length).OrderBy(i => places[i])];
        Assert.Equal([5, 0, 1, 2, 3, 4], order);
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(places[pair.Second] - places[pair.First] >= 19.999));
        Assert.All(places, p => Assert.InRange(p, 0, 400));
    }

    [Fact]
    public void ALabel_StaysWhereItWants_WhereThereIsRoom() => Assert.Equal([10.0, 100, 200], LinePlot.Spread([10, 100, 200], 20, 0, 400));

    [Fact]
    public void LabelsAtTheEnd_GiveWayUpwards() => Assert.Equal([360.0, 380, 400], LinePlot.Spread([398, 399, 400], 20, 0, 400));

    private static XElement Draw(params PlotLine[] lines) => XDocument.Parse(Plot(lines).ToSvg()).Root!;

    private static LinePlot Plot(params PlotLine[] lines) => new("title & more", "subtitle", lines, x => x.ToString(CultureInfo.InvariantCulture), y => y.ToString(CultureInfo.InvariantCulture));

    private static PlotLine Line(string name, params double[] ys) => new(name, [.. ys.Select((y, i) => (Math.Pow(4, i + 6), y))], IsThick: false);

    private static string Class(XElement element) => (string?)element.Attribute("class") ?? string.Empty;

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
