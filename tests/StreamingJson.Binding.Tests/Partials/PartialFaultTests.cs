using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>A value that does not fit the type.</summary>
public class PartialFaultTests
{
    [Theory]
    [InlineData("""{"id":"a","severity":"high" """, "/severity", 21)]
    [InlineData("""{"id":"a","sections":[{"where":{"x":1}},{"where":{"x":"1"}""", "/sections/1/where/x", 54)]
    [InlineData("""{"id":"a","when":"yesterday" """, "/when", 17)]
    [InlineData("""{"id":"a","numbers":[1,2,2.5,""", "/numbers/2", 25)]
    [InlineData("""{"id":"a","metrics":{"a/b":{"value":"x"}}""", "/metrics/a~1b/value", 36)]
    [InlineData("""{"id":"a","shape":{"kind":"square"}""", "/shape", 18)]
    [InlineData("""{"title":"a","severity":0}""", "", 0)]
    [InlineData("""{"id":"a","sections":[{"day":"Noday"}""", "/sections/0/day", 29)]
    [InlineData("""{"id":"a","sections":{}""", "/sections", 21)]
    [InlineData("[1]", "", 0)]
    public void TheFirstValueThatDoesNotFit_IsTold_HoweverTheTextWasCut(string text, string pointer, long byteOffset)
    {
        foreach (int size in new[] { 1, 2, 7, text.Length })
        {
            using var parser = new StreamingJsonParser();
            PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int at = 0; at < bytes.Length; at += size)
            {
                parser.Append(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
                _ = reader.Read();
            }

            Partial<Report> partial = reader.Read();
            Assert.Equal((pointer, byteOffset), (partial.Error!.Pointer, partial.Error.ByteOffset));
            Assert.False(partial.HasValue);
            Assert.Null(partial.Value);
            Assert.IsAssignableFrom<JsonException>(partial.Error.InnerException);
            Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        }
    }

    [Theory]
    [InlineData("""{"id":"a","severity":"high" """, "The value at '/severity' does not fit the type 'Severity' that it has in 'Report' (byte offset 21).")]
    [InlineData("""{"id":"a","sections":[{"where":{"x":1}},{"where":{"x":"1"}""", "The value at '/sections/1/where/x' does not fit the type 'Int32' that it has in 'Report' (byte offset 54).")]
    [InlineData("""{"id":"a","metrics":{"secret":{"value":"x"}}""", "The value at '/metrics/*/value' does not fit the type 'Double' that it has in 'Report' (byte offset 39).")]
    [InlineData("""{"id":"a","sections":{}""", "The value at '/sections' does not fit the type 'IReadOnlyList<Section>' that it has in 'Report' (byte offset 21).")]
    [InlineData("""{"id":"a","shape":{"kind":"circle","center":{"x":"secret"}}""", "The value at '/shape/*/*' does not fit its part of the type 'Report' (byte offset 49).")]
    [InlineData("[1]", "The value does not fit the type 'Report' (byte offset 0).")]
    public void TheMessage_NamesThePlaceAndTheType_ByTheContract_AndNothingOfTheText(string text, string message)
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
        parser.Append(text);
        Assert.Equal(message, reader.Read().Error!.Message);
    }

    [Fact]
    public void TheParserGoesOn_AndTheFaultStays()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
        parser.Append("""{"id":"a","severity":"high",""");
        PartialBindingException error = reader.Read().Error!;
        parser.Append(""" "title":"x"}""");
        parser.EnsureComplete();
        Partial<Report> last = reader.Read();
        Assert.Same(error, last.Error);
        Assert.False(last.IsComplete);
        Assert.Equal(JsonOutcome.Complete, last.Outcome);
        Assert.Equal(PartialState.Complete, last.GetState("/title"));
        Assert.Same(error, Assert.Throws<PartialBindingException>(() => last.GetCompleteValue()));
        Assert.DoesNotContain("high", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AfterAReset_TheNextTextIsRead()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
        parser.Append("[");
        parser.Append("1]");
        Assert.NotNull(reader.Read().Error);
        parser.Reset();
        Assert.False(reader.Read().HasValue);
        parser.Append("""{"id":"b"}""");
        Assert.Equal("b", reader.Read().Value!.Id);
    }

    [Fact]
    public void AConstructorThatRefusesWhatIsNotWhole_HoldsTheObjectBack()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Word> reader = parser.ReadPartial(Contracts.ByReflection<Word>());
        parser.Append("""{"text":"ab""");
        Partial<Word> partial = reader.Read();
        Assert.Null(partial.Error);
        Assert.False(partial.HasValue);
        Assert.Equal(PartialState.Growing, partial.GetState("/text"));
        parser.Append("""cd"}""");
        Assert.Equal("abcd", reader.Read().Value!.Text);

        parser.Reset();
        parser.Append("""{"text":"ab"}""");
        Assert.IsType<ArgumentException>(reader.Read().Error!.InnerException);
    }

    [Fact]
    public void AMemberThatNobodyKnows_IsAFault_WhereTheContractSaysSo()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Point> reader = parser.ReadPartial(Contracts.With<Point>(o => o.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow));
        parser.Append("""{"x":1,"z":[1""");
        Assert.Null(reader.Read().Error);
        parser.Append("],");
        Assert.Equal("/z", reader.Read().Error!.Pointer);
    }

    public sealed class Word
    {
        public Word(string text) => Text = text.Length >= 4 ? text : throw new ArgumentException("too short", nameof(text));

        public string Text { get; }
    }
}
