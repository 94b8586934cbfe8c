using System.Collections.Generic;
using System.IO;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using StreamingJson.Tests.Readme;
using Xunit;

namespace StreamingJson.Binding.Tests.Documentation.Readme;

/// <summary>The sample of the README that binds a growing text to a type.</summary>
public partial class PartialSample
{
    private static SamplePage Page { get; } = new("README.md", "tests/StreamingJson.Binding.Tests/Documentation/Readme");

    // The sample writes to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public async Task TypedPartials()
    {
        IAsyncEnumerable<string> deltas = new Pieces("""{"title":"Lis""", """bon","budget":12""", """00,"no""", """te":null}""").AsDeltas();
        // readme: typed-partials
        using var parser = new StreamingJsonParser();
        await foreach (Partial<Journey> partial in parser.ReadPartialsAsync(deltas, JourneyTypes.Default.Journey)) // deltas: the model's text as it arrives
        {
            Journey? journey = partial.Value;
            Console.WriteLine($"'{journey?.Title}' {partial.GetState("/title")}, budget {journey?.Budget} {partial.GetState("/budget")}, note {partial.GetState("/note")}; text {partial.Outcome}");
        }
        // readme: end
        Page.AssertShows("typed-partials", Console.ToString());
    }

    // readme: journey
    public sealed record Journey(string? Title, int? Budget, string? Note);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Journey))]
    public sealed partial class JourneyTypes : JsonSerializerContext;
    // readme: end
}
