using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Binding.Tests.Documentation;

/// <summary>The recipes of those who show what comes: typed objects, patches, a pace.</summary>
public partial class ClientSamples
{
    // The samples write to the console; here it is this.
    private StringWriter Console { get; } = new() { NewLine = "\n" };

    [Fact]
    public async Task RenderTyped()
    {
        IAsyncEnumerable<string> deltas =
            new Pieces("""{"title":"Lis""", """bon","budget":12""", """00,"steps":[{"what":"fl""", """y"},{"what":"eat"}""", "]}").AsDeltas();
        // readme: render-typed
        using var parser = new StreamingJsonParser();
        await foreach (Partial<Trip> partial in parser.ReadPartialsAsync(deltas, TripTypes.Default.Trip))
        {
            string steps = string.Join(" | ", partial.Value?.Steps ?? []);
            Console.WriteLine($"{partial.Value?.Title}, {partial.Value?.Budget} ({partial.GetState("/budget")}): {steps}");
        }
        // readme: end
        AssertShows("render-typed", Console.ToString());
    }

    [Fact]
    public async Task ForwardPatches()
    {
        PipeReader model = PipeReader.Create(new Pieces("{\"title\":\"A st", "ory\",\"pa", "ges\":[{\"n\":1}]}"));
        // readme: forward-patches
        using var parser = new StreamingJsonParser();
        using var patches = new JsonPatchWriter();
        var batch = new ArrayBufferWriter<byte>();
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(model))
        {
            if (patches.TryWrite(snapshot, batch)) // false: nothing that a client could see
            {
                Console.WriteLine($"data: {Encoding.UTF8.GetString(batch.WrittenSpan)}\n"); // a server-sent event
                batch.ResetWrittenCount();
            }
        }
        // readme: end
        AssertShows("forward-patches", Console.ToString());
    }

    [Fact]
    public async Task RenderAtAPace()
    {
        PipeReader model = PipeReader.Create(new ReadOnlySequence<byte>("{\"answer\":\"Forty-two.\",\"sure\":true}"u8.ToArray()));
        // readme: render-at-a-pace
        using var parser = new StreamingJsonParser();
        Pace pace = Pace.Every(TimeSpan.FromMilliseconds(50)) with { OnCompletion = true };
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(model, pace))
        {
            Console.WriteLine($"{snapshot.Outcome}: {snapshot}"); // at most 20 times a second, and when a value completes
        }
        // readme: end
        AssertShows("render-at-a-pace", Console.ToString());
    }

    // readme: trip-types
    public sealed record Trip(string? Title, int? Budget, List<TripStep>? Steps);

    public sealed record TripStep(string? What)
    {
        public override string ToString() => What ?? "...";
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Trip))]
    public sealed partial class TripTypes : JsonSerializerContext;
    // readme: end

    private static void AssertShows(string sample, string output) => CookbookTests.Page.AssertShows(sample, output);
}
