using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>To types of the caller's, and to the types of System.Text.Json.</summary>
public class ConversionTests
{
    private const string PlanJson = "{\"title\":\"caf\\u00e9\",\"steps\":[{\"name\":\"one\",\"weight\":1.5},{\"name\":\"two\",\"weight\":2}],\"done\":true}";

    [Fact]
    public void Deserialize_AWholeValue()
    {
        Plan? plan = Whole(PlanJson).Deserialize(ConversionContext.Default.Plan);
        Assert.Equal("café", plan!.Title);
        Assert.Equal([new PlanStep("one", 1.5m), new PlanStep("two", 2m)], plan.Steps!);
        Assert.True(plan.Done);
    }

    [Theory]
    [InlineData("{", null, 0)]
    [InlineData("{\"title\":\"ca", "ca", 0)]
    [InlineData("{\"title\":\"caf\\u00e9\",\"steps\":[{\"name\":\"o", "café", 1)]
    [InlineData("{\"title\":\"caf\\u00e9\",\"steps\":[{\"name\":\"one\",\"weight\":1.5},{\"na", "café", 2)]
    public void Deserialize_AGrowingValue(string json, string? title, int steps)
    {
        Plan? plan = Snapshot(json).Deserialize(ConversionContext.Default.Plan);
        Assert.Equal(title, plan!.Title);
        Assert.Equal(steps, plan.Steps?.Count ?? 0);
        Assert.False(plan.Done);
    }

    [Fact]
    public void Deserialize_EveryPrefix_GrowsAndEndsAsTheWhole()
    {
        using var parser = new StreamingJsonParser();
        int steps = 0;
        foreach (char next in PlanJson)
        {
            parser.Append([(byte)next]);
            int now = parser.Snapshot.Deserialize(ConversionContext.Default.Plan)!.Steps?.Count ?? 0;
            Assert.InRange(now, steps, 2);
            steps = now;
        }

        parser.EnsureComplete();
        Assert.Equivalent(
            JsonSerializer.Deserialize(PlanJson, ConversionContext.Default.Plan),
            parser.Snapshot.Deserialize(ConversionContext.Default.Plan));
    }

    [Fact]
    public void Deserialize_OnePartOfAGrowingValue()
    {
        PartialJsonElement root = Root("{\"steps\":[{\"name\":\"one\",\"weight\":1},{\"name\":\"tw");
        PartialJsonElement steps = root.GetProperty("steps");
        Assert.Equal(new PlanStep("one", 1), steps[0].Deserialize(ConversionContext.Default.PlanStep));
        Assert.Equal(new PlanStep("tw", 0), steps[1].Deserialize(ConversionContext.Default.PlanStep));
        Assert.Equal("tw", steps[1].GetProperty("name").Deserialize(ConversionContext.Default.String));
    }

    [Theory]
    [InlineData("/* why */ [1, /* two */ 2,]")]
    [InlineData("[1,2, // end\n]")]
    public void Deserialize_WhatWasAcceptedLeniently(string json)
    {
        PartialJsonElement root = Whole(json, new() { SkipComments = true, AllowTrailingCommas = true });
        Assert.Equal([1, 2], root.Deserialize(ConversionContext.Default.Int32Array)!);
    }

    [Fact]
    public void Deserialize_AnUnpairedSurrogate_AsItReads()
    {
        Assert.Equal("\ufffdx", Whole("\"\\ud800x\"").Deserialize(ConversionContext.Default.String));
    }

    [Fact]
    public void Deserialize_WhatDoesNotFit_OrIsNotThere()
    {
        Assert.Throws<JsonException>(() => Whole("\"x\"").Deserialize(ConversionContext.Default.Int32Array));
        Assert.Throws<JsonException>(() => Snapshot("12").Deserialize(ConversionContext.Default.Plan));
        Assert.Throws<JsonException>(() => default(PartialJsonElement).Deserialize(ConversionContext.Default.Plan));
        Assert.Throws<ArgumentNullException>(() => Whole("1").Deserialize<Plan>(null!));
        Assert.Null(Whole("null").Deserialize(ConversionContext.Default.Plan));
    }

    [Fact]
    public void ToJsonElement_OutlivesTheParser()
    {
        StreamingJsonParser parser = Append("{\"n\":9223372036854775809,\"m\":1e400,\"s\":\"x\\u00e9");
        JsonElement element = parser.Snapshot.ToJsonElement();
        parser.Dispose();
        Assert.Equal("9223372036854775809", element.GetProperty("n").GetRawText());
        Assert.Equal("1e400", element.GetProperty("m").GetRawText());
        Assert.Equal("xé", element.GetProperty("s").GetString());
        Assert.Equal(JsonValueKind.Undefined, Snapshot("tru").ToJsonElement().ValueKind);
    }

    [Theory]
    [InlineData("{\"a\":[1,{\"b\":nul", "{\"a\":[1,{}]}")]
    [InlineData("[\"x", "[\"x\"]")]
    [InlineData("\"x", "\"x\"")]
    [InlineData("1e400 ", "1e400")]
    [InlineData("true", "true")]
    public void ToJsonNode(string json, string expected)
    {
        JsonNode? node = Snapshot(json).ToJsonNode();
        Assert.Equal(expected, node!.ToJsonString());
    }

    [Fact]
    public void ToJsonNode_OfNullAndOfNothing_IsNull()
    {
        Assert.Null(Snapshot("null").ToJsonNode());
        Assert.Null(Snapshot("nul").ToJsonNode());
    }

    [Fact]
    public void ToJsonNode_IsTheCallersToChange()
    {
        JsonNode node = Root("{\"a\":[1,").ToJsonNode()!;
        node["a"]!.AsArray().Add(2);
        Assert.Equal("{\"a\":[1,2]}", node.ToJsonString());
        JsonNode repeated = Root("{\"a\":1,\"a\":2}").ToJsonNode()!;
        Assert.Throws<ArgumentException>(() => repeated["a"]);
    }

    [Fact]
    public void ToJsonElement_IsNoDepthLimit()
    {
        var options = new StreamingJsonOptions { Limits = new() { MaxDepth = 500 } };
        JsonElement element = Root(new string('[', 500), options).ToJsonElement();
        for (int depth = 1; depth < 500; depth++)
        {
            element = element[0];
        }

        Assert.Equal(0, element.GetArrayLength());
    }
}

public sealed record Plan(string? Title, IReadOnlyList<PlanStep>? Steps, bool Done);

public sealed record PlanStep(string? Name, decimal Weight);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class ConversionContext : JsonSerializerContext;
