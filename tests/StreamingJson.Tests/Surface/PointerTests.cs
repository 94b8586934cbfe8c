using System;
using System.Collections.Generic;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>RFC 6901: from a pointer to a value, and from a value to its pointer.</summary>
public class PointerTests
{
    // The document of RFC 6901, section 5.
    private const string RfcDocument =
        """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}""";

    [Theory]
    [InlineData("", RfcDocument)]
    [InlineData("/foo", "[\"bar\",\"baz\"]")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    public void TheExamplesOfTheRfc(string pointer, string value)
    {
        Assert.True(Whole(RfcDocument).TryGetElement(pointer, out PartialJsonElement element));
        Assert.Equal(value, element.ToString());
        Assert.Equal(pointer, element.GetPointer());
    }

    [Theory]
    [InlineData("/~01", "tilde one")]
    [InlineData("/~1~0", "slash tilde")]
    [InlineData("//", "empty in empty")]
    [InlineData("/café/😀/1", "deep")]
    [InlineData("/a\"\n", "escaped")]
    public void NamesOfEveryKind(string pointer, string value)
    {
        const string Json = """{"~1":"tilde one","/~":"slash tilde","":{"":"empty in empty"},"caf\u00e9":{"\ud83d\ude00":[0,"deep"]},"a\"\n":"escaped"}""";
        Assert.True(Snapshot(Json).TryGetElement(pointer, out PartialJsonElement element));
        Assert.Equal(value, element.GetString());
        Assert.Equal(pointer, element.GetPointer());
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/00")]
    [InlineData("/foo/01")]
    [InlineData("/foo/1e0")]
    [InlineData("/foo/ 1")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/1\0")]
    [InlineData("/foo/\u0661")]
    [InlineData("/foo/99999999999999999999")]
    [InlineData("/foo/")]
    [InlineData("/foo/0/0")]
    [InlineData("/foo/0/")]
    [InlineData("//a")]
    [InlineData("/FOO")]
    public void NotFound(string pointer)
    {
        Assert.False(Whole(RfcDocument).TryGetElement(pointer, out PartialJsonElement element));
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, element.ValueKind);
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("#/foo")]
    [InlineData("/~")]
    [InlineData("/~2")]
    [InlineData("/a~")]
    [InlineData("/nothing/~")]
    public void Malformed(string pointer)
    {
        PartialJsonElement root = Whole(RfcDocument);
        Assert.Throws<FormatException>(() => root.TryGetElement(pointer, out _));
        Assert.Throws<FormatException>(() => default(PartialJsonElement).TryGetElement(pointer, out _));
    }

    /// <summary>There are two kinds of addresses: who mixes them up is told.</summary>
    [Fact]
    public void APathPattern_InPlaceOfAPointer_IsNamed_AndTheReverse()
    {
        PartialJsonElement root = Whole(RfcDocument);
        foreach (Action use in new Action[] { () => root.TryGetElement("$.foo", out _), () => _ = new JsonPointerReader("$.foo"), () => PathPattern.Parse("$").Matches("$.foo") })
        {
            Assert.Contains("'$...' is a path pattern", Assert.Throws<FormatException>(use).Message, StringComparison.Ordinal);
        }

        Assert.Contains("'/...' is a JSON pointer", Assert.Throws<PathPatternException>(() => PathPattern.Parse("/foo")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => Snapshot("1 ").TryGetElement(null!, out _));
        Assert.Throws<ArgumentNullException>(() => default(JsonSnapshot).TryGetElement(null!, out _));
    }

    [Fact]
    public void FromAnElementDown_AndWhileItGrows()
    {
        PartialJsonElement root = Root("{\"plan\":{\"steps\":[{\"title\":\"one\"},{\"title\":\"tw");
        Assert.True(root.TryGetElement("/plan", out PartialJsonElement plan));
        Assert.True(plan.TryGetElement("/steps/1/title", out PartialJsonElement title));
        Assert.Equal("tw", title.GetString());
        Assert.Equal("/plan/steps/1/title", title.GetPointer());
        Assert.True(plan.TryGetElement("", out PartialJsonElement same));
        Assert.Equal("/plan", same.GetPointer());
        Assert.False(plan.TryGetElement("/steps/1/done", out _));
    }

    [Fact]
    public void EveryValue_IsFoundByItsPointer()
    {
        const string Json = "{\"a\":[[],[1,[2]],{\"b\":{\"~/\":[null,\"\"]}}],\"c\":{},\"d\":[{\"e\":1},{\"e\":2,\"f\":\"x";
        PartialJsonElement root = Root(Json);
        var pending = new Stack<PartialJsonElement>([root]);
        int count = 0;
        while (pending.TryPop(out PartialJsonElement element))
        {
            count++;
            Assert.True(root.TryGetElement(element.GetPointer(), out PartialJsonElement found));
            Assert.Equal(element.ByteRange, found.ByteRange);
            if (element.ValueKind == System.Text.Json.JsonValueKind.Array)
            {
                foreach (PartialJsonElement item in element.EnumerateArray())
                {
                    pending.Push(item);
                }
            }
            else if (element.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                foreach (PartialJsonProperty property in element.EnumerateObject())
                {
                    pending.Push(property.Value);
                }
            }
        }

        Assert.Equal(19, count);
    }

    [Fact]
    public void OfARepeatedName_TheLastIsFound()
    {
        PartialJsonElement root = Root("{\"a\":{\"b\":1},\"a\":{\"b\":2}}");
        Assert.True(root.TryGetElement("/a/b", out PartialJsonElement element));
        Assert.Equal(2, element.GetInt32());
    }
}
