using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>A pointer that is looked up in one snapshot after another: the same answers as from <c>TryGetElement</c>, which starts anew each time.</summary>
public class PointerReaderTests
{
    private const int MostPointers = 12;

    private static readonly string[] Children = ["/", "/1", "/a/b", "/-"];

    [Fact]
    public void ItFinds_WhatASearchFromTheRootFinds_InSnapshotsOfAnyAge() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        Arb.From(Gen.Choose(0, int.MaxValue)),
        (text, cuts, seed) =>
        {
            var random = new Random(seed);
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            JsonPointerReader[] readers = [.. Pointers(text.Bytes, random).Select(pointer => new JsonPointerReader(pointer))];
            for (int round = 0; round < 2; round++)
            {
                var snapshots = new List<JsonSnapshot>();
                foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text.Bytes))
                {
                    parser.TryAppend(chunk.Span);
                    snapshots.Add(parser.Snapshot);
                    foreach (JsonPointerReader reader in readers)
                    {
                        AssertSame(reader, snapshots[^1]);
                        AssertSame(reader, snapshots[random.Next(snapshots.Count)]);
                    }
                }

                parser.Reset();
            }
        });

    [Theory]
    [InlineData("/a", """{"a":1,"a":[2],"a":"three"}""")] // the last of a name
    [InlineData("/a/b", """{"a":{"b":1},"a":{"c":2},"x":3}""")] // the last of a name has no such child
    [InlineData("/a/b", """{"a":1,"a":{"b":2}}""")] // what led nowhere is repeated
    [InlineData("/a/b", """{"a":[[]],"a":{"b":{"b":[]}}}""")]
    [InlineData("/a/b", """{"x":1,"a":{"b":1},"x":2,"y":3}""")] // another name is repeated
    [InlineData("/a/b", """{"a":{"c":{},"c":1,"b":2,"b":3}}""")]
    [InlineData("/a/0/b", """{"a":[{"b":1,"b":2},{"b":3}]}""")]
    [InlineData("/a/1/b", """{"a":[{"b":1,"b":2},{"b":3}],"a":[]}""")]
    [InlineData("/2", """[[1],{"x":[2]},"three",4]""")]
    [InlineData("/x", "[1,2,3]")] // a name in an array
    [InlineData("/0", """{"1":1,"0":[0],"00":2}""")] // an index that is a name
    [InlineData("/-", "[1,2]")]
    [InlineData("/\u00e9", "{\"\\u00e9\":\"x\\ny\",\"e\":1}")]
    [InlineData("", """{"a":[1,2]}""")]
    [InlineData("", "1 [2] \"three\" ")] // several roots
    [InlineData("/1", "[1,2] [3] [4,5]")]
    [InlineData("/a", "{\"a\":1} {\"b\":1} {\"a\":2} 3 ")]
    public void NamedCases_AtEachByte_InEveryOrder(string pointer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using var parser = new StreamingJsonParser(OptionSets.Lenient);
        var snapshots = new List<JsonSnapshot> { parser.Snapshot };
        var reader = new JsonPointerReader(pointer);
        foreach (byte b in bytes)
        {
            parser.Append([b]);
            snapshots.Add(parser.Snapshot);
            AssertSame(reader, parser.Snapshot);
        }

        foreach (JsonSnapshot first in snapshots)
        {
            foreach (JsonSnapshot second in snapshots)
            {
                AssertSame(reader, first);
                AssertSame(reader, second);
            }
        }

        Assert.Equal(pointer, reader.Pointer);
    }

    [Fact]
    public void OneReader_ForSeveralParsers_InTurns()
    {
        using StreamingJsonParser first = Append("""{"x":[0],"id":"first""");
        using StreamingJsonParser second = Append("""{"id":"second""");
        using StreamingJsonParser none = Append("""{"x":{"id":1}""");
        var reader = new JsonPointerReader("/id");
        for (int i = 0; i < 3; i++)
        {
            Assert.True(reader.TryGetElement(first.Snapshot, out PartialJsonElement element));
            Assert.Equal("first", element.GetString());
            Assert.False(reader.TryGetElement(none.Snapshot, out element));
            Assert.Equal(JsonValueKind.Undefined, element.ValueKind);
            Assert.True(reader.TryGetElement(second.Snapshot, out element));
            Assert.Equal("second", element.GetString());
        }
    }

    [Fact]
    public void AfterAReset_TheOldSnapshotIsRefused_AndTheNewTextIsRead()
    {
        using StreamingJsonParser parser = Append("""{"id":"old"}""");
        var reader = new JsonPointerReader("/id");
        JsonSnapshot old = parser.Snapshot;
        Assert.True(reader.TryGetElement(old, out _));
        parser.Reset();
        Assert.Throws<InvalidOperationException>(() => reader.TryGetElement(old, out _));
        Assert.False(reader.TryGetElement(parser.Snapshot, out _));
        parser.Append("""{"x":0,"id":"new"}"""u8);
        Assert.Throws<InvalidOperationException>(() => reader.TryGetElement(old, out _));
        Assert.True(reader.TryGetElement(parser.Snapshot, out PartialJsonElement element));
        Assert.Equal("new", element.GetString());
        JsonSnapshot last = parser.Snapshot;
        parser.Dispose();
        Assert.Throws<InvalidOperationException>(() => reader.TryGetElement(last, out _));
    }

    [Fact]
    public void TheDefaultSnapshot_HasNothing() => Assert.False(new JsonPointerReader("").TryGetElement(default, out _));

    [Fact]
    public void WhatIsNoPointer_IsRefusedAtOnce()
    {
        Assert.Throws<ArgumentNullException>(() => new JsonPointerReader(null!));
        foreach (string pointer in (string[])["a", "#/a", "/~", "/~2", "/a/~"])
        {
            Assert.Throws<FormatException>(() => new JsonPointerReader(pointer));
        }
    }

    private static void AssertSame(JsonPointerReader reader, JsonSnapshot snapshot)
    {
        bool isThere = snapshot.TryGetElement(reader.Pointer, out PartialJsonElement expected);
        Assert.Equal(isThere, reader.TryGetElement(snapshot, out PartialJsonElement found));
        Assert.Equal(expected.ValueKind, found.ValueKind);
        if (isThere)
        {
            Assert.Equal(expected.ByteRange, found.ByteRange);
            Assert.Equal(expected.IsComplete, found.IsComplete);
        }
    }

    // Of values that there will be, and of some that there will not.
    private static List<string> Pointers(byte[] text, Random random)
    {
        using var parser = new StreamingJsonParser(OptionSets.Lenient);
        parser.TryAppend(text);
        var pointers = new List<string> { "", "/0", "/a" };
        foreach (PartialJsonElement value in Observed.ValuesPostOrder(parser.Snapshot).OrderBy(_ => random.Next()).Take(MostPointers))
        {
            string pointer = value.GetPointer();
            pointers.Add(pointer);
            pointers.Add(pointer + Children[random.Next(Children.Length)]);
        }

        return pointers;
    }
}
