using System;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 2. Nothing is guessed: a number or literal appears when it is closed, never before. A property appears together with its value. The
/// unfinished token can be looked at as such (kind and raw text), never mistaken for a value.
/// </summary>
public class Law02_NothingIsGuessed
{
    [Fact]
    public void EachSnapshotOfADocument_ShowsWhatIsCertain_AndNothingElse() => PropertyRunner.Check(
        OptionSets.AnyDocuments,
        text =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient with { AllowMultipleValues = false });
            for (int length = 0; length <= text.Bytes.Length; length++)
            {
                parser.Append(text.Bytes.AsSpan(Math.Max(0, length - 1), Math.Min(length, 1)));
                ReadOnlySpan<byte> prefix = text.Bytes.AsSpan(0, length);
                GrowingValue? expected = GrowingValueOracle.Snapshot(prefix);
                Assert.Equal(expected, Observed.Value(parser.Snapshot));
                Assert.Equal(expected?.ToJson() ?? "", parser.Snapshot.ToString());
                Assert.Equal(InFlightOracle.At(prefix), Run.Describe(parser.Snapshot.InFlight));
            }

            parser.Complete();
            Assert.Equal(GrowingValueOracle.Snapshot(text.Bytes, isEnded: true), Observed.Value(parser.Snapshot));
        },
        maxTest: 150);

    [Fact]
    public void TheEndDeclaredAnywhere_AddsARootNumberOnly() => PropertyRunner.Check(
        Generators.DocumentsWithUnpairedSurrogates,
        text =>
        {
            using var parser = new StreamingJsonParser();
            for (int length = 0; length <= text.Bytes.Length; length += 1 + (length / 8))
            {
                parser.Reset();
                parser.Append(text.Bytes.AsSpan(0, length));
                parser.Complete();
                Assert.Equal(GrowingValueOracle.Snapshot(text.Bytes.AsSpan(0, length), isEnded: true), Observed.Value(parser.Snapshot));
            }
        });

    [Theory]
    [InlineData("12", InFlightKind.Number, "12")]
    [InlineData("-", InFlightKind.Number, "-")]
    [InlineData("1.5e", InFlightKind.Number, "1.5e")]
    [InlineData("t", InFlightKind.Literal, "t")]
    [InlineData("fals", InFlightKind.Literal, "fals")]
    [InlineData(" nul", InFlightKind.Literal, "nul")]
    public void AnUnfinishedScalarAtTheRoot_IsInFlight_AndNoValue(string text, InFlightKind kind, string raw)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        JsonSnapshot snapshot = parser.Snapshot;
        Assert.False(snapshot.HasValue);
        Assert.Equal(JsonValueKind.Undefined, snapshot.RootElement.ValueKind);
        Assert.Equal("", snapshot.ToString());
        Assert.Equal(kind, snapshot.InFlight.Kind);
        Assert.Equal(raw, Encoding.UTF8.GetString(snapshot.InFlight.RawUtf8));
        Assert.Equal(text.Length - raw.Length, snapshot.InFlight.ByteOffset);
    }

    [Theory]
    [InlineData("{\"a", "{}", InFlightKind.PropertyName)]
    [InlineData("{\"a\"", "{}", InFlightKind.None)]
    [InlineData("{\"a\" : ", "{}", InFlightKind.None)]
    [InlineData("{\"a\":1", "{}", InFlightKind.Number)]
    [InlineData("{\"a\":tru", "{}", InFlightKind.Literal)]
    [InlineData("{\"a\":true", "{\"a\":true}", InFlightKind.None)]
    [InlineData("{\"a\":1 ", "{\"a\":1}", InFlightKind.None)]
    [InlineData("{\"a\":\"", "{\"a\":\"\"}", InFlightKind.String)]
    [InlineData("{\"a\":[", "{\"a\":[]}", InFlightKind.None)]
    [InlineData("{\"a\":1,\"b", "{\"a\":1}", InFlightKind.PropertyName)]
    public void AProperty_AppearsTogetherWithItsValue(string text, string seen, InFlightKind inFlight)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(text);
        Assert.Equal(seen, parser.Snapshot.ToString());
        Assert.Equal(inFlight, parser.Snapshot.InFlight.Kind);
        Assert.Equal(seen.Contains("\"a\"", StringComparison.Ordinal), parser.Snapshot.RootElement.TryGetProperty("a", out _));
        Assert.False(parser.Snapshot.RootElement.TryGetProperty("b", out _));
        Assert.Equal(seen.Length > 2 ? 1 : 0, parser.Snapshot.RootElement.GetPropertyCount());
    }

    [Fact]
    public void ANumberThatBecomesLonger_IsNeverSeenShorter()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1"u8);
        Assert.Equal(0, parser.Snapshot.RootElement.GetArrayLength());
        parser.Append("2"u8);
        Assert.Equal(0, parser.Snapshot.RootElement.GetArrayLength());
        parser.Append("3,"u8);
        Assert.Equal(123, parser.Snapshot.RootElement[0].GetInt32());
    }
}
