using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace StreamingJson.Benchmarks.Plots;

/// <summary>One line of a plot: a name, and its points in ascending order. The first lines are drawn thick, where that is asked for.</summary>
internal sealed record PlotLine(string Name, IReadOnlyList<(double X, double Y)> Points, bool IsThick);

/// <summary>
/// Lines over two logarithmic axes, as SVG with its own colours for light and dark. The name of each line stands at its end, so that nobody looks colours up.
/// </summary>
internal sealed class LinePlot(string title, string subtitle, IReadOnlyList<PlotLine> lines, Func<double, string> nameX, Func<double, string> nameY)
{
    private const double Width = 960, Height = 500;
    private const double Left = 76, Right = 370, Top = 70, Bottom = 52;
    private const double LabelHeight = 17;

    // Told apart in both schemes, and by most who see colours otherwise.
    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0b6e4f", "#4fd1a5"), ("#1f5fbf", "#7fb2ff"), ("#b3401e", "#ff9a76"), ("#7a3fa8", "#c99bf0"), ("#8a6a00", "#e6c14d"),
        ("#b01e62", "#ff8ab8"), ("#0f7f93", "#63d3e6"), ("#5b5b5b", "#bdbdbd"), ("#4c7a12", "#a8d65c"), ("#93392f", "#f0a49c"),
    ];

    private static readonly string[] Dashes = ["", "7 4", "2 4", "10 4 2 4"];

    private readonly StringBuilder _svg = new();

    public string ToSvg()
    {
        _svg.Clear();
        double[] xs = [.. lines.SelectMany(l => l.Points).Select(p => p.X).Distinct().Order()];
        double[] ys = [.. lines.SelectMany(l => l.Points).Select(p => p.Y)];
        if (xs.Length == 0)
        {
            throw new InvalidOperationException("There is nothing to draw.");
        }

        // A little room beside a single value.
        (double minX, double maxX) = (Math.Log10(xs[0]) - 0.03, Math.Log10(xs[^1]) + 0.03);
        (double minY, double maxY) = (Math.Floor(Math.Log10(ys.Min()) * 2) / 2, Math.Ceiling(Math.Log10(ys.Max()) * 2) / 2);
        maxY = maxY - minY < 1 ? minY + 1 : maxY;
        Head();
        for (int power = (int)Math.Ceiling(minY); power <= maxY; power++)
        {
            double y = Y(Math.Pow(10, power));
            Add($"<line class=\"grid\" x1=\"{Text(Left)}\" y1=\"{Text(y)}\" x2=\"{Text(Width - Right)}\" y2=\"{Text(y)}\"/>");
            Add($"<text class=\"axis\" x=\"{Text(Left - 8)}\" y=\"{Text(y + 4)}\" text-anchor=\"end\">{Escape(nameY(Math.Pow(10, power)))}</text>");
        }

        foreach (double x in TicksX(xs))
        {
            Add($"<line class=\"grid\" x1=\"{Text(X(x))}\" y1=\"{Text(Top)}\" x2=\"{Text(X(x))}\" y2=\"{Text(Height - Bottom)}\"/>");
            Add($"<text class=\"axis\" x=\"{Text(X(x))}\" y=\"{Text(Height - Bottom + 20)}\" text-anchor=\"middle\">{Escape(nameX(x))}</text>");
        }

        List<(int Index, double Wanted)> ends = [.. lines.Select((l, i) => (i, l.Points.Count == 0 ? Top : Y(l.Points[^1].Y)))];
        double[] labels = Spread(ends.ConvertAll(e => e.Wanted), LabelHeight, Top, Height - Bottom);
        for (int i = 0; i < lines.Count; i++)
        {
            Draw(lines[i], i, labels[i]);
        }

        return _svg.Append("</svg>\n").ToString();

        double X(double value) => Left + ((Math.Log10(value) - minX) / (maxX - minX) * (Width - Left - Right));

        double Y(double value) => Height - Bottom - ((Math.Log10(value) - minY) / (maxY - minY) * (Height - Top - Bottom));

        void Draw(PlotLine line, int index, double label)
        {
            if (line.Points.Count == 0)
            {
                return;
            }

            string dash = Dashes[index / Colours.Length % Dashes.Length] is { Length: > 0 } pattern ? $" stroke-dasharray=\"{pattern}\"" : string.Empty;
            string thick = line.IsThick ? " thick" : string.Empty;
            (double endX, double endY) = (X(line.Points[^1].X), Y(line.Points[^1].Y));
            Add($"<polyline class=\"line c{index % Colours.Length}{thick}\"{dash} points=\"{string.Join(' ', line.Points.Select(p => Text(X(p.X)) + "," + Text(Y(p.Y))))}\"/>");
            foreach ((double x, double y) in line.Points)
            {
                Add($"<circle class=\"dot c{index % Colours.Length}\" cx=\"{Text(X(x))}\" cy=\"{Text(Y(y))}\" r=\"{(line.IsThick ? "4" : "3")}\"/>");
            }

            double labelX = Width - Right + 26;
            Add($"<polyline class=\"lead c{index % Colours.Length}\" points=\"{Text(endX + 6)},{Text(endY)} {Text(labelX - 16)},{Text(endY)} {Text(labelX - 4)},{Text(label)}\"/>");
            Add($"<text class=\"name t{index % Colours.Length}{thick}\" x=\"{Text(labelX)}\" y=\"{Text(label + 4)}\">{Escape(line.Name)}</text>");
        }
    }

    /// <summary>Places as near as may be to those that are wanted, no two nearer to each other than <paramref name="distance"/>, in the same order.</summary>
    internal static double[] Spread(IReadOnlyList<double> wanted, double distance, double least, double most)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        double[] places = [.. wanted];
        double next = least;
        foreach (int i in order)
        {
            places[i] = Math.Max(places[i], next);
            next = places[i] + distance;
        }

        double last = most;
        foreach (int i in order.Reverse())
        {
            places[i] = Math.Min(places[i], last);
            last = places[i] - distance;
        }

        return places;
    }

    // Lengths differ a little from line to line: of those that are nearly the same, one tick.
    private static IEnumerable<double> TicksX(double[] xs)
    {
        double last = 0;
        foreach (double x in xs)
        {
            if (x > last * 1.3)
            {
                yield return last = x;
            }
        }
    }

    private void Head()
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Text(Width)} {Text(Height)}\" width=\"{Text(Width)}\" height=\"{Text(Height)}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        Add($"<title>{Escape(title)}</title>");
        Add("<style>");
        Add("text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:13px;fill:#1c1c1c}");
        Add(".ground{fill:#ffffff}.grid{stroke:#dcdcdc}.axis{fill:#555555;font-size:12px}.title{font-size:16px;font-weight:600}.sub{fill:#555555}");
        Add(".line{fill:none;stroke-width:1.8;stroke-linejoin:round}.line.thick{stroke-width:3.4}.lead{fill:none;stroke-width:1;opacity:.5}.dot{stroke:none}.name.thick{font-weight:600}");
        for (int i = 0; i < Colours.Length; i++)
        {
            Add($".c{i}{{stroke:{Colours[i].Light}}}.dot.c{i},.t{i}{{fill:{Colours[i].Light}}}");
        }

        Add("@media (prefers-color-scheme:dark){");
        Add("text{fill:#e8e8e8}.ground{fill:#15181c}.grid{stroke:#33383f}.axis,.sub{fill:#a8adb4}");
        for (int i = 0; i < Colours.Length; i++)
        {
            Add($".c{i}{{stroke:{Colours[i].Dark}}}.dot.c{i},.t{i}{{fill:{Colours[i].Dark}}}");
        }

        Add("}");
        Add("</style>");
        Add($"<rect class=\"ground\" width=\"{Text(Width)}\" height=\"{Text(Height)}\"/>");
        Add($"<text class=\"title\" x=\"{Text(Left)}\" y=\"28\">{Escape(title)}</text>");
        Add($"<text class=\"sub\" x=\"{Text(Left)}\" y=\"50\">{Escape(subtitle)}</text>");
    }

    private void Add(string line) => _svg.Append(line).Append('\n');

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
