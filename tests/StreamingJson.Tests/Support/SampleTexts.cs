using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace StreamingJson.Tests.Support;

/// <summary>Texts of the sizes and shapes that meters and allocations are measured with.</summary>
public static class SampleTexts
{
    public const int MiB = 1 << 20;

    /// <summary>The arguments of a small tool call: 120 bytes.</summary>
    public static byte[] ToolCall { get; } = Encoding.UTF8.GetBytes(
        """{"city":"Paris","country":"France","days":3,"units":"metric","include":["rain","wind"],"note":"une journ\u00e9e d'hiver"}""");

    /// <summary>A bit of everything: 8 KiB.</summary>
    public static byte[] Mixed { get; } = Encoding.UTF8.GetBytes(
        "[\n" + string.Join(",\n", Enumerable.Range(0, 40).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""  {"id": {{i}}, "n\u0061me": "User \"{{i}}\" é€😀", "score": {{i * 1.25}}, "ok": true, "tags": ["a", "b\n", null, []], "text": "{{new string('x', 60)}}"}"""))) + "\n]");

    /// <summary>Source code in one string, as a write_file call has it: 64 KiB, every line with escapes.</summary>
    public static byte[] SourceCode { get; } = Encoding.UTF8.GetBytes(
        "{\"path\":\"src/app.cs\",\"content\":\""
        + string.Concat(Enumerable.Repeat("        Console.WriteLine(\\\"Hello, \\\" + name + '\\\\t');\\n    // \\u00e9l\\u00e8ve\\n", 770)) + "\"}");

    /// <summary>Records of a few short fields: 1 MiB.</summary>
    public static byte[] Records { get; } = Encoding.UTF8.GetBytes(
        "[" + string.Join(',', Enumerable.Range(0, 12_000).Select(i =>
            $$"""{"id":{{i}},"name":"record {{i}}","values":[1,2.5,-3e7],"flag":false,"none":null}""")) + "]");

    /// <summary>Long runs of characters of one, two, three and four bytes, and of several of these.</summary>
    public static byte[] ManyScripts { get; } = Encoding.UTF8.GetBytes("{" + string.Join(',', new[]
    {
        "plain text ", "élève ", "\u0416\u0438\u0437\u043D\u044C", "\u6F22\u5B57", "\U0001F600", "é€\U0001F600", "a\U0001F600é\u6F22", "xxxxxxxxxxxxxxx€", "\\n\u6F22\\t",
    }.Select((piece, i) => $"\"{piece}{i}\":\"{string.Concat(Enumerable.Repeat(piece, 40))}\"")) + "}");

    public static byte[] Named(string name) => (byte[])typeof(SampleTexts).GetProperty(name)!.GetValue(null)!;

    /// <summary>A piece of text again and again between a beginning and an end.</summary>
    public static byte[] Repeat(string start, string piece, int bytes, string end)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(piece, bytes / piece.Length)) + end);
    }
}
