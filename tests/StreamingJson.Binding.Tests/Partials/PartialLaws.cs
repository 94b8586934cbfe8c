using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests.Partials;

/// <summary>The laws, for values of a type: against an oracle that starts anew for every beginning of the text.</summary>
public class PartialLaws
{
    private const int Cases = 24;

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_Report() => CheckEveryCut(Schemas.ReportShape, Contracts.Generated<Report>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_ReportByReflection() => CheckEveryCut(Schemas.ReportShape, Contracts.ByReflection<Report>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_GetOnlyProperties() => CheckEveryCut(Schemas.CardShape, Contracts.Generated<Card>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_RootList() =>
        CheckEveryCut(new Sequence(() => Schemas.CardShape), Contracts.Generated<List<Card>>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_RootDictionary() =>
        CheckEveryCut(new Entries(Schemas.SectionShape, "a", "b", "c\\n"), Contracts.Generated<Dictionary<string, Section>>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_PolymorphicRoot() => CheckEveryCut(Schemas.ShapeChoice, Contracts.Generated<Shape>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_RootString() => CheckEveryCut(new Prose(), Contracts.Generated<string>());

    [Fact]
    public void Law01_WhatIsSeen_IsThatOfTheBytes_RootNumber() => CheckEveryCut(new Atom("12", "-3"), Contracts.Generated<int>());

    [Fact]
    public void Law01_AHeldParent_IsThatOfTheBytes() => CheckEveryCut(
        Schemas.CardShape.Holding("corner"),
        Contracts.Generated<Card>(),
        PartialOptions.Default.With(PathPattern.Parse("$.corner"), PartialVisibility.HoldsParent));

    [Fact]
    public void Law01_AFault_IsThatOfTheBytes() => PropertyRunner.Check(
        SchemaDocuments.Of(Schemas.ReportShape, damaged: true),
        Generators.Cuts,
        (text, cuts) =>
        {
            string whole = FaultOf(text.Bytes, Chunking.Whole);
            Assert.Equal(whole, FaultOf(text.Bytes, Chunking.Bytes));
            Assert.Equal(whole, FaultOf(text.Bytes, cuts));
            Assert.Equal(whole == "none", Fits(text.Bytes));
        },
        Cases * 2);

    [Fact]
    public void Law03_Law04_WhatIsSeen_OnlyGrows() => PropertyRunner.Check(
        SchemaDocuments.Of(Schemas.ReportShape),
        text =>
        {
            using var parser = new StreamingJsonParser();
            PartialReader<Report> reader = parser.ReadPartial(Contracts.Generated<Report>());
            JsonElement before = default;
            var states = new Dictionary<string, PartialState>();
            var completed = new List<string>();
            foreach (byte next in text.Bytes)
            {
                parser.Append([next]);
                Partial<Report> partial = reader.Read();
                Assert.Null(partial.Error);
                JsonElement now = JsonSerializer.SerializeToElement(partial.Value, Contracts.Generated<Report>()!);
                AssertGrew(before, now);
                before = now;
                foreach ((string name, PartialState state) in partial.GetProperties())
                {
                    AssertMovedOn(states.GetValueOrDefault(name), state);
                    states[name] = state;
                    Assert.Equal(state, name.Contains('/', StringComparison.Ordinal) ? state : partial.GetState("/" + name));
                }

                IReadOnlyList<string> pointers = partial.GetCompletedPointers();
                Assert.Equal(completed, pointers.Take(completed.Count));
                Assert.All(pointers, pointer => Assert.True(partial.GetState(pointer) is PartialState.Complete or PartialState.Null));
                completed = [.. pointers];
            }

            Assert.Equal("", completed[^1]);
        },
        Cases / 2);

    [Fact]
    public void Law06_AtTheEnd_ItIsWhatTheSerializerMakesOfTheText() => PropertyRunner.Check(
        SchemaDocuments.Of(Schemas.ReportShape),
        Generators.Cuts,
        (text, cuts) =>
        {
            Partial<Report> last = Feed(text.Bytes, cuts, Contracts.Generated<Report>()).Last().Partial;
            Assert.True(last.IsComplete);
            Assert.Equal(
                JsonSerializer.Serialize(JsonSerializer.Deserialize(text.Bytes, Contracts.Generated<Report>()), Contracts.Generated<Report>()!),
                JsonSerializer.Serialize(last.GetCompleteValue(), Contracts.Generated<Report>()!));
        },
        Cases * 3);

    [Fact]
    public void Law08_WhatWasGiven_NeverChanges() => PropertyRunner.Check(
        SchemaDocuments.Of(Schemas.ReportShape),
        Generators.Cuts,
        (text, cuts) =>
        {
            List<(Partial<Report> Partial, string Seen)> given =
            [
                .. Feed(text.Bytes, cuts, Contracts.Generated<Report>()).Select(fed => (fed.Partial, Json(fed.Partial, Contracts.Generated<Report>())!)),
            ];
            Assert.All(given, item => Assert.Equal(item.Seen, Json(item.Partial, Contracts.Generated<Report>())));
        },
        Cases);

    private static void CheckEveryCut<T>(Schema schema, JsonTypeInfo<T> typeInfo, PartialOptions? options = null) => PropertyRunner.Check(
        SchemaDocuments.Of(schema),
        Generators.Cuts,
        (text, cuts) =>
        {
            foreach (Chunking chunking in new[] { cuts, Chunking.Bytes })
            {
                foreach ((Partial<T> partial, int length, bool isEnded) in Feed(text.Bytes, chunking, typeInfo, options))
                {
                    Assert.Null(partial.Error);
                    string? expected = PartialOracle.See(text.Bytes.AsSpan(0, length), isEnded, schema, typeInfo);
                    Assert.Equal((length, expected), (length, Json(partial, typeInfo)));
                }
            }
        },
        Cases);

    private static IEnumerable<(Partial<T> Partial, int Length, bool IsEnded)> Feed<T>(
        byte[] text, Chunking chunking, JsonTypeInfo<T> typeInfo, PartialOptions? options = null)
    {
        var parser = new StreamingJsonParser(); // its snapshots are looked at later
        PartialReader<T> reader = parser.ReadPartial(typeInfo, options);
        int length = 0;
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            parser.Append(chunk.Span);
            length += chunk.Length;
            yield return (reader.Read(), length, false);
        }

        parser.EnsureComplete();
        yield return (reader.Read(), length, true);
    }

    private static string? Json<T>(Partial<T> partial, JsonTypeInfo<T> typeInfo) =>
        partial.HasValue ? JsonSerializer.Serialize(partial.Value, typeInfo!) : null;

    private static string FaultOf(byte[] text, Chunking chunking)
    {
        Partial<Report> last = Feed(text, chunking, Contracts.Generated<Report>()).Last().Partial;
        return last.Error is { } error ? $"{error.Pointer} at {error.ByteOffset}" : "none";
    }

    private static bool Fits(byte[] text)
    {
        try
        {
            JsonSerializer.Deserialize(text, Contracts.Generated<Report>());
            return true;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return false;
        }
    }

    private static void AssertMovedOn(PartialState before, PartialState now) =>
        Assert.True(now == before || (before == PartialState.Absent) || (before == PartialState.Growing && now == PartialState.Complete), $"{before} to {now}");

    // Members that were null, or the default of a value, may come to be; nothing else may change but by growing.
    private static void AssertGrew(JsonElement before, JsonElement now)
    {
        switch (before.ValueKind)
        {
            case JsonValueKind.String when now.ValueKind == JsonValueKind.String && !before.ValueEquals(now.GetString()):
                Assert.True(now.GetString()!.StartsWith(before.GetString()!, StringComparison.Ordinal) || IsDefault(before), $"{before} to {now}");
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in before.EnumerateObject())
                {
                    AssertGrew(property.Value, now.GetProperty(property.Name));
                }

                break;
            case JsonValueKind.Array:
                Assert.True(now.GetArrayLength() >= before.GetArrayLength(), $"{before} to {now}");
                foreach ((JsonElement first, JsonElement second) in before.EnumerateArray().Zip(now.EnumerateArray()))
                {
                    AssertGrew(first, second);
                }

                break;
        }
    }

    private static bool IsDefault(JsonElement element) =>
        element.GetString() is "00000000-0000-0000-0000-000000000000" or "Sunday";
}
