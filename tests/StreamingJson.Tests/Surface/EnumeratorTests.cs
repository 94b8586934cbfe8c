using System;
using System.Collections.Generic;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>The enumerators, and <see cref="PartialJsonProperty"/>.</summary>
public class EnumeratorTests
{
    [Theory]
    [InlineData("[", "")]
    [InlineData("[]", "")]
    [InlineData("[1", "")]
    [InlineData("[1,", "1 ")]
    [InlineData("[1,[2,[3]],{\"a\":{\"b\":[]}},\"x", "1 [2,[3]] {\"a\":{\"b\":[]}} \"x\" ")]
    [InlineData("[[[", "[[]] ")]
    public void Items_InOrder_EachWithAllItsDescendants(string json, string expected)
    {
        string seen = "";
        foreach (PartialJsonElement item in Root(json).EnumerateArray())
        {
            seen += item + " ";
        }

        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("{\"a\":1", "")]
    [InlineData("{\"a\":{\"x\":1},\"b\\n\":[2],\"a\":\"z", "a={\"x\":1} b\n=[2] a=\"z\" ")]
    public void Properties_InOrder_RepeatedOnesIncluded(string json, string expected)
    {
        string seen = "";
        foreach (PartialJsonProperty property in Root(json).EnumerateObject())
        {
            seen += $"{property.Name}={property.Value} ";
            Assert.True(property.NameEquals(property.Name));
            Assert.True(property.NameEquals(property.NameUtf8));
            Assert.False(property.NameEquals(property.Name + "x"));
            Assert.Throws<ArgumentNullException>(() => property.NameEquals((string)null!));
        }

        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Current_BeforeTheFirst_IsTheDefaultValue()
    {
        PartialJsonElement root = Whole("[1,{\"a\":2}]");
        PartialJsonElement.ArrayEnumerator items = root.EnumerateArray();
        Assert.Equal(JsonValueKind.Undefined, items.Current.ValueKind);
        PartialJsonElement.ObjectEnumerator properties = root[1].EnumerateObject();
        Assert.Equal(JsonValueKind.Undefined, properties.Current.Value.ValueKind);
        Assert.Throws<InvalidOperationException>(() => default(PartialJsonProperty).Name);
        Assert.False(default(PartialJsonElement.ArrayEnumerator).MoveNext());
        Assert.False(default(PartialJsonElement.ObjectEnumerator).MoveNext());
    }

    [Fact]
    public void GetEnumerator_StartsFromTheBeginning_AlsoInTheMiddle()
    {
        PartialJsonElement root = Whole("{\"a\":[1,2,3],\"b\":0}");
        PartialJsonElement.ArrayEnumerator items = root.GetProperty("a").EnumerateArray();
        Assert.True(items.MoveNext());
        Assert.True(items.MoveNext());
        var seen = new List<int>();
        foreach (PartialJsonElement item in items)
        {
            seen.Add(item.GetInt32());
        }

        Assert.Equal([1, 2, 3], seen);
        PartialJsonElement.ObjectEnumerator properties = root.EnumerateObject();
        Assert.True(properties.MoveNext());
        PartialJsonElement.ObjectEnumerator again = properties.GetEnumerator();
        Assert.True(again.MoveNext());
        Assert.Equal("a", again.Current.Name);
        Assert.True(properties.MoveNext());
        Assert.Equal("b", properties.Current.Name);
        Assert.False(properties.MoveNext());
        Assert.Equal("b", properties.Current.Name);
    }

    [Fact]
    public void AnEnumeration_ShowsItsSnapshot_HoweverMuchIsAppendedMeanwhile()
    {
        using StreamingJsonParser parser = Append("[1,2,");
        var seen = new List<int>();
        foreach (PartialJsonElement item in parser.Snapshot.RootElement.EnumerateArray())
        {
            seen.Add(item.GetInt32());
            parser.Append("3,4,5,6,7,8,9,"u8);
        }

        Assert.Equal([1, 2], seen);
        Assert.Equal(16, parser.Snapshot.RootElement.GetArrayLength());
    }

    [AllocationFact]
    public void Enumerating_AllocatesNothing()
    {
        using StreamingJsonParser parser = Append("{\"a\":[1,2,{\"b\":\"c\\n\"}],\"d\":null}");
        JsonSnapshot snapshot = parser.Snapshot;
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            int count = 0;
            foreach (PartialJsonProperty property in snapshot.RootElement.EnumerateObject())
            {
                count += property.NameUtf8.Length;
                if (property.Value.ValueKind == JsonValueKind.Array)
                {
                    foreach (PartialJsonElement item in property.Value.EnumerateArray())
                    {
                        count += item.RawUtf8.Length;
                    }
                }
            }

            GC.KeepAlive(count == 0 ? "never" : null);
        }));
    }
}
