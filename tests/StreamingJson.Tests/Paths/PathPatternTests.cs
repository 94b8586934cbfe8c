using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Paths;

/// <summary>The subset of RFC 9535: what is read, what is refused and where, and what a pattern selects.</summary>
public class PathPatternTests
{
    [Theory]
    [InlineData("$")]
    [InlineData("$.a")]
    [InlineData("$._1.é.😀")]
    [InlineData("$['a b']")]
    [InlineData("$['']")]
    [InlineData("$['1a']")]
    [InlineData("$['it\\'s \\\\ \\u0001\\b\\t\\n\\f\\r\"']")]
    [InlineData("$[0]")]
    [InlineData("$[9007199254740991]")]
    [InlineData("$[1:5]")]
    [InlineData("$[:]")]
    [InlineData("$[::2]")]
    [InlineData("$[1::0]")]
    [InlineData("$[*]")]
    [InlineData("$..a")]
    [InlineData("$..[*]")]
    [InlineData("$..['a b',0,1:,*]")]
    [InlineData("$.steps[*].title")]
    public void TheCanonicalText_IsReadAsItself(string text) => Assert.Equal(text, PathPattern.Parse(text).ToString());

    [Theory]
    [InlineData("$[\"a\"]", "$.a")]
    [InlineData("$['a']", "$.a")]
    [InlineData("$.*", "$[*]")]
    [InlineData("$..*", "$..[*]")]
    [InlineData("$ \t.a\r\n['b']", "$.a.b")]
    [InlineData("$[ 'a' , \"b\" ,\n0 , 1 : 2 : 3 , * ]", "$['a','b',0,1:2:3,*]")]
    [InlineData("$[0:]", "$[:]")]
    [InlineData("$[0:5:1]", "$[:5]")]
    [InlineData("$[\"\\u0061\\ud83d\\uDE00\\/\\\"'\"]", "$['a😀/\"\\'']")]
    [InlineData("$[\"\\u00e9\"]", "$.é")]
    public void OtherSpellings_HaveTheSameCanonicalText(string text, string canonical) =>
        Assert.Equal(canonical, PathPattern.Parse(text).ToString());

    [Theory]
    [InlineData("", 0, "begins with '$'")]
    [InlineData("a", 0, "begins with '$'")]
    [InlineData(" $", 0, "begins with '$'")]
    [InlineData("@.a", 0, "at the root")]
    [InlineData("$ ", 1, "nothing may follow")]
    [InlineData("$.a ", 3, "nothing may follow")]
    [InlineData("$a", 1, "begins with '.' or '['")]
    [InlineData("$.", 2, "a name or '*'")]
    [InlineData("$..", 3, "a name or '*'")]
    [InlineData("$. a", 2, "a name or '*'")]
    [InlineData("$...a", 3, "a name or '*'")]
    [InlineData("$.1", 2, "a name or '*'")]
    [InlineData("$.'a'", 2, "a name or '*'")]
    [InlineData("$.a-b", 3, "begins with '.' or '['")]
    [InlineData("$[", 2, "a selector is expected")]
    [InlineData("$[]", 2, "a selector is expected")]
    [InlineData("$[a]", 2, "a selector is expected")]
    [InlineData("$[0", 3, "a ',' or ']'")]
    [InlineData("$[0,]", 4, "a selector is expected")]
    [InlineData("$[0 1]", 4, "a ',' or ']'")]
    [InlineData("$['a", 4, "does not end")]
    [InlineData("$['\\x']", 3, "not an escape")]
    [InlineData("$['\\\"']", 3, "not an escape")]
    [InlineData("$[\"\\'\"]", 3, "not an escape")]
    [InlineData("$['\\", 3, "not an escape")]
    [InlineData("$['\\u12']", 3, "four hexadecimal digits")]
    [InlineData("$['\\u\u0661234']", 3, "four hexadecimal digits")]
    [InlineData("$['\\ud800']", 3, "no partner")]
    [InlineData("$['\\udc00']", 3, "no partner")]
    [InlineData("$['\\ud800\\u0061']", 3, "no partner")]
    [InlineData("$['\n']", 3, "control character")]
    [InlineData("$[01]", 2, "leading zero")]
    [InlineData("$[-0]", 3, "'-0'")]
    [InlineData("$[-]", 3, "digit")]
    [InlineData("$[9007199254740992]", 2, "2^53-1")]
    [InlineData("$[99999999999999999999999]", 2, "2^53-1")]
    [InlineData("$[1:2:3:4]", 7, "a ',' or ']'")]
    public void NotAPattern(string text, int position, string reason) => AssertRefused(text, position, reason, isOutsideSubset: false);

    [Theory]
    [InlineData("$[-1]", 2, "from the end")]
    [InlineData("$.a[0,-12]", 6, "from the end")]
    [InlineData("$[-3:]", 2, "from the end")]
    [InlineData("$[:-1]", 3, "from the end")]
    [InlineData("$[1:2:-1]", 6, "backwards")]
    [InlineData("$[::-1]", 4, "backwards")]
    [InlineData("$[?@.a]", 2, "filter")]
    [InlineData("$.a[?@.b == 'x']", 4, "filter")]
    [InlineData("$..[?@.b]", 4, "filter")]
    [InlineData("$.a.length()", 10, "functions")]
    public void OutsideOfTheSubset(string text, int position, string reason) => AssertRefused(text, position, reason, isOutsideSubset: true);

    [Fact]
    public void ALoneSurrogate_IsNoPattern()
    {
        AssertRefused("$.a\ud800", 3, "no partner", isOutsideSubset: false);
        AssertRefused("$['\udc00']", 3, "no partner", isOutsideSubset: false);
    }

    [Theory]
    [InlineData("$", "", true)]
    [InlineData("$", "/a", false)]
    [InlineData("$.a", "/a", true)]
    [InlineData("$.a", "", false)]
    [InlineData("$.a", "/a/b", false)]
    [InlineData("$['a/b~c']", "/a~1b~0c", true)]
    [InlineData("$[10]", "/10", true)]
    [InlineData("$[1]", "/01", false)]
    [InlineData("$['1']", "/1", true)]
    [InlineData("$[2:8:3]", "/5", true)]
    [InlineData("$[2:8:3]", "/8", false)]
    [InlineData("$[2:8:3]", "/1", false)]
    [InlineData("$[::0]", "/0", false)]
    [InlineData("$[*]", "/x", true)]
    [InlineData("$..a", "/a", true)]
    [InlineData("$..a", "/b/0/a", true)]
    [InlineData("$..a", "/a/b", false)]
    [InlineData("$..a..b", "/a/x/b", true)]
    [InlineData("$..a..b", "/b/x/a", false)]
    [InlineData("$..[*]", "", false)]
    [InlineData("$..a[*].b", "/a/a/0/b", true)]
    public void APointer(string pattern, string pointer, bool matches) => Assert.Equal(matches, PathPattern.Parse(pattern).Matches(pointer));

    [Fact]
    public void Null_AndWhatIsNoPointer_AreRefused()
    {
        PathPattern pattern = PathPattern.Parse("$.a");
        Assert.Throws<ArgumentNullException>(() => PathPattern.Parse(null!));
        Assert.Throws<ArgumentNullException>(() => PathPattern.TryParse(null!, out _, out _));
        Assert.Throws<ArgumentNullException>(() => pattern.Matches(null!));
        Assert.Throws<FormatException>(() => pattern.Matches("a"));
        Assert.Throws<FormatException>(() => pattern.Matches("/~2"));
    }

    [Fact]
    public void AGeneratedQuery_InAnySpelling_HasOneCanonicalText() => PropertyRunner.Check(PathQueries.Queries, query =>
    {
        string canonical = PathPattern.Parse(query.ToString()).ToString();
        Assert.Equal(canonical, PathPattern.Parse(canonical).ToString());
        Assert.Equal(canonical, PathPattern.Parse(query.Write(selector => $" \t{PlainSpelling(selector)}\n")).ToString());
    });

    [Fact]
    public void Matches_SaysWhatTheOracleSelects() => PropertyRunner.Check(PathQueries.Queries, Generators.Documents, (query, text) =>
    {
        PathPattern pattern = PathPattern.Parse(query.ToString());
        using JsonDocument document = JsonDocument.Parse(text.Bytes);
        HashSet<string> selected = [.. query.Select(document.RootElement)];
        foreach (QueryNode node in new QueryNode(document.RootElement, "", []).WithDescendants())
        {
            // Read as a name and as an index, such a token may be selected although the value is not.
            bool isAmbiguous = node.Pointer.Split('/').Any(token => token.Length > 0 && token.All(char.IsAsciiDigit)) && HasDigitNames(document.RootElement);
            Assert.True(pattern.Matches(node.Pointer) == selected.Contains(node.Pointer) || isAmbiguous, $"{pattern} {node.Pointer}");
        }
    });

    private static bool HasDigitNames(JsonElement root) => new QueryNode(root, "", []).WithDescendants()
        .Any(node => node.Value.ValueKind == JsonValueKind.Object && node.Value.EnumerateObject().Any(member => member.Name.All(char.IsAsciiDigit)));

    private static string PlainSpelling(QuerySelector selector) => selector switch
    {
        { IsWildcard: true } => "*",
        { Name: { } name } => $"'{name}'",
        { IsIndex: true } => selector.Start.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{selector.Start} : {selector.End} :{selector.Step}"),
    };

    private static void AssertRefused(string text, int position, string reason, bool isOutsideSubset)
    {
        Assert.False(PathPattern.TryParse(text, out PathPattern? pattern, out PathPatternException? error));
        Assert.Null(pattern);
        Assert.Equal(position, error.Position);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(isOutsideSubset, error.IsOutsideSubset);
        Assert.Contains($"(position {position})", error.Message, StringComparison.Ordinal);
        Assert.Equal(isOutsideSubset, error.Message.Contains("outside the subset: ", StringComparison.Ordinal));
        Assert.Equal(error.Message, Assert.Throws<PathPatternException>(() => PathPattern.Parse(text)).Message);
    }
}
