using System;
using System.Linq;
using System.Text.Json;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary><see cref="JsonSnapshot"/>: what it shows, and how long.</summary>
public class SnapshotTests
{
    [Theory]
    [InlineData("", false, "")]
    [InlineData(" \n", false, "")]
    [InlineData("12", false, "")]
    [InlineData("tru", false, "")]
    [InlineData("true", true, "true")]
    [InlineData("12 ", true, "12")]
    [InlineData("\"", true, "\"\"")]
    [InlineData("\"Par", true, "\"Par\"")]
    [InlineData("{\"city\"", true, "{}")]
    [InlineData("{\"city\":", true, "{}")]
    [InlineData("{\"city\":\"", true, "{\"city\":\"\"}")]
    [InlineData("{\"n\":12", true, "{}")]
    [InlineData("{\"n\":12,", true, "{\"n\":12}")]
    [InlineData("[1, [2, {\"a\": nul", true, "[1,[2,{}]]")]
    public void ShowsWhatIsKnown_AndGuessesNothing(string json, bool hasValue, string closed)
    {
        JsonSnapshot snapshot = Snapshot(json);
        Assert.Equal(hasValue, snapshot.HasValue);
        Assert.Equal(closed, snapshot.ToString());
        Assert.Equal(JsonOutcome.Partial, snapshot.Outcome);
        Assert.Equal(json.Length, snapshot.ByteCount);
        Assert.Equal(hasValue, snapshot.RootElement.ValueKind != JsonValueKind.Undefined);
    }

    [Fact]
    public void ADefaultSnapshot_IsEmpty()
    {
        JsonSnapshot snapshot = default;
        Assert.False(snapshot.HasValue);
        Assert.Equal((0, JsonOutcome.Partial, JsonLeniencies.None), (snapshot.ByteCount, snapshot.Outcome, snapshot.Leniencies));
        Assert.Equal(JsonValueKind.Undefined, snapshot.RootElement.ValueKind);
        Assert.Empty(snapshot.ToString());
        Assert.Equal(InFlightKind.None, snapshot.InFlight.Kind);
        Assert.False(snapshot.TryGetElement("", out _));
        Assert.Equal(JsonValueKind.Undefined, snapshot.ToJsonElement().ValueKind);
        Assert.Null(snapshot.ToJsonNode());
        foreach (PartialJsonElement root in snapshot.RootElements)
        {
            Assert.Fail($"A root value of nothing: {root}");
        }
    }

    [Fact]
    public void Outcome_IsThatOfTheMoment()
    {
        using StreamingJsonParser parser = Append("[1]");
        JsonSnapshot before = parser.Snapshot;
        Assert.True(before.RootElement.IsComplete);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(JsonOutcome.Complete, parser.Snapshot.Outcome);
        Assert.Equal(JsonOutcome.Partial, before.Outcome);
    }

    [Fact]
    public void Truncated_AndInvalid_KeepWhatWasThere()
    {
        using StreamingJsonParser truncated = Append("{\"a\":[1,2");
        Assert.Equal(JsonOutcome.Truncated, truncated.Complete());
        Assert.Equal("{\"a\":[1]}", truncated.Snapshot.ToString());

        using var invalid = new StreamingJsonParser();
        Assert.False(invalid.TryAppend("{\"a\":[1,2 x]}"u8));
        Assert.Equal(JsonOutcome.Invalid, invalid.Snapshot.Outcome);
        Assert.Equal("{\"a\":[1,2]}", invalid.Snapshot.ToString());
        Assert.Equal(10, invalid.Snapshot.ByteCount);
    }

    [Fact]
    public void EverySnapshot_StaysWhatItWas()
    {
        const string Json = "{\"a\":[1,\"x\\u00e9y\",{\"b\\n\":null}],\"c\":\"\\ud83d\\ude00\",\"d\":-0.5e+3}";
        using var parser = new StreamingJsonParser();
        var taken = Json.Select(unit =>
        {
            parser.Append([(byte)unit]);
            return (parser.Snapshot, Text: parser.Snapshot.ToString());
        }).ToArray();
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.All(taken, t => Assert.Equal(t.Text, t.Snapshot.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AfterResetOrDispose_ASnapshotRefuses(bool dispose)
    {
        StreamingJsonParser parser = Append("{\"a\":[\"x\",1],\"b\":\"y");
        JsonSnapshot snapshot = parser.Snapshot;
        PartialJsonElement root = snapshot.RootElement;
        PartialJsonElement item = root.GetProperty("a")[0];
        PartialJsonElement.ArrayEnumerator items = root.GetProperty("a").EnumerateArray();
        if (dispose)
        {
            parser.Dispose();
        }
        else
        {
            parser.Reset();
            parser.Append("{\"other\":1}"u8);
        }

        Assert.All(
            new Action[]
            {
                () => snapshot.ToString(),
                () => snapshot.ToJsonElement(),
                () => snapshot.ToJsonNode(),
                () => snapshot.TryGetElement("", out _),
                () => snapshot.TryGetElement("/a", out _),
                () => _ = snapshot.InFlight.Kind,
                () => _ = root.ValueKind,
                () => _ = root.IsComplete,
                () => _ = root.ByteRange,
                () => _ = root.RawUtf8.Length,
                () => _ = root.Leniencies,
                () => root.GetRawText(),
                () => root.GetPropertyCount(),
                () => root.EnumerateObject(),
                () => root.TryGetProperty("a", out _),
                () => item.GetString(),
                () => item.GetPointer(),
                () => _ = item.TextUtf8.Length,
                () => item.ValueEquals("x"),
                () => items.MoveNext(),
            },
            use => Assert.Throws<InvalidOperationException>(use));
    }

    [Fact]
    public void SeveralRootValues_AreAllThere_AndTheNewestIsTheRoot()
    {
        using StreamingJsonParser parser = Append("1 {\"a\":2}[3,\"x", new() { AllowMultipleValues = true });
        JsonSnapshot snapshot = parser.Snapshot;
        var roots = new System.Collections.Generic.List<string>();
        foreach (PartialJsonElement root in snapshot.RootElements)
        {
            roots.Add($"{root} {root.IsComplete} {root.GetPointer()}");
        }

        Assert.Equal(["1 True ", "{\"a\":2} True ", "[3,\"x\"] False "], roots);
        Assert.Equal("[3,\"x\"]", snapshot.ToString());
        Assert.True(snapshot.TryGetElement("/1", out PartialJsonElement growing));
        Assert.Equal("/1", growing.GetPointer());
        parser.Append("\"]\n"u8);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":{\"a\":2}}", false)]
    [InlineData("[{\"a\":1},{\"a\":2}", false)]
    [InlineData("{\"a\":1,\"b\":{\"\\u0061\":2,\"a", false)]
    [InlineData("{\"a\":1,\"b\":{\"\\u0061\":2,\"a\":[", true)]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", true)]
    public void HasRepeatedNames_LooksAtEveryObject(string json, bool expected)
    {
        JsonSnapshot snapshot = Snapshot(json);
        Assert.Equal(expected, snapshot.HasRepeatedNames);
    }

    [Fact]
    public void RawUtf8_IsTheTextAsReceived()
    {
        using StreamingJsonParser parser = Append(" [1 , tr");
        JsonSnapshot early = parser.Snapshot;
        Assert.False(parser.TryAppend("ue ] x"u8));
        Assert.Equal(" [1 , tr", Utf8(early.RawUtf8));
        Assert.Equal(" [1 , true ] ", Utf8(parser.Snapshot.RawUtf8));
    }

    [Fact]
    public void ASnapshotBetweenTwoRootValues_ShowsTheLastWhole()
    {
        JsonSnapshot snapshot = Snapshot("[1] 2", new() { AllowMultipleValues = true });
        Assert.Equal("[1]", snapshot.ToString());
        Assert.Equal(InFlightKind.Number, snapshot.InFlight.Kind);
    }
}
