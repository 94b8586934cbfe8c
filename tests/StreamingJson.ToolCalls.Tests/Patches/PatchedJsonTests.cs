using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.ToolCalls.Envelopes;
using StreamingJson.ToolCalls.Patches;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>Path patches and the text that they build.</summary>
public sealed class PatchedJsonTests
{
    [Theory]
    // How a place is written.
    [InlineData("""{"a":1}""", """{"jsonPath":"$.a","numberValue":1}""")]
    [InlineData("""{"a":1}""", """{"jsonPath":"a","numberValue":1}""")]
    [InlineData("""{"a":1}""", """{"jsonPath":".a","numberValue":1}""")]
    [InlineData("""{"a":1}""", """{"jsonPath":"['a']","numberValue":1}""")]
    [InlineData("""{"a":1}""", """{"jsonPath":"$[\"a\"]","numberValue":1}""")]
    [InlineData("""{"it's":1}""", """{"jsonPath":"$['it\\'s']","numberValue":1}""")]
    [InlineData("""{"a":{"b":[1]}}""", """{"jsonPath":"a.b[0]","numberValue":1}""")]
    [InlineData("""[[1]]""", """{"jsonPath":"$[0][0]","numberValue":1}""")]
    [InlineData("""{"\u0001\u0010\"\\":1}""", """{"jsonPath":"$['\u0001\u0010\"\\\\']","numberValue":1}""")]
    // What is put there.
    [InlineData("""{"a":"NaN"}""", """{"jsonPath":"$.a","numberValue":"NaN"}""")]
    [InlineData("""{"a":true}""", """{"jsonPath":"$.a","boolValue":true}""")]
    [InlineData("""{"a":null}""", """{"jsonPath":"$.a","nullValue":"NULL_VALUE"}""")]
    [InlineData("""{"a":null}""", """{"jsonPath":"$.a","nullValue":null}""")]
    [InlineData("{}", """{"jsonPath":"$.a"}""")]
    [InlineData("{}", """{"jsonPath":"$.a","willContinue":true}""")]
    // Text in pieces; one that says only that no more comes.
    [InlineData("""{"a":"xy"}""", """{"jsonPath":"$.a","stringValue":"x","willContinue":true}""", """{"jsonPath":"$.a","stringValue":"y"}""")]
    [InlineData("""{"a":"x"}""", """{"jsonPath":"$.a","stringValue":"x","willContinue":true}""", """{"jsonPath":"$.a"}""")]
    [InlineData("""{"a":"x","b":1}""", """{"jsonPath":"$.a","stringValue":"x","willContinue":true}""", """{"jsonPath":"$.b","numberValue":1}""")]
    [InlineData("""{"a":"x"}""", """{"jsonPath":"$.a","stringValue":"x"}""", """{"jsonPath":"$.a","stringValue":""}""")]
    // One after the other, in and out of containers.
    [InlineData("""{"a":[1,{"b":2}],"c":3}""", """{"jsonPath":"$.a[0]","numberValue":1}""", """{"jsonPath":"$.a[1].b","numberValue":2}""", """{"jsonPath":"$.c","numberValue":3}""")]
    public void InTheOrderOfTheText(string expected, params string[] patches)
    {
        using var json = new PatchedJson();
        Assert.All(patches, patch => Assert.True(TryApply(json, patch)));
        json.Close();
        Assert.False(json.IsReordered);
        Assert.Equal(expected, Encoding.UTF8.GetString(json.Text));
        Assert.Equal(expected, Encoding.UTF8.GetString(json.TakeNew()));
    }

    [Theory]
    [InlineData("""{"a":[1,2],"b":3}""", """{"jsonPath":"$.a[0]","numberValue":1}""", """{"jsonPath":"$.b","numberValue":3}""", """{"jsonPath":"$.a[1]","numberValue":2}""")]
    [InlineData("""{"a":2}""", """{"jsonPath":"$.a","numberValue":1}""", """{"jsonPath":"$.a","numberValue":2}""")]
    [InlineData("""{"a":"xyz","b":3}""", """{"jsonPath":"$.a","stringValue":"x"}""", """{"jsonPath":"$.b","numberValue":3}""", """{"jsonPath":"$.a","stringValue":"y","willContinue":true}""", """{"jsonPath":"$.a","stringValue":"z"}""")]
    [InlineData("""{"a":[null,null,1]}""", """{"jsonPath":"$.a[2]","numberValue":1}""")]
    [InlineData("""{"a":{"b":[1,"x",[],null]},"c":"NaN"}""",
        """{"jsonPath":"$.a.b[0]","numberValue":1}""", """{"jsonPath":"$.a.b[1]","stringValue":"x"}""", """{"jsonPath":"$.c","numberValue":"NaN"}""",
        """{"jsonPath":"$.a.b[2][0]","nullValue":null}""", """{"jsonPath":"$.a.b[2]","boolValue":true}""", """{"jsonPath":"$.a.b[3]"}""", """{"jsonPath":"$.a.b[3]","nullValue":null}""")]
    [InlineData("""{"a":{"b":1}}""", """{"jsonPath":"$.a","numberValue":1}""", """{"jsonPath":"$.a.b","numberValue":1}""")]
    [InlineData("""{"a":{"b":1}}""", """{"jsonPath":"$.a[0]","numberValue":1}""", """{"jsonPath":"$.a.b","numberValue":1}""")]
    [InlineData("""[2,1]""", """{"jsonPath":"$[1]","numberValue":1}""", """{"jsonPath":"$[0]","numberValue":2}""")]
    public void BackToAnEarlierPlace_IsAnotherText(string expected, params string[] patches)
    {
        using var json = new PatchedJson();
        Assert.All(patches, patch => Assert.True(TryApply(json, patch)));
        Assert.True(json.IsReordered);
        json.Close();
        expected = expected.Replace("[],", "true,", StringComparison.Ordinal);
        Assert.Equal(expected, Encoding.UTF8.GetString(json.Text));
        Assert.True(json.TakeNew().IsEmpty);
        json.Reset();
        Assert.True(json.IsEmpty);
        Assert.True(TryApply(json, """{"jsonPath":"$.again","numberValue":1}"""));
        json.Close();
        Assert.Equal("""{"again":1}""", Encoding.UTF8.GetString(json.Text));
    }

    public static TheoryData<string> NoPlaces =>
    [
        "{}", """{"jsonPath":5}""", """{"jsonPath":""}""", """{"jsonPath":"$"}""", """{"jsonPath":"$."}""", """{"jsonPath":"$.a."}""", """{"jsonPath":"$a"}""", """{"jsonPath":"$.a["}""",
        """{"jsonPath":"$['a"}""", """{"jsonPath":"$['a'"}""", """{"jsonPath":"$['a'x"}""", """{"jsonPath":"$['a\\"}""", """{"jsonPath":"$[x]"}""", """{"jsonPath":"$[-1]"}""", """{"jsonPath":"$[0"}""", """{"jsonPath":"$[0x"}""",
        $$"""{"jsonPath":"${{string.Concat(Enumerable.Repeat(".a", 65))}}"}""",
    ];

    [Theory]
    [MemberData(nameof(NoPlaces))]
    public void WhatIsNoPlace_IsRefused(string patch)
    {
        using var json = new PatchedJson();
        Assert.False(TryApply(json, patch));
        Assert.True(json.IsEmpty);
    }

    [Theory]
    [InlineData("$.a[300000]")]
    [InlineData("$[2147483647]")]
    public void AnItemThatNobodyCouldHold_IsRefused(string path)
    {
        using var json = new PatchedJson();
        Assert.True(TryApply(json, """{"jsonPath":"$.b","numberValue":1}"""));
        Assert.False(TryApply(json, $$"""{"jsonPath":"{{path}}","numberValue":1}"""));
    }

    [SlowFact]
    public void MoreTextThanArgumentsMayHave_IsRefused_OnceThePatchesWentBack()
    {
        using var json = new PatchedJson();
        Assert.True(TryApply(json, """{"jsonPath":"$.a","numberValue":1}"""));
        Assert.True(TryApply(json, """{"jsonPath":"$.a","numberValue":2}"""));
        string patch = $$"""{"jsonPath":"$.b","stringValue":"{{new string('x', 1 << 22)}}"}""";
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => TryApply(json, patch)));
        Assert.False(TryApply(json, """{"jsonPath":"$.new.name","numberValue":1}"""));
    }

    [SlowTheory]
    [InlineData("$.a[{0}]")]
    [InlineData("$.a.b{0}")]
    public void WhatIsTooLargeForATree_CannotGoBack(string path)
    {
        using var json = new PatchedJson();
        string text = new('x', 1 << 22);
        Assert.All(Enumerable.Range(0, 5), place => Assert.True(TryApply(json, $$"""{"jsonPath":"{{string.Format(CultureInfo.InvariantCulture, path, place)}}","stringValue":"{{text}}"}""")));
        Assert.False(TryApply(json, $$"""{"jsonPath":"{{string.Format(CultureInfo.InvariantCulture, path, 0)}}","numberValue":1}"""));
    }

    /// <summary>Any patches in any order: what an applier that knows nothing but the last value of each place builds.</summary>
    [Fact]
    public void EveryOrderOfFourPlaces_GivesTheSameValue()
    {
        (string Patch, string Json)[] places =
        [
            ("""{"jsonPath":"$.a[0]","numberValue":1}""", "a0"), ("""{"jsonPath":"$.a[1].b","stringValue":"x"}""", "a1"), ("""{"jsonPath":"$.c","boolValue":false}""", "c"), ("""{"jsonPath":"$.d.e","nullValue":null}""", "d"),
        ];
        JsonElement expected = JsonElement.Parse("""{"a":[1,{"b":"x"}],"c":false,"d":{"e":null}}""");
        foreach (int[] order in Orders([0, 1, 2, 3]))
        {
            using var json = new PatchedJson();
            Assert.All(order, place => Assert.True(TryApply(json, places[place].Patch)));
            json.Close();
            Assert.True(JsonElement.DeepEquals(expected, JsonElement.Parse(Encoding.UTF8.GetString(json.Text))), string.Join(' ', order.Select(place => places[place].Json)));
        }
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length < 2 ? [items] : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));

    private static bool TryApply(PatchedJson json, string patch)
    {
        using var envelope = new Envelope();
        Assert.True(envelope.TryRead(Encoding.UTF8.GetBytes(patch), out EnvelopeValue root));
        return json.TryApply(root);
    }
}
