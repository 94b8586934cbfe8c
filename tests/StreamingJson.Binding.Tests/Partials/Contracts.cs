using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Tests.Partials;

public enum Severity
{
    Low,
    High,
}

/// <summary>A record with a primary constructor, and a required member beside it.</summary>
public sealed record Report(
    string? Title,
    Severity Severity,
    DateTimeOffset? When,
    IReadOnlyList<Section>? Sections,
    Dictionary<string, Metric>? Metrics,
    Shape? Shape,
    string[]? Tags,
    int[]? Numbers)
{
    public required string Id { get; init; }

    public List<Metric>? History { get; init; }

    public Dictionary<int, string>? ByNumber { get; init; }
}

/// <summary>A class with setters, that contains itself.</summary>
public sealed class Section
{
    public string? Heading { get; set; }

    public List<string>? Paragraphs { get; set; }

    public Section? Next { get; set; }

    public List<Section>? Children { get; set; }

    public ImmutableArray<int>? Marks { get; set; }

    public HashSet<string>? Words { get; set; }

    public Point? Where { get; set; }

    public Uri? Link { get; set; }

    public Price? Price { get; set; }

    public Guid Key { get; set; }

    public bool Done { get; init; }

    [JsonPropertyName("x-note")]
    public string? Note { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))]
    public DayOfWeek Day { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Raw { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

public struct Point
{
    public int X { get; set; }

    public int Y { get; set; }

    public string? Label { get; set; }
}

public readonly record struct Metric(double Value, string? Unit);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Group), 7)]
public abstract class Shape
{
    public string? Name { get; set; }
}

public sealed class Circle : Shape
{
    public double Radius { get; set; }

    public Point Center { get; set; }
}

public sealed class Group : Shape
{
    public List<Shape>? Parts { get; set; }
}

/// <summary>Written as "12.50 EUR"; a type with a converter of its own.</summary>
[JsonConverter(typeof(PriceConverter))]
public sealed record Price(decimal Amount, string Currency);

public sealed class PriceConverter : JsonConverter<Price>
{
    public override Price Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string[] parts = (reader.GetString() ?? "").Split(' ');
        return parts.Length == 2 && decimal.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out decimal amount)
            ? new Price(amount, parts[1])
            : throw new JsonException("not a price");
    }

    public override void Write(Utf8JsonWriter writer, Price value, JsonSerializerOptions options) =>
        writer.WriteStringValue(FormattableString.Invariant($"{value.Amount} {value.Currency}"));
}

/// <summary>Get-only properties and a constructor.</summary>
public sealed class Card
{
    [JsonConstructor]
    public Card(string title, IList<string>? lines, Point corner)
    {
        Title = title;
        Lines = lines;
        Corner = corner;
    }

    public string Title { get; }

    public IList<string>? Lines { get; }

    public Point Corner { get; }

    public int Length => Title?.Length ?? 0;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(Card))]
[JsonSerializable(typeof(List<Card>))]
[JsonSerializable(typeof(Dictionary<string, Section>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Shape))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
public sealed partial class ContractContext : JsonSerializerContext;

/// <summary>The same contracts, once from source generation and once by reflection.</summary>
public static class Contracts
{
    private static readonly JsonSerializerOptions Reflected = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static JsonTypeInfo<T> Generated<T>() => (JsonTypeInfo<T>)ContractContext.Default.Options.GetTypeInfo(typeof(T));

    public static JsonTypeInfo<T> ByReflection<T>() => (JsonTypeInfo<T>)Reflected.GetTypeInfo(typeof(T));

    public static JsonTypeInfo<T> With<T>(Action<JsonSerializerOptions> change)
    {
        var options = new JsonSerializerOptions(Reflected);
        change(options);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }
}
