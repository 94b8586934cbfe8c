using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Binding.Partials;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>Law 9 for values of a type: what is complete is read once; what is assembled is proportional to the looks. Counted, not timed.</summary>
public class PartialCostTests
{
    private const int Delta = 4;
    private const int Pace = 16;

    [Fact]
    public void WhatIsComplete_IsReadOnce()
    {
        byte[] text = ReportOf(64 * 1024);
        PartialBinder binder = Read(text);
        Assert.InRange(binder.BytesRead, text.Length / 2, text.Length); // names and brackets of what was open are not values
    }

    [Fact]
    public void TwiceTheText_IsTwiceTheWork()
    {
        PartialBinder half = Read(ReportOf(64 * 1024));
        PartialBinder whole = Read(ReportOf(128 * 1024));
        Assert.InRange((double)whole.BytesRead / half.BytesRead, 1.8, 2.2);
        Assert.InRange((double)whole.BytesAssembled / half.BytesAssembled, 1.8, 2.2);
        Assert.InRange((double)whole.BytesOfGrowingText / half.BytesOfGrowingText, 1.8, 2.2);
    }

    [Fact]
    public void ALook_ThatBringsNothing_MakesNothing()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
        parser.Append("""{"id":"a","title":"gro""");
        Report? first = reader.Read().Value;
        long assembled = reader.Binder.BytesAssembled;
        Assert.Same(first, reader.Read().Value);
        parser.Append("\\u00");
        Assert.Same(first, reader.Read().Value);
        Assert.Equal(assembled, reader.Binder.BytesAssembled);
    }

    [Fact]
    public void WhatIsComplete_IsTheSameObjectFromThenOn()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
        parser.Append("""{"id":"a","sections":[{"heading":"one"},{"heading":"tw""");
        Partial<Report> first = reader.Read();
        parser.Append("""o","where":{"x":1}},{""");
        Partial<Report> second = reader.Read();
        parser.Append("""}],"title":"t"}""");
        Partial<Report> third = reader.Read();

        Assert.Same(first.Value!.Sections![0], third.Value!.Sections![0]);
        Assert.Same(second.Value!.Sections![1], third.Value.Sections[1]);
        Assert.NotSame(first.Value.Sections[1], second.Value.Sections[1]);
        Assert.Equal("tw", first.Value.Sections[1].Heading);
        Assert.Equal([2, 3, 3], new[] { first, second, third }.Select(partial => partial.Value!.Sections!.Count));
    }

    [Theory]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(int[]))]
    public void ALongListOfNumbers_IsReadOnce(Type type)
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 5000)) + "]");
        PartialBinder binder = type == typeof(int[]) ? Read(text, Contracts.ByReflection<int[]>()) : Read(text, Contracts.ByReflection<List<int>>());
        Assert.InRange(binder.BytesRead, text.Length * 6 / 10, text.Length);
        Assert.Equal(0, binder.BytesAssembled);
    }

    private static PartialBinder Read(byte[] text) => Read(text, Contracts.Generated<Report>());

    private static PartialBinder Read<T>(byte[] text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> typeInfo)
    {
        using var parser = new StreamingJsonParser();
        PartialReader<T> reader = parser.ReadPartial(typeInfo);
        for (int at = 0, deltas = 1; at < text.Length; at += Delta, deltas++)
        {
            parser.Append(text.AsSpan(at, Math.Min(Delta, text.Length - at)));
            if (deltas % Pace == 0)
            {
                Assert.Null(reader.Read().Error);
            }
        }

        parser.EnsureComplete();
        Assert.Equal(
            JsonSerializer.Serialize(JsonSerializer.Deserialize(text, typeInfo)!, typeInfo),
            JsonSerializer.Serialize(reader.Read().GetCompleteValue()!, typeInfo));
        return reader.Binder;
    }

    private static byte[] ReportOf(int length)
    {
        var text = new StringBuilder("""{"id":"r","title":"A report","sections":[""");
        for (int index = 0; text.Length < length; index++)
        {
            text.Append(index > 0 ? "," : "").Append("{\"heading\":\"Section ").Append(index)
                .Append("\",\"paragraphs\":[\"The quick brown fox jumps over the lazy dog.\",\"Again.\"],\"where\":{\"x\":1,\"y\":2}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("""],"severity":1}""").ToString());
    }
}
