using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 6. The end has three values: Complete, Truncated (where, and what is missing), Invalid (where, and why). At Complete the snapshot
/// equals what JsonDocument says of the whole text.
/// </summary>
public class Law06_TheEndHasThreeValues
{
    [Fact]
    public void AtComplete_TheSnapshotIsWhatJsonDocumentSays() => PropertyRunner.Check(
        Generators.DocumentsWithDuplicateNames,
        Generators.Cuts,
        (text, cuts) =>
        {
            using StreamingJsonParser parser = Completed(text.Bytes, cuts);
            using JsonDocument document = JsonDocument.Parse(text.Bytes);
            Assert.Equal(JsonOutcome.Complete, parser.Snapshot.Outcome);
            AssertSame(document.RootElement, parser.Snapshot.RootElement);
        });

    [Fact]
    public void WhatIsWrittenOfACompleteText_IsTheSameValue_NumbersByTheirText() => PropertyRunner.Check(
        Generators.DocumentsWithDuplicateNames,
        Generators.Cuts,
        (text, cuts) =>
        {
            using StreamingJsonParser parser = Completed(text.Bytes, cuts);
            using JsonDocument document = JsonDocument.Parse(text.Bytes);
            GrowingValue expected = GrowingValue.From(document.RootElement);
            Assert.Equal(expected, Reread(parser.Snapshot.ToString()));
            Assert.Equal(expected, Reread(Written(parser.Snapshot)));
            Assert.Equal(expected, GrowingValue.From(parser.Snapshot.ToJsonElement()));
            Assert.Equal(expected, GrowingValue.From(parser.Snapshot.Deserialize(JsonTypeInfos.Of<JsonElement>())));
        });

    [Fact]
    public void WhatIsWrittenOfAPartialText_IsTheValueSoFar() => PropertyRunner.Check(
        OptionSets.AnyDocuments,
        text =>
        {
            using var parser = new StreamingJsonParser(OptionSets.Lenient);
            for (int length = 1; length <= text.Bytes.Length; length++)
            {
                parser.Append(text.Bytes.AsSpan(length - 1, 1));
                if (Observed.Value(parser.Snapshot) is GrowingValue seen)
                {
                    Assert.Equal(seen, Reread(Written(parser.Snapshot)));
                    Assert.Equal(seen, GrowingValue.From(parser.Snapshot.ToJsonElement()));
                    Assert.Equal(seen, GrowingValue.From(parser.Snapshot.Deserialize(JsonTypeInfos.Of<JsonElement>())));
                }
            }
        },
        maxTest: 50);

    [Fact]
    public void ANode_IsTheSameValue() => PropertyRunner.Check(
        Generators.Documents,
        Generators.Cuts,
        (text, cuts) =>
        {
            using StreamingJsonParser parser = Completed(text.Bytes, cuts);
            using JsonDocument document = JsonDocument.Parse(text.Bytes);
            Assert.Equal(GrowingValue.From(document.RootElement), Reread(parser.Snapshot.ToJsonNode()?.ToJsonString() ?? "null"));
        });

    [Fact]
    public void AProperPrefix_IsTruncatedAtItsEnd() => PropertyRunner.Check(
        OptionSets.AnyDocuments,
        text =>
        {
            StreamingJsonOptions options = OptionSets.Lenient with { AllowMultipleValues = false };
            using var parser = new StreamingJsonParser(options);
            for (int length = 0; length < text.Bytes.Length; length++)
            {
                byte[] prefix = text.Bytes[..length];
                bool isWhole = JsonPushdownRecognizer.Recognize(prefix, options.ForRecognizer()).Outcome == RecognizerOutcome.Complete;
                parser.Reset();
                parser.Append(prefix);
                parser.Complete();
                Verdict verdict = Verdict.Of(parser);
                Assert.Equal(isWhole ? JsonOutcome.Complete : JsonOutcome.Truncated, verdict.Outcome);
                Assert.Equal(isWhole ? JsonErrorCode.None : JsonErrorCode.UnexpectedEnd, verdict.Code);
                Assert.Equal(isWhole ? -1 : length, verdict.Offset);
                Assert.Equal(!isWhole, parser.Error?.IsEndOfInput ?? false);
            }
        },
        maxTest: 60);

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("{\"a\":", "/a")]
    [InlineData("{\"a\":1", "/a")]
    [InlineData("{\"a\":\"x", "/a")]
    [InlineData("{\"a\":{\"b\":[1,", "/a/b/1")]
    [InlineData("{\"a\":{\"b\":[1,tr", "/a/b/1")]
    [InlineData("{\"a\":{\"b\":[1,2]", "/a")]
    [InlineData("{\"a~/\":[", "/a~0~1")]
    [InlineData("[[[\"", "/0/0/0")]
    public void ATruncatedEnd_SaysWhichValueIsMissing(string text, string pointer) => Assert.Equal(
        new Verdict(JsonOutcome.Truncated, JsonErrorCode.UnexpectedEnd, text.Length, pointer),
        Run.Of(Encoding.UTF8.GetBytes(text), Chunking.Whole).Verdict);

    [Fact]
    public void TheEndIsDeclaredOnce_AndStays()
    {
        using var parser = new StreamingJsonParser();
        parser.Append("[1]"u8);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        parser.EnsureComplete();
        Assert.Null(parser.Error);

        parser.Reset();
        parser.Append("[1"u8);
        Assert.Equal(JsonOutcome.Truncated, parser.Complete());
        Assert.True(Assert.Throws<StreamingJsonException>(parser.EnsureComplete).IsEndOfInput);
    }

    private static StreamingJsonParser Completed(byte[] text, Chunking cuts)
    {
        var parser = new StreamingJsonParser();
        foreach (ReadOnlyMemory<byte> chunk in cuts.Split(text))
        {
            parser.Append(chunk.Span);
        }

        parser.EnsureComplete();
        return parser;
    }

    /// <summary>Member by member, whatever System.Text.Json can say of a value.</summary>
    private static void AssertSame(JsonElement expected, PartialJsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        Assert.Equal(expected.GetRawText(), actual.GetRawText());
        Assert.True(actual.IsComplete);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                JsonProperty[] members = [.. expected.EnumerateObject()];
                PartialJsonProperty[] seen = [.. Observed.Members(actual)];
                Assert.Equal(members.Length, actual.GetPropertyCount());
                Assert.Equal(members.Select(m => m.Name), seen.Select(m => m.Name));
                Assert.All(members.Zip(seen), pair => AssertSame(pair.First.Value, pair.Second.Value));
                Assert.All(members, m => AssertSame(expected.GetProperty(m.Name), actual.GetProperty(m.Name)));
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                Assert.All(expected.EnumerateArray().Select((item, i) => (item, i)), pair => AssertSame(pair.item, actual[pair.i]));
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.GetString());
                Assert.True(actual.ValueEquals(expected.GetString()));
                break;
            case JsonValueKind.Number:
                AssertSameNumber(expected, actual);
                break;
            default:
                Assert.Equal(expected.ValueKind == JsonValueKind.True, expected.ValueKind != JsonValueKind.Null && actual.GetBoolean());
                break;
        }
    }

    private static void AssertSameNumber(JsonElement expected, PartialJsonElement actual)
    {
        Assert.Equal((expected.TryGetInt32(out int i), i), (actual.TryGetInt32(out int j), j));
        Assert.Equal((expected.TryGetInt64(out long k), k), (actual.TryGetInt64(out long l), l));
        Assert.Equal((expected.TryGetUInt64(out ulong m), m), (actual.TryGetUInt64(out ulong n), n));
        Assert.Equal((expected.TryGetDecimal(out decimal o), o), (actual.TryGetDecimal(out decimal p), p));
        bool fits = expected.TryGetDouble(out double q) && double.IsFinite(q); // never silently infinite
        Assert.Equal(fits, actual.TryGetDouble(out double r));
        Assert.True(!fits || q.Equals(r));
    }

    private static GrowingValue Reread(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return GrowingValue.From(document.RootElement);
    }

    private static string Written(JsonSnapshot snapshot)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            snapshot.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
