using System;
using System.Text.Json;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>Dates, GUIDs and base64: what System.Text.Json reads of the whole string, and nothing before it is whole.</summary>
public class StringConversionTests
{
    [Theory]
    [InlineData("\"0e984725-c51c-4bf4-9960-e1c80e27aba0\"")]
    [InlineData("\"0E984725-C51C-4BF4-9960-E1C80E27ABA0\"")]
    [InlineData("\"\\u0030e984725-c51c-4bf4-9960-e1c80e27aba0\"")]
    [InlineData("\"{0e984725-c51c-4bf4-9960-e1c80e27aba0}\"")]
    [InlineData("\"0e984725-c51c-4bf4-9960-e1c80e27aba0 \"")]
    [InlineData("\"0e984725c51c4bf49960e1c80e27aba0\"")]
    [InlineData("\"2026-11-29\"")]
    [InlineData("\"2026-11-29T08:15:30\"")]
    [InlineData("\"2026-11-29T08:15:30.1234567Z\"")]
    [InlineData("\"2026-11-29T08:15:30\\u002b02:00\"")]
    [InlineData("\"2026-11-31\"")]
    [InlineData("\"29.11.2026\"")]
    [InlineData("\"\"")]
    [InlineData("\"AQID\"")]
    [InlineData("\"AQI=\"")]
    [InlineData("\"\\u0041QI=\"")]
    [InlineData("\"AQI\"")]
    [InlineData("\"AQ_-\"")]
    [InlineData("\"é😀\"")]
    public void AsJsonElementReadsThem(string json)
    {
        JsonElement expected = JsonDocument.Parse(json).RootElement;
        PartialJsonElement element = Whole(json);
        AssertSame(expected.TryGetGuid(out Guid guid), guid, element.TryGetGuid(out Guid ourGuid), ourGuid, () => element.GetGuid());
        AssertSame(expected.TryGetDateTime(out DateTime date), (date, date.Kind), element.TryGetDateTime(out DateTime ourDate), (ourDate, ourDate.Kind), () => (element.GetDateTime(), date.Kind));
        AssertSame(expected.TryGetDateTimeOffset(out DateTimeOffset offset), offset, element.TryGetDateTimeOffset(out DateTimeOffset ourOffset), ourOffset, () => element.GetDateTimeOffset());
        AssertSame(
            expected.TryGetBytesFromBase64(out byte[]? bytes),
            Hex(bytes),
            element.TryGetBytesFromBase64(out byte[]? ourBytes),
            Hex(ourBytes),
            () => Hex(element.GetBytesFromBase64()));
    }

    [Fact]
    public void AStringThatGrows_StandsForNothing()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("\"2026-11-29T08:15:30"u8);
        PartialJsonElement growing = parser.Snapshot.RootElement;
        Assert.False(growing.TryGetDateTime(out DateTime date));
        Assert.False(growing.TryGetDateTimeOffset(out _));
        Assert.Equal(default, date);
        Assert.Throws<FormatException>(() => growing.GetDateTimeOffset());
        parser.Append("\""u8);
        Assert.Equal(new DateTime(2026, 11, 29, 8, 15, 30), parser.Snapshot.RootElement.GetDateTime());
        Assert.False(growing.TryGetDateTime(out _)); // law 8: the snapshot is as it was

        parser.Reset();
        parser.Append("[\"AQID\",\"0e984725-c51c-4bf4-9960-e1c80e27aba0"u8);
        Assert.Equal([1, 2, 3], parser.Snapshot.RootElement[0].GetBytesFromBase64());
        Assert.False(parser.Snapshot.RootElement[1].TryGetGuid(out _));
        Assert.Throws<FormatException>(() => parser.Snapshot.RootElement[1].GetGuid());
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"0e984725-c51c-4bf4-9960-e1c80e27a\\udc00\"")]
    [InlineData("\"2026-11-2\\ud800\"")]
    [InlineData("\"AQI\\ud83d\"")]
    public void ReplacedSurrogates_StandForNothing(string json)
    {
        PartialJsonElement element = Whole(json);
        Assert.False(element.TryGetGuid(out _) || element.TryGetDateTime(out _) || element.TryGetDateTimeOffset(out _) || element.TryGetBytesFromBase64(out _));
        Assert.Throws<FormatException>(() => element.GetBytesFromBase64());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    public void OfNoString_TheyAreRefused(string json)
    {
        PartialJsonElement element = Whole(json);
        Assert.Throws<InvalidOperationException>(() => element.TryGetGuid(out _));
        Assert.Throws<InvalidOperationException>(() => element.TryGetDateTime(out _));
        Assert.Throws<InvalidOperationException>(() => element.TryGetDateTimeOffset(out _));
        Assert.Throws<InvalidOperationException>(() => element.TryGetBytesFromBase64(out _));
        Assert.Throws<InvalidOperationException>(() => default(PartialJsonElement).TryGetGuid(out _));
    }

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexString(bytes);

    private static void AssertSame<T>(bool isExpected, T expected, bool isOurs, T ours, Func<T> get)
    {
        Assert.Equal((isExpected, expected), (isOurs, ours));
        if (isExpected)
        {
            Assert.Equal(expected, get());
        }
        else
        {
            Assert.Throws<FormatException>(() => get());
        }
    }
}
