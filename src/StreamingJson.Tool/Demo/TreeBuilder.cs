using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using PlainText = Spectre.Console.Text;

namespace StreamingJson.Tool.Demo;

/// <summary>
/// Draws a snapshot as a tree: green with a check mark what is complete, yellow with a cursor what is growing, grey the token in flight.
/// </summary>
/// <remarks>What is complete below the second level takes one line, so that the tree fits a terminal.</remarks>
internal sealed class TreeBuilder(IReadOnlyDictionary<string, DemoCompletion> completions, int width)
{
    private const int DepthOfOneLine = 2;
    private const int LinesOfGrowingText = 12;

    private static readonly Style Complete = new(Color.Green);
    private static readonly Style Growing = new(Color.Yellow);
    private static readonly Style InFlight = new(Color.Grey, decoration: Decoration.Italic);
    private static readonly Style Name = new(decoration: Decoration.Bold);
    private static readonly Style Aside = new(Color.Grey);

    public IRenderable Build(in JsonSnapshot snapshot)
    {
        InFlightToken token = snapshot.InFlight;
        string? inFlight = token.Kind switch
        {
            InFlightKind.Number => $"{Encoding.UTF8.GetString(token.RawUtf8)} … a number, not closed yet",
            InFlightKind.Literal => $"{Encoding.UTF8.GetString(token.RawUtf8)} … a literal, not closed yet",
            InFlightKind.PropertyName => $"{Encoding.UTF8.GetString(token.RawUtf8)} … a name",
            _ => null,
        };
        if (!snapshot.HasValue)
        {
            return new PlainText(inFlight ?? "…", InFlight);
        }

        PartialJsonElement root = snapshot.RootElement;
        var tree = new Tree(Label("$", root, string.Empty, depth: 0)) { Style = Aside };
        AddChildren(tree, root, string.Empty, depth: 1, inFlight);
        return tree;
    }

    private void AddChildren(IHasTreeNodes parent, in PartialJsonElement element, string pointer, int depth, string? inFlight)
    {
        PartialJsonElement newest = default;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (PartialJsonProperty property in element.EnumerateObject())
                {
                    newest = property.Value;
                    string token = property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
                    AddChild(parent, property.Name, newest, $"{pointer}/{token}", depth, inFlight);
                }

                break;

            case JsonValueKind.Array:
                int index = 0;
                foreach (PartialJsonElement item in element.EnumerateArray())
                {
                    newest = item;
                    string token = index++.ToString(CultureInfo.InvariantCulture);
                    AddChild(parent, token, newest, $"{pointer}/{token}", depth, inFlight);
                }

                break;

            default:
                return;
        }

        // Its place is the innermost container that is open.
        bool isInnermost = !element.IsComplete && (newest.ValueKind == JsonValueKind.Undefined || newest.IsComplete);
        if (isInnermost && inFlight is not null)
        {
            parent.AddNode(new PlainText(inFlight, InFlight));
        }
    }

    private void AddChild(IHasTreeNodes parent, string name, in PartialJsonElement child, string pointer, int depth, string? inFlight)
    {
        TreeNode node = parent.AddNode(Label(name, child, pointer, depth));
        if (!IsOneLine(child, depth))
        {
            AddChildren(node, child, pointer, depth + 1, inFlight);
        }
    }

    private static bool IsOneLine(in PartialJsonElement element, int depth) => element.IsComplete && depth >= DepthOfOneLine;

    private Paragraph Label(string name, in PartialJsonElement element, string pointer, int depth)
    {
        Style style = element.IsComplete ? Complete : Growing;
        var label = new Paragraph();
        label.Append(element.IsComplete ? "✓ " : "▸ ", style);
        label.Append(name, Name);
        string value = Describe(element, depth);
        if (value.Length > 0)
        {
            label.Append(": ", Aside);
            label.Append(value, style);
        }

        if (completions.TryGetValue(pointer, out DemoCompletion? completion))
        {
            label.Append(string.Create(CultureInfo.InvariantCulture, $"  {completion.Bytes} B, {completion.At.TotalSeconds:F2} s"), Aside);
        }

        return label;
    }

    private string Describe(in PartialJsonElement element, int depth)
    {
        bool isContainer = element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        if (isContainer && !IsOneLine(element, depth))
        {
            return string.Empty;
        }

        return element.IsComplete ? DemoText.Summarize(element, Math.Max(24, width - 48)) : DescribeGrowing(element);
    }

    // The last lines, with the cursor behind them.
    private static string DescribeGrowing(in PartialJsonElement text)
    {
        string[] lines = (text.GetString() ?? string.Empty).Split('\n');
        if (lines.Length == 1)
        {
            return $"\"{lines[0]}▌";
        }

        IEnumerable<string> shown = lines.TakeLast(LinesOfGrowingText);
        return $"{lines.Length} lines so far\n{string.Join('\n', shown)}▌";
    }
}
