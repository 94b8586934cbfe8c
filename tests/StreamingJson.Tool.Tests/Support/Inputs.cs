using System.Linq;
using System.Text;
using Xunit;

namespace StreamingJson.Tool.Tests;

/// <summary>Inputs with their verdicts: name, bytes, outcome, code, offset, pointer.</summary>
internal static class Inputs
{
    public static TheoryData<string, byte[], string, string?, int?, string?> All { get; } = new()
    {
        { "object", Utf8("""{"city":"Paris","at":[48.85,2.35],"big":18446744073709551616,"ok":true}"""), "complete", null, null, null },
        { "number", Utf8(" 12 "), "complete", null, null, null },
        { "number at the end", Utf8("12"), "complete", null, null, null },
        { "text of all lengths", Utf8("""["é","€","𝄞","a\"b\\c\/\u0000\u00e9\ud834\udd1e"]"""), "complete", null, null, null },
        { "escape at the beginning of a string", Utf8("""["\n",{"\u0061":"\ud834\udd1e"}]"""), "complete", null, null, null },
        { "byte order mark", [0xEF, 0xBB, 0xBF, .. Utf8("{}")], "complete", null, null, null },
        { "string that is cut", Utf8("""{"city":"Par"""), "truncated", "unexpected_end", 12, "/city" },
        { "number that is cut", Utf8("""{"a":[1,-"""), "truncated", "unexpected_end", 9, "/a/1" },
        { "empty", [], "truncated", "unexpected_end", 0, "" },
        { "blanks", Utf8(" \n\t"), "truncated", "unexpected_end", 3, "" },
        { "binary", [0x00, 0xFF, 0xFE, 0x89, 0x50], "invalid", "expected_value", 0, "" },
        { "trailing comma", Utf8("[1,]"), "invalid", "trailing_comma", 3, "/1" },
        { "second quote", Utf8("""["a" "b"""), "invalid", "expected_comma_or_end", 5, "" },
        { "second root", Utf8("{} {}"), "invalid", "trailing_content", 3, "" },
        { "not UTF-8", [.. Utf8("[\"a"), 0xC3, 0x28, .. Utf8("\"]")], "invalid", "invalid_utf8", 4, "/0" },
        { "control character", Utf8("[\"a\nb\"]"), "invalid", "control_character_in_string", 3, "/0" },
        { "deep", Utf8(new string('[', 100_000)), "invalid", "depth_limit", 64, string.Concat(Enumerable.Repeat("/0", 63)) },
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
