using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;

namespace StreamingJson.Tool.Demo;

/// <summary>A value that became whole.</summary>
/// <param name="Pointer">Its RFC 6901 pointer.</param>
/// <param name="Element">The value.</param>
/// <param name="At">When, on the clock of the recording.</param>
/// <param name="Bytes">How many bytes of the text were there.</param>
internal sealed record DemoCompletion(string Pointer, PartialJsonElement Element, TimeSpan At, int Bytes);

/// <summary>What came to a string.</summary>
/// <param name="Pointer">Its RFC 6901 pointer.</param>
/// <param name="Text">The delta, unescaped.</param>
internal sealed record DemoGrowth(string Pointer, string Text);

/// <summary>What there is to see after a chunk.</summary>
/// <param name="At">The time on the clock of the recording.</param>
/// <param name="Snapshot">The value so far.</param>
/// <param name="Completions">What the chunk completed.</param>
/// <param name="Growths">What the chunk added to strings.</param>
/// <param name="Meters">What the parser did so far.</param>
internal sealed record DemoFrame(
    TimeSpan At, JsonSnapshot Snapshot, IReadOnlyList<DemoCompletion> Completions, IReadOnlyList<DemoGrowth> Growths, JsonMeters Meters);

/// <summary>Shows frames; one implementation for eyes, one for files.</summary>
internal interface IDemoView
{
    /// <summary>Shows a recording from its first frame to its last.</summary>
    Task ShowAsync(string title, IAsyncEnumerable<DemoFrame> frames);
}

/// <summary>How values are called and shortened, in both views.</summary>
internal static class DemoText
{
    /// <summary>What a complete value is, in one line of at most so many characters.</summary>
    public static string Summarize(in PartialJsonElement element, int most)
    {
        string text = element.ValueKind == JsonValueKind.String && LineCount(element) is > 1 and int lines
            ? $"{FirstLine(element.ToString())}…\" ({lines} lines)"
            : element.ToString();
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
    }

    /// <summary>How many lines the text of a string has.</summary>
    public static int LineCount(in PartialJsonElement text) => 1 + text.TextUtf8.TrimEnd((byte)'\n').Count((byte)'\n');

    private static string FirstLine(string escaped)
    {
        int end = escaped.IndexOf("\\n", StringComparison.Ordinal);
        return end < 0 ? escaped : escaped[..end];
    }
}
