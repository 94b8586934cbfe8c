using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>What is seen before it is complete.</summary>
public class PartialVisibilityTests
{
    // While it grew it was equal to the first, and the set had one item less than before.
    [Fact]
    public void AnItemOfASet_IsSeenWhenItIsComplete()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Section> reader = parser.ReadPartial(Contracts.Generated<Section>());
        parser.Append("""{"words":["12","1""");
        Assert.Equal(["12"], reader.Read().Value!.Words!);
        parser.Append("2x\"");
        Assert.Equal(["12", "12x"], reader.Read().Value!.Words!);
    }

    [Fact]
    public void AbsentNullAndDefault_AreThreeThings()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Card> reader = parser.ReadPartial(Contracts.Generated<Card>());
        parser.Append("""{"lines":null,"corner":{"x":0,"y":1""");
        Partial<Card> partial = reader.Read();
        Assert.Null(partial.Value!.Title);
        Assert.Null(partial.Value.Lines);
        Assert.Equal(0, partial.Value.Corner.X);
        Assert.Equal(
            [PartialState.Absent, PartialState.Null, PartialState.Growing, PartialState.Complete, PartialState.Absent],
            new[] { "/title", "/lines", "/corner", "/corner/x", "/corner/y" }.Select(partial.GetState));
        Assert.Equal("corner Growing, length Absent, lines Null, title Absent", Show(partial));
        Assert.Equal(["/lines", "/corner/x"], partial.GetCompletedPointers());
    }

    [Fact]
    public void Attributes_SayWhenAMemberIsSeen()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Letter> reader = parser.ReadPartial(VisibilityContext.Default.Letter);
        parser.Append("""{"subject":"He""");
        Assert.False(reader.Read().HasValue); // "to" holds the letter
        parser.Append("""llo","to":"Bo""");
        Assert.False(reader.Read().HasValue);
        parser.Append("""b","code":"12""");
        Assert.Equal(("Hello", "Bob", null), Parts(reader.Read()));
        parser.Append("""34","link":"https://exa""");
        Assert.Equal(("Hello", "Bob", "1234"), Parts(reader.Read()));
        Assert.Equal("https://exa", reader.Read().Value!.Link!.OriginalString);
    }

    [Fact]
    public void Patterns_WinOverAttributes_AndTheLastOverTheFirst()
    {
        using var parser = new StreamingJsonParser();
        PartialOptions options = PartialOptions.Default
            .With(PathPattern.Parse("$.*"), PartialVisibility.WhenComplete)
            .With(PathPattern.Parse("$.code"), PartialVisibility.Growing);
        PartialReader<Letter> reader = parser.ReadPartial(VisibilityContext.Default.Letter, options);
        parser.Append("""{"code":"12""");
        Assert.Equal((null, "?", "12"), Parts(reader.Read()));
        parser.Append("""34","subject":"He""");
        Assert.Equal((null, "?", "1234"), Parts(reader.Read()));
    }

    [Fact]
    public void AnItemThatHolds_HoldsTheList()
    {
        using var parser = new StreamingJsonParser();
        PartialOptions options = PartialOptions.Default.With(PathPattern.Parse("$.lines[1]"), PartialVisibility.HoldsParent);
        PartialReader<Card> reader = parser.ReadPartial(Contracts.Generated<Card>(), options);
        parser.Append("""{"lines":["a""");
        Assert.Equal(["a"], reader.Read().Value!.Lines!);
        parser.Append("""b","c""");
        Assert.Null(reader.Read().Value!.Lines);
        parser.Append("\"");
        Assert.Equal(["ab", "c"], reader.Read().Value!.Lines!);
    }

    [Fact]
    public void ExtensionData_IsSeenWhenItsObjectIsComplete()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Section> reader = parser.ReadPartial(Contracts.Generated<Section>());
        parser.Append("""{"other":{"a":[1,2]},"heading":"h""");
        Assert.Null(reader.Read().Value!.Rest);
        parser.Append("\"}");
        Assert.Equal("""{"a":[1,2]}""", reader.Read().Value!.Rest!["other"].GetRawText());
    }

    [Fact]
    public void NamesInAnyCase_WhereTheOptionsSaySo()
    {
        using var parser = new StreamingJsonParser();
        PartialReader<Card> reader = parser.ReadPartial(Contracts.With<Card>(o => o.PropertyNameCaseInsensitive = true));
        parser.Append("""{"TITLE":"t""");
        Partial<Card> partial = reader.Read();
        Assert.Equal("t", partial.Value!.Title);
        Assert.Equal(PartialState.Growing, partial.GetProperties()["title"]);
    }

    [Fact]
    public void WhatTheSerializerDoesItself_IsTheSameAtTheEnd()
    {
        CheckEnd<Filled>("""{"items":[1,2],"names":["a"],"number":"12","numbers":["1","2"],"name":"x"}""");
        CheckEnd<Filled>("""{"items":[],"number":12,"more":{"a":{"b":[{}]}}}""");
        CheckEnd<Nested>("""{"id":1,"next":{"id":2,"next":{"id":3,"tags":{"a":["x","y"],"b":[]}}},"tags":{}}""");
        CheckEnd<Nested>("""{"id":1,"id":2,"next":null,"next":{"id":3}}""");
        CheckEnd<Dictionary<string, object>>("""{"a":1,"b":"x","c":{"d":[1,2]}}""");
        CheckEnd<Stack<int>>("[1,2,3]");
        CheckEnd<Called>("""{"name":"abc","next":{"name":"d"}}""");
        CheckEnd<JsonElement>("""{"a":[1,2]}""");
    }

    [Fact]
    public void Leniencies_AreReadAsTheyAreMeant()
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { AllowTrailingCommas = true, SkipComments = true });
        PartialReader<Card> reader = parser.ReadPartial(Contracts.Generated<Card>());
        foreach (byte next in "{/* c */\"lines\":[\"\\ud800\",\"b\",],\"corner\":{\"x\":1,// d\n},\"title\":\"t\\n\",}"u8)
        {
            parser.Append([next]);
            Assert.Null(reader.Read().Error);
        }

        parser.EnsureComplete();
        Partial<Card> last = reader.Read();
        Assert.Equal(["\ufffd", "b"], last.Value!.Lines!);
        Assert.Equal((1, "t\n"), (last.Value.Corner.X, last.Value.Title));
        Assert.Equal(JsonLeniencies.Comment | JsonLeniencies.TrailingComma | JsonLeniencies.ReplacedSurrogate, last.Leniencies);
    }

    [Fact]
    public void SeveralRoots_TheNewest()
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { AllowMultipleValues = true });
        PartialReader<Card> reader = parser.ReadPartial(Contracts.Generated<Card>());
        parser.Append("""{"title":"a"}{"title":"b""");
        Assert.Equal("b", reader.Read().Value!.Title);
    }

    private static void CheckEnd<T>(string text)
    {
        var typeInfo = Contracts.ByReflection<T>();
        using var parser = new StreamingJsonParser();
        PartialReader<T> reader = parser.ReadPartial(typeInfo);
        foreach (char next in text)
        {
            parser.Append([next]);
            Assert.Null(reader.Read().Error);
        }

        parser.EnsureComplete();
        Assert.Equal(
            JsonSerializer.Serialize(JsonSerializer.Deserialize(text, typeInfo)!, typeInfo),
            JsonSerializer.Serialize(reader.Read().GetCompleteValue()!, typeInfo));
    }

    private static (string?, string?, string?) Parts(Partial<Letter> partial) => (partial.Value!.Subject, partial.Value.To, partial.Value.Code);

    private static string Show<T>(Partial<T> partial) =>
        string.Join(", ", partial.GetProperties().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"));
}

public sealed class Letter
{
    public string? Subject { get; set; }

    [PartialVisibility(PartialVisibility.HoldsParent)]
    public string To { get; set; } = "?";

    [PartialVisibility(PartialVisibility.WhenComplete)]
    public string? Code { get; set; }

    [PartialVisibility(PartialVisibility.Growing)]
    public Uri? Link { get; set; }
}

/// <summary>Members that are read with their object.</summary>
public sealed class Filled
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public List<int> Items { get; } = [7];

    public List<string>? Names { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Number { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public List<int>? Numbers { get; set; }

    public string Name { get; } = "fixed";
}

public sealed record Nested(int Id, Nested? Next, Dictionary<string, List<string>>? Tags);

/// <summary>Told by the serializer before and after.</summary>
public sealed class Called : IJsonOnDeserialized
{
    public string? Name { get; set; }

    public Called? Next { get; set; }

    public int Length { get; private set; }

    public void OnDeserialized() => Length = Name?.Length ?? -1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Letter))]
public sealed partial class VisibilityContext : JsonSerializerContext;
