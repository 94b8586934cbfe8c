using System.Globalization;
using System.Text;

namespace StreamingJson.Benchmarks.Generation;

/// <summary>The arguments of a call that writes a file: C# in one string.</summary>
internal static class SourceCodeDocument
{
    private static readonly string[] Nouns =
        ["Order", "Ledger", "Route", "Parcel", "Ticket", "Invoice", "Session", "Batch", "Shelf", "Carrier", "Quote", "Meter"];

    private static readonly string[] Verbs = ["Load", "Merge", "Count", "Close", "Find", "Apply", "Reserve", "Print", "Split", "Check"];

    private static readonly string[] Words =
        ["must", "stay", "sorted", "because", "readers", "rely", "on", "it", "until", "the", "last", "one", "has", "left", "here"];

    public static byte[] WriteFileArguments() => WriteFileArguments(64_000);

    /// <summary>About as many bytes as are asked for.</summary>
    public static byte[] WriteFileArguments(int about)
    {
        var dice = new Dice(64);
        var code = new StringBuilder("using System;\nusing System.Collections.Generic;\nusing System.IO;\n\n")
            .Append("namespace Warehouse.Dispatch;\n");
        for (int i = 0; code.Length < about * 0.9453125; i++)
        {
            Class(code, dice, i);
        }

        return new JsonText(spaced: false).OpenObject()
            .Name("path").Value("src/Warehouse/Dispatch.cs")
            .Name("content").Value(code.ToString())
            .CloseObject().ToUtf8();
    }

    private static void Class(StringBuilder code, Dice dice, int index)
    {
        string noun = dice.Pick(Nouns);
        Line(code, 0, "");
        Line(code, 0, $"/// <summary>Keeps every {noun.ToLowerInvariant()} that {dice.Words(Words, dice.Between(10, 50))}.</summary>");
        Line(code, 0, $"public sealed class {noun}Store{Text(index)} : I{noun}Store, IDisposable");
        Line(code, 0, "{");
        Line(code, 1, $"private readonly Dictionary<string, {noun}> _items = new(StringComparer.Ordinal);");
        for (int n = dice.Between(4, 8); n > 0; n--)
        {
            Line(code, 0, "");
            Method(code, dice, noun);
        }

        Line(code, 0, "}");
    }

    private static void Method(StringBuilder code, Dice dice, string noun)
    {
        string verb = dice.Pick(Verbs);
        string other = dice.Pick(Nouns);
        Line(code, 1, $"public int {verb}{other}s(string path, IReadOnlyList<{other}> source, int limit = {Text(dice.Below(500))})");
        Line(code, 1, "{");
        Line(code, 2, $"// {dice.Words(Words, dice.Between(20, 70))}.");
        Line(code, 2, "ArgumentNullException.ThrowIfNull(source);");
        Line(code, 2, $"string target = Path.Combine(path, \"{other.ToLowerInvariant()}s\", $\"{{limit}}.csv\");");
        Line(code, 2, "for (int i = 0; i < source.Count && i < limit; i++)");
        Line(code, 2, "{");
        for (int n = dice.Between(1, 4); n > 0; n--)
        {
            Statement(code, dice, noun);
        }

        Line(code, 2, "}");
        Line(code, 0, "");
        Line(code, 2, $"return _items.Count > {Text(dice.Below(100))} ? _items.Count : -1;");
        Line(code, 1, "}");
    }

    private static void Statement(StringBuilder code, Dice dice, string noun)
    {
        switch (dice.Below(5))
        {
            case 0:
                Line(code, 3, $"if (source[i] is null || source[i].Weight > {Text(dice.Below(90))}.5)");
                Line(code, 3, "{");
                Line(code, 4, $"throw new InvalidDataException($\"{noun} {{i}} {dice.Words(Words, 30)}\\n\");");
                Line(code, 3, "}");
                break;
            case 1:
                Line(code, 3, $"_items[$\"{{target}}:{{i}}\"] = new {noun}(source[i].Id, source[i].Weight * {Text(dice.Between(2, 9))});");
                break;
            case 2:
                Line(code, 3, $"Console.WriteLine(\"{dice.Words(Words, dice.Between(10, 40))}\");");
                break;
            case 3:
                string log = $"@\"C:\\temp\\{noun.ToLowerInvariant()}.log\"";
                Line(code, 3, $"File.AppendAllText({log}, source[i] + \"\\t\" + target + \"\\r\\n\");");
                break;
            default:
                Line(code, 3, $"total += source[i].{dice.Pick(Verbs)}(limit - i) % {Text(dice.Between(3, 99))};");
                break;
        }
    }

    private static void Line(StringBuilder code, int depth, string text) =>
        code.Append(' ', text.Length == 0 ? 0 : 4 * depth).Append(text).Append('\n');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
