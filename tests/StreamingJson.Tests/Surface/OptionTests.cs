using System;
using System.Text;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary><see cref="StreamingJsonOptions"/>: what each accepts, what is refused without it, and the evidence that stays.</summary>
public class OptionTests
{
    [Theory]
    [InlineData("// c\n[1]", 0)]
    [InlineData("[/* c */1]", 1)]
    [InlineData("[1] // c", 4)]
    [InlineData("{\"a\":/**/1}", 5)]
    [InlineData("{/**/\"a\":1}", 1)]
    public void Comments_AreRefusedUnlessSkipped(string json, int offset)
    {
        Assert.Equal(offset, Refusal(json)?.Offset);
        using StreamingJsonParser parser = Append(json, new() { SkipComments = true });
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(JsonLeniencies.Comment, parser.Leniencies);
        Assert.Equal(JsonLeniencies.Comment, parser.Snapshot.Leniencies);
    }

    [Fact]
    public void ACommentInsideAContainer_IsEvidenceOnThatContainer()
    {
        PartialJsonElement root = Whole("{\"a\":[1,/* c */2],\"b\":[3]}", new() { SkipComments = true });
        Assert.Equal(JsonLeniencies.None, root.Leniencies);
        Assert.Equal(JsonLeniencies.Comment, root.GetProperty("a").Leniencies);
        Assert.Equal(JsonLeniencies.None, root.GetProperty("b").Leniencies);
    }

    [Theory]
    [InlineData("[1,]", 3)]
    [InlineData("{\"a\":1, }", 8)]
    public void TrailingCommas_AreRefusedUnlessAllowed(string json, int offset)
    {
        Assert.Equal((JsonErrorCode.TrailingComma, offset), Refusal(json));
        PartialJsonElement root = Whole(json, new() { AllowTrailingCommas = true });
        Assert.Equal(JsonLeniencies.TrailingComma, root.Leniencies);
    }

    [Theory]
    [InlineData("[,]")]
    [InlineData("[1,,]")]
    [InlineData("{,}")]
    [InlineData("{\"a\":1,,}")]
    [InlineData("1,")]
    public void TrailingCommas_AreOnlyOne_AfterAValue_InAContainer(string json) =>
        Assert.NotNull(Refusal(json, new() { AllowTrailingCommas = true }));

    [Fact]
    public void AByteOrderMark_IsSkippedAtTheBeginningOnly()
    {
        Assert.Equal("[1]", Whole("\ufeff[1]").ToString());
        Assert.Equal((JsonErrorCode.ExpectedValue, 0), Refusal("\ufeff[1]", new() { SkipByteOrderMark = false }));
        Assert.Equal((JsonErrorCode.ExpectedValue, 1), Refusal(" \ufeff[1]"));
        Assert.Equal((JsonErrorCode.TrailingContent, 2), Refusal("1 \ufeff"));
    }

    [Fact]
    public void AByteOrderMark_MayBeCut()
    {
        using var parser = new StreamingJsonParser();
        foreach (byte next in Encoding.UTF8.GetBytes("\ufeff1 "))
        {
            parser.Append([next]);
        }

        Assert.Equal(JsonOutcome.Complete, parser.Complete());
    }

    [Fact]
    public void RepeatedNames_LastWins_OrAreRefusedAtTheClosingQuote()
    {
        const string Json = "{\"a\":{\"a\":1},\"\\u0061\":2}";
        Assert.Equal(2, Whole(Json).GetProperty("a").GetInt32());
        Assert.Equal((JsonErrorCode.DuplicateName, 20), Refusal(Json, new() { DuplicateNames = DuplicateNameHandling.Refuse }));
        Assert.Null(Refusal("[{\"a\":1},{\"a\":2}]", new() { DuplicateNames = DuplicateNameHandling.Refuse }));
    }

    [Theory]
    [InlineData("\"\\ud800\"", 7)]
    [InlineData("\"\\ud800x\"", 7)]
    [InlineData("\"\\udc00\"", 4)]
    [InlineData("\"\\ud800\\n\"", 8)]
    [InlineData("\"\\ud800\\ud800\"", 10)]
    public void UnpairedSurrogates_ReadAsU_FFFD_OrAreRefused(string json, int offset)
    {
        PartialJsonElement root = Whole(json);
        Assert.StartsWith("\ufffd", root.GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonLeniencies.ReplacedSurrogate, root.Leniencies);
        Assert.Equal(json, root.GetRawText());
        Assert.Equal((JsonErrorCode.UnpairedSurrogate, offset), Refusal(json, new() { UnpairedSurrogates = UnpairedSurrogateHandling.Refuse }));
    }

    [Theory]
    [InlineData("1 2", 2)]
    [InlineData("{}[]", 2)]
    [InlineData("1\n\"x", 2)]
    public void SeveralRootValues_AreRefusedUnlessAllowed(string json, int offset)
    {
        Assert.Equal((JsonErrorCode.TrailingContent, offset), Refusal(json));
        Assert.Null(Refusal(json, new() { AllowMultipleValues = true }));
    }

    [Fact]
    public void SeveralRootValues_HaveNoCommaBetweenThem() =>
        Assert.Equal((JsonErrorCode.ExpectedValue, 1), Refusal("1,2", new() { AllowMultipleValues = true }));

    [Fact]
    public void Defaults_AndNulls()
    {
        var options = new StreamingJsonOptions();
        Assert.Equal(StreamingJsonOptions.Default, options);
        Assert.Same(JsonLimits.Default, options.Limits);
        Assert.Equal((false, false, false, true), (options.SkipComments, options.AllowTrailingCommas, options.AllowMultipleValues, options.SkipByteOrderMark));
        Assert.Equal((UnpairedSurrogateHandling.Replace, DuplicateNameHandling.LastWins), (options.UnpairedSurrogates, options.DuplicateNames));
        Assert.Same(JsonLimits.Trusted, StreamingJsonOptions.Trusted.Limits);
        Assert.Throws<ArgumentNullException>(() => new StreamingJsonOptions { Limits = null! });
        Assert.Throws<ArgumentNullException>(() => new StreamingJsonParser(null!));
    }

    [Fact]
    public void Limits_HaveTheDocumentedValuesAndRanges()
    {
        JsonLimits limits = JsonLimits.Default;
        Assert.Equal((64, 50_000, 20 << 20, 1_000, 64L << 20), (limits.MaxDepth, limits.MaxNameBytes, limits.MaxStringBytes, limits.MaxNumberBytes, limits.MaxDocumentBytes));
        Assert.All(
            new Func<JsonLimits>[]
            {
                () => new() { MaxDepth = 0 }, () => new() { MaxDepth = 1_000_001 }, () => new() { MaxNameBytes = 0 },
                () => new() { MaxStringBytes = JsonLimits.LargestTokenBytes + 1 }, () => new() { MaxNumberBytes = -1 }, () => new() { MaxDocumentBytes = 0 },
            },
            make => Assert.Throws<ArgumentOutOfRangeException>(make));
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => JsonLimits.Default with { MaxDepth = 0 });
        Assert.Equal("MaxDepth", refused.ParamName);
        Assert.StartsWith("MaxDepth is at least 1 and at most 1,000,000.", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1_000, long.MaxValue), (JsonLimits.Trusted.MaxDepth, JsonLimits.Trusted.MaxDocumentBytes));
    }
}
