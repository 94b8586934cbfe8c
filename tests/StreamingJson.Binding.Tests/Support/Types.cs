using System.Text.Json.Serialization;

namespace StreamingJson.Binding.Tests.Support;

internal sealed record Step(string? Name, int Cost);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Step))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class Types : JsonSerializerContext;
