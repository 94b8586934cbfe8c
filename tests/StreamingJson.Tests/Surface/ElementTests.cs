using System;
using System.Collections.Generic;
using System.Text.Json;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary><see cref="PartialJsonElement"/>: kinds, strings, booleans, look-ups.</summary>
public class ElementTests
{
    private const string OneOfEach = "{\"object\":{},\"array\":[],\"string\":\"s\",\"number\":1,\"true\":true,\"false\":false,\"null\":null}";

    [Theory]
    [InlineData("object", JsonValueKind.Object)]
    [InlineData("array", JsonValueKind.Array)]
    [InlineData("string", JsonValueKind.String)]
    [InlineData("number", JsonValueKind.Number)]
    [InlineData("true", JsonValueKind.True)]
    [InlineData("false", JsonValueKind.False)]
    [InlineData("null", JsonValueKind.Null)]
    public void ValueKind_AsJsonElementSaysIt_AndMembersOfOtherKindsRefuse(string name, JsonValueKind kind)
    {
        PartialJsonElement element = Whole(OneOfEach).GetProperty(name);
        Assert.Equal(kind, element.ValueKind);
        Refuses(kind == JsonValueKind.Object, () => element.EnumerateObject());
        Refuses(kind == JsonValueKind.Object, () => element.GetPropertyCount());
        Refuses(kind == JsonValueKind.Object, () => element.TryGetProperty("a", out _));
        Refuses(kind == JsonValueKind.Array, () => element.EnumerateArray());
        Refuses(kind == JsonValueKind.Array, () => element.GetArrayLength());
        Refuses(kind is JsonValueKind.String or JsonValueKind.Null, () => element.GetString());
        Refuses(kind == JsonValueKind.String, () => _ = element.TextUtf8.Length);
        Refuses(kind is JsonValueKind.True or JsonValueKind.False, () => element.GetBoolean());
        Refuses(kind == JsonValueKind.Number, () => element.TryGetInt32(out _));
        Refuses(kind == JsonValueKind.Number, () => element.TryGetInt64(out _));
        Refuses(kind == JsonValueKind.Number, () => element.TryGetUInt64(out _));
        Refuses(kind == JsonValueKind.Number, () => element.TryGetDouble(out _));
        Refuses(kind == JsonValueKind.Number, () => element.TryGetDecimal(out _));
        Refuses(kind == JsonValueKind.Number, () => element.GetInt32());
    }

    [Fact]
    public void TheDefaultElement_IsUndefined_AndRefusesTheRest()
    {
        PartialJsonElement element = default;
        Assert.Equal(JsonValueKind.Undefined, element.ValueKind);
        Assert.False(element.IsComplete);
        Assert.Empty(element.ToString());
        Assert.False(element.ValueEquals("x"));
        Assert.False(element.ValueEquals((string?)null));
        Assert.False(element.TryGetElement("/a", out _));
        Assert.All(
            new Action[]
            {
                () => element.GetString(), () => element.GetBoolean(), () => element.GetRawText(), () => element.GetPointer(),
                () => element.EnumerateArray(), () => element.EnumerateObject(), () => _ = element.ByteRange, () => _ = element[0],
                () => element.GetProperty("a"), () => element.TryGetInt32(out _),
            },
            use => Assert.Throws<InvalidOperationException>(use));
    }

    [Theory]
    [InlineData("\"", "", false)]
    [InlineData("\"Par", "Par", false)]
    [InlineData("\"Par\"", "Par", true)]
    [InlineData("\"a\\", "a", false)]
    [InlineData("\"a\\n", "a\n", false)]
    [InlineData("\"\\u00e", "", false)]
    [InlineData("\"\\u00e9", "é", false)]
    [InlineData("\"\\ud83d", "", false)]
    [InlineData("\"\\ud83d\\ude00", "😀", false)]
    [InlineData("\"\\ud83dx", "\ufffdx", false)]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", true)]
    public void AString_IsItsTextSoFar(string json, string text, bool isComplete)
    {
        PartialJsonElement element = Root(json);
        Assert.Equal(text, element.GetString());
        Assert.Equal(text, Utf8(element.TextUtf8));
        Assert.Equal(isComplete, element.IsComplete);
        Assert.True(element.ValueEquals(text));
        Assert.False(element.ValueEquals(text + "x"));
    }

    [Fact]
    public void AString_NeverShowsHalfAScalarValue()
    {
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        foreach (byte next in "\"aé😀\""u8)
        {
            parser.Append([next]);
            seen.Add(parser.Snapshot.RootElement.GetString()!);
        }

        Assert.Equal(["", "a", "a", "aé", "aé", "aé", "aé", "aé😀", "aé😀"], seen);
    }

    [Fact]
    public void ValueEquals_ComparesUnescapedTextOfStringsOnly()
    {
        PartialJsonElement root = Whole("[\"caf\\u00e9\",null,1,\"\",true]");
        Assert.True(root[0].ValueEquals("café"));
        Assert.True(root[0].ValueEquals("café"u8));
        Assert.False(root[0].ValueEquals("caf"));
        Assert.False(root[0].ValueEquals((string?)null));
        Assert.True(root[1].ValueEquals((string?)null));
        Assert.False(root[1].ValueEquals(""));
        Assert.False(root[2].ValueEquals("1"));
        Assert.True(root[3].ValueEquals(""));
        Assert.False(root[4].ValueEquals("true"u8));
        Assert.Null(root[1].GetString());
    }

    [Fact]
    public void ValueEquals_OfTextThatIsNoUtf16_IsFalse()
    {
        Assert.False(Whole("\"\ufffd\"").ValueEquals("\ud800"));
        Assert.True(Whole("\"\ufffd\"").ValueEquals("\ufffd"));
    }

    [Fact]
    public void Booleans()
    {
        PartialJsonElement root = Whole("[true,false]");
        Assert.True(root[0].GetBoolean());
        Assert.False(root[1].GetBoolean());
    }

    [Fact]
    public void Indexer_AndLength_OfOpenAndClosedArrays()
    {
        PartialJsonElement open = Root("[1,[2,3],{\"a\":4},\"x");
        Assert.Equal(4, open.GetArrayLength());
        Assert.Equal(["1", "[2,3]", "{\"a\":4}", "\"x\""], [open[0].ToString(), open[1].ToString(), open[2].ToString(), open[3].ToString()]);
        Assert.Equal(2, open[1].GetArrayLength());
        Assert.Throws<ArgumentOutOfRangeException>(() => open[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => open[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Whole("[]")[0]);
        Assert.Equal(0, Root("[").GetArrayLength());
    }

    [Fact]
    public void AProperty_AppearsTogetherWithItsValue()
    {
        Assert.False(Root("{\"a\":").TryGetProperty("a", out _));
        Assert.False(Root("{\"a\":1").TryGetProperty("a", out _));
        Assert.True(Root("{\"a\":1,").TryGetProperty("a", out PartialJsonElement number));
        Assert.Equal(1, number.GetInt32());
        Assert.True(Root("{\"a\":[").TryGetProperty("a"u8, out PartialJsonElement array));
        Assert.False(array.IsComplete);
        Assert.Throws<KeyNotFoundException>(() => Root("{\"a\":").GetProperty("a"));
        Assert.Throws<KeyNotFoundException>(() => Root("{}").GetProperty("a"u8));
        Assert.Throws<ArgumentNullException>(() => Root("{}").GetProperty((string)null!));
        Assert.Throws<ArgumentNullException>(() => Root("{}").TryGetProperty((string)null!, out _));
    }

    [Fact]
    public void NamesCompareUnescaped_AndTheLastOfANameWins()
    {
        PartialJsonElement root = Root("{\"caf\\u00e9\":1,\"\":2,\"a\":3,\"a\":{\"a\":4},\"a\":5,\"b\":[");
        Assert.Equal(1, root.GetProperty("café").GetInt32());
        Assert.Equal(2, root.GetProperty("").GetInt32());
        Assert.Equal(5, root.GetProperty("a").GetInt32());
        Assert.Equal(6, root.GetPropertyCount());
    }

    private static void Refuses(bool isOfTheKind, Action use)
    {
        if (isOfTheKind)
        {
            use();
        }
        else
        {
            Assert.Throws<InvalidOperationException>(use);
        }
    }
}
