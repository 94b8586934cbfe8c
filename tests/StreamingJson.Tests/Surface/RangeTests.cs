using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>Where a value stands, its bytes as received, and the token that is cut.</summary>
public class RangeTests
{
    [Theory]
    [InlineData(" [1]", "", 1, 4, "[1]")]
    [InlineData(" [1 , 2", "", 1, 7, "[1 , 2")]
    [InlineData("{\"a\" : \"x\\n\" , \"b\":2}", "/a", 7, 12, "\"x\\n\"")]
    [InlineData("{\"a\" : \"x\\n", "/a", 7, 11, "\"x\\n")]
    [InlineData("{\"a\":12 }", "/a", 5, 7, "12")]
    [InlineData("[true,{ \"é\" : nul", "/1", 6, 18, "{ \"é\" : nul")]
    [InlineData("[\"é\",null]", "/1", 6, 10, "null")]
    public void AreOffsetsInBytes_QuotesAndBracketsIncluded(string json, string pointer, int start, int end, string raw)
    {
        Assert.True(Snapshot(json).TryGetElement(pointer, out PartialJsonElement element));
        Assert.Equal((start, end), element.ByteRange);
        Assert.Equal(raw, Utf8(element.RawUtf8));
        Assert.Equal(raw, element.GetRawText());
    }

    [Fact]
    public void StartAfterAByteOrderMark()
    {
        PartialJsonElement element = Root("\ufeff[1]");
        Assert.Equal((3, 6), element.ByteRange);
        Assert.Equal("[1]", element.GetRawText());
    }

    [Fact]
    public void RawText_OfACutUtf8Sequence_EndsInTheReplacementCharacter()
    {
        using var parser = new StreamingJsonParser();
        parser.Append([(byte)'"', (byte)'a', 0xC3]);
        PartialJsonElement element = parser.Snapshot.RootElement;
        Assert.Equal("\"a\ufffd", element.GetRawText());
        Assert.Equal(3, element.RawUtf8.Length);
        Assert.Equal("a", element.GetString());
    }

    [Theory]
    [InlineData("", InFlightKind.None, 0, "")]
    [InlineData("{\"a\":1,", InFlightKind.None, 0, "")]
    [InlineData("{ \"na", InFlightKind.PropertyName, 2, "\"na")]
    [InlineData("{\"name\"", InFlightKind.None, 0, "")]
    [InlineData("[ \"x\\u00", InFlightKind.String, 2, "\"x\\u00")]
    [InlineData("[\"x\"", InFlightKind.None, 0, "")]
    [InlineData("[12", InFlightKind.Number, 1, "12")]
    [InlineData("[-", InFlightKind.Number, 1, "-")]
    [InlineData("[1e", InFlightKind.Number, 1, "1e")]
    [InlineData("[tr", InFlightKind.Literal, 1, "tr")]
    [InlineData("[true", InFlightKind.None, 0, "")]
    [InlineData("[1] /", InFlightKind.Comment, 4, "/")]
    [InlineData("[1] // end", InFlightKind.Comment, 4, "// end")]
    [InlineData("/* * ", InFlightKind.Comment, 0, "/* * ")]
    [InlineData("/**/", InFlightKind.None, 0, "")]
    public void InFlight_IsTheTokenThatIsCut(string json, InFlightKind kind, int offset, string raw)
    {
        InFlightToken token = Snapshot(json, new() { SkipComments = true }).InFlight;
        Assert.Equal(kind, token.Kind);
        Assert.Equal(offset, token.ByteOffset);
        Assert.Equal(raw, Utf8(token.RawUtf8));
    }

    [Fact]
    public void InFlight_AlsoOfAByteOrderMark()
    {
        using var parser = new StreamingJsonParser();
        parser.Append([0xEF, 0xBB]);
        InFlightToken token = parser.Snapshot.InFlight;
        Assert.Equal(InFlightKind.ByteOrderMark, token.Kind);
        Assert.Equal([0xEF, 0xBB], token.RawUtf8.ToArray());
    }

    [Fact]
    public void InFlight_StaysThatOfItsSnapshot()
    {
        using StreamingJsonParser parser = Append("[12");
        JsonSnapshot early = parser.Snapshot;
        parser.Append("34,\"x"u8);
        Assert.Equal("12", Utf8(early.InFlight.RawUtf8));
        Assert.Equal("\"x", Utf8(parser.Snapshot.InFlight.RawUtf8));
    }

    [Fact]
    public void InFlight_OfATruncatedText_IsWhatWasCut()
    {
        using StreamingJsonParser parser = Append("[12");
        Assert.Equal(JsonOutcome.Truncated, parser.Complete());
        Assert.Equal("12", Utf8(parser.Snapshot.InFlight.RawUtf8));
        parser.Reset();
        parser.Append("12"u8);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(InFlightKind.None, parser.Snapshot.InFlight.Kind);
        Assert.Equal(12, parser.Snapshot.RootElement.GetInt32());
    }
}
