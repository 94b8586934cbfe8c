using System.Text.Json.Serialization;

namespace StreamingJson.Extensions.Tests.ExtensionsAI;

public sealed record Weather(string? City, int? Days);

public sealed record Forecast(string? Answer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Weather))]
[JsonSerializable(typeof(Forecast))]
internal sealed partial class WeatherContext : JsonSerializerContext;
