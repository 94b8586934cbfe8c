using System;
using System.Buffers;
using System.Text.Json;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>Closed, valid JSON of what is known: <c>ToString</c> and <c>WriteTo</c> on every kind, open and closed.</summary>
public class ClosedJsonTests
{
    [Theory]
    [InlineData("{ }", "{}")]
    [InlineData("{ ", "{}")]
    [InlineData("{\"a\" : { \"b\" : [", "{\"a\":{\"b\":[]}}")]
    [InlineData("[ ]", "[]")]
    [InlineData("[", "[]")]
    [InlineData("[[],[1,", "[[],[1]]")]
    [InlineData("\"x\\u00e9\\n\\\"\\\\/\"", "\"xé\\n\\\"\\\\/\"")]
    [InlineData("\"x\\u00e9\\", "\"xé\"")]
    [InlineData("\"<script>&'", "\"<script>&'\"")]
    [InlineData("\"\\u0000\\u001f", "\"\\u0000\\u001F\"")]
    [InlineData("\"\\ud800\"", "\"\ufffd\"")]
    [InlineData("\"汉字😀", "\"汉字\\uD83D\\uDE00\"")] // as the relaxed encoder of System.Text.Json writes it
    [InlineData("-12.50E+3 ", "-12.50E+3")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "null")]
    [InlineData("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}")]
    [InlineData("{\"na\\u006de\\n\":0}", "{\"name\\n\":0}")]
    public void ToString_IsCompactAndClosed(string json, string closed)
    {
        PartialJsonElement root = Root(json);
        Assert.Equal(closed, root.ToString());
        using var document = JsonDocument.Parse(closed);
        Assert.Equal(root.ValueKind, document.RootElement.ValueKind);
    }

    [Fact]
    public void ToString_OfPartsOfAValue()
    {
        PartialJsonElement root = Root("{\"a\":[1,{\"b\":\"x\"},[2,[3]]],\"c\":\"gro");
        Assert.Equal("[1,{\"b\":\"x\"},[2,[3]]]", root.GetProperty("a").ToString());
        Assert.Equal("{\"b\":\"x\"}", root.GetProperty("a")[1].ToString());
        Assert.Equal("[2,[3]]", root.GetProperty("a")[2].ToString());
        Assert.Equal("\"gro\"", root.GetProperty("c").ToString());
    }

    [Fact]
    public void WriteTo_GoesOnWhereTheWriterStands_InItsFormat()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("partial"u8);
            Root("[1e400,{\"a\":\"é").WriteTo(writer);
            writer.WritePropertyName("snapshot"u8);
            Snapshot("tru").WriteTo(writer);
            writer.WriteNullValue();
            writer.WriteEndObject();
        }

        Assert.Equal(
            "{\n \"partial\": [\n  1e400,\n  {\n   \"a\": \"\\u00E9\"\n  }\n ],\n \"snapshot\": null\n}",
            Utf8(buffer.WrittenSpan));
    }

    [Fact]
    public void WriteTo_ToNoWriter()
    {
        Assert.Throws<ArgumentNullException>(() => Root("1 ").WriteTo(null!));
        Assert.Throws<ArgumentNullException>(() => default(JsonSnapshot).WriteTo(null!));
    }

    [Fact]
    public void DepthIsNoLimitOfToString_ButOneOfAWritersOwn()
    {
        const int Depth = 5_000;
        var options = new StreamingJsonOptions { Limits = new() { MaxDepth = Depth } };
        PartialJsonElement root = Root(new string('[', Depth), options);
        Assert.Equal(new string('[', Depth) + new string(']', Depth), root.ToString());
        using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>(), new JsonWriterOptions { MaxDepth = 10 });
        Assert.Throws<InvalidOperationException>(() => root.WriteTo(writer));
    }
}
