using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace StreamingJson.Benchmarks.Generation;

/// <summary>Documents that are one long token, or one long stretch of whitespace: where work that is done again shows most.</summary>
internal static class LongTokens
{
    private const int Length = 256 * 1024;

    public static IReadOnlyList<BenchmarkDocument> All { get; } =
    [
        Make("256 KiB string", "{\"id\":\"" + new string('a', Length) + "\"}"),
        Make("256 KiB escaped string", "{\"id\":\"" + string.Concat(Enumerable.Repeat("ab\\n\\u00e9", Length / 10)) + "\"}"),
        Make("256 KiB UTF-8 string", "{\"id\":\"" + string.Concat(Enumerable.Repeat("\u00e9\u4e2d\U0001F600", Length / 9)) + "\"}"),
        Make("256 KiB digits", "[" + new string('7', Length) + "]"),
        Make("256 KiB name", "{\"" + new string('n', Length) + "\":1}"),
        Make("256 KiB whitespace", "[" + new string(' ', Length) + "1]"),
    ];

    private static BenchmarkDocument Make(string name, string json) => new(name, name, Encoding.UTF8.GetBytes(json));
}
