using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace StreamingJson.Benchmarks.Matrix;

/// <summary>Document A: a model's structured output.</summary>
internal sealed record Journey(
    string? Id, string? Title, int Version, decimal Budget, bool Confirmed, string? Replaces, Traveller? Traveller, List<JourneyStep>? Steps, string? Summary);

internal sealed record Traveller(string? Name, int Adults, Address? Address, bool Newsletter);

internal sealed record Address(string? City, string? Postcode);

internal sealed record JourneyStep(int Id, string? Category, string? Note, string? StartsAt, decimal PriceEur, bool? Open, string? Link, List<string>? Tags);

/// <summary>Document B and W: the arguments of a call that writes a file.</summary>
internal sealed record WriteFile(string? Path, string? Content);

/// <summary>Document C: records of two kinds.</summary>
internal sealed record ExportRecord(
    int Id, string? Category, string? Note, string? StartsAt, decimal PriceEur, bool? Open, string? Link, List<string>? Tags,
    int Sensor, double Reading, bool Ok, List<int>? Series);

/// <summary>Document D: the arguments of a small call.</summary>
internal sealed record WeatherArguments(string? City, string? Unit, int Days, bool Hourly, Place? Near, List<string>? Fields);

internal sealed record Place(decimal Lat, decimal Lon);

/// <summary>Document P: what an agent plans.</summary>
internal sealed record AgentPlan(string? Title, List<AgentStep>? Steps);

internal sealed record AgentStep(int Number, string? Kind, string? Text, List<string>? Files, List<int>? After, int Minutes, bool Done);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Journey))]
[JsonSerializable(typeof(WriteFile))]
[JsonSerializable(typeof(List<ExportRecord>))]
[JsonSerializable(typeof(WeatherArguments))]
[JsonSerializable(typeof(AgentPlan))]
internal sealed partial class TypedContext : JsonSerializerContext;
