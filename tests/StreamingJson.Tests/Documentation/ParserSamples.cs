using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using StreamingJson.Tests.Readme;
using Xunit;

namespace StreamingJson.Tests.Documentation;

/// <summary>docs/parser.md: every block is a sample that runs, and shows what it writes.</summary>
public partial class ParserSamples
{
    private static SamplePage Page { get; } = new("docs/parser.md", "tests/StreamingJson.Tests/Documentation");

    // The samples write to the console; here it is this.
    private protected StringWriter Console { get; } = new();

    [Fact]
    public void EveryCsharpBlock_IsASampleThatRuns_AndEverySampleIsShown()
    {
        Page.AssertBlocksAreSamples();
        Page.AssertOutputsAreCompared();
    }

    [Fact]
    public void GrowingValues()
    {
        // readme: growing-values
        using var parser = new StreamingJsonParser();
        string last = "";
        foreach (byte next in """{"to":"Bo\u00eb","n":[12,7],"ok":true}"""u8)
        {
            parser.Append([next]);
            if (parser.Snapshot.ToString() != last)
            {
                last = parser.Snapshot.ToString();
                Console.WriteLine(last);
            }
        }

        // readme: end
        Page.AssertShows("growing-values", Console.ToString());
    }

    [Fact]
    public void PointerReaders()
    {
        // readme: pointer-reader
        using var parser = new StreamingJsonParser();
        var text = new JsonPointerReader("/edits/0/text");
        foreach (string chunk in new[] { """{"edits":[{"line":""", """12,"text":"int x""", """ = 1;\nint y""" })
        {
            parser.Append(chunk);
            if (text.TryGetElement(parser.Snapshot, out PartialJsonElement value))
            {
                Console.WriteLine($"{value.TextUtf8.Length} bytes of text");
            }
        }

        // readme: end
        Page.AssertShows("pointer-reader", Console.ToString());
    }

    [Fact]
    public void Events()
    {
        // readme: events
        using var parser = new StreamingJsonParser();
        foreach (string chunk in new[] { """{"file":"a.cs","content":"cla""", "ss A", """\n{ }"}""" })
        {
            parser.Append(chunk);
            foreach (JsonEvent change in parser.Events)
            {
                switch (change.Kind)
                {
                    case JsonEventKind.StringDelta when change.PropertyNameUtf8.SequenceEqual("content"u8):
                        Console.WriteLine($"+{change.TextUtf8.Length} bytes of content"); // write them to the file: UTF-8, unescaped
                        break;
                    case JsonEventKind.Completed when change.Depth == 1:
                        Console.WriteLine($"{change.GetPointer()} is complete");
                        break;
                }
            }
        }

        // readme: end
        Page.AssertShows("events", Console.ToString());
    }

    [Fact]
    public async Task FromAPipe()
    {
        var pipe = new Pipe();
        PipeReader reader = pipe.Reader;
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes("""{"title":"Plan","steps":["one","two"]}"""));
        await pipe.Writer.CompleteAsync();

        // readme: pipe
        using var parser = new StreamingJsonParser();
        await foreach (JsonEvent change in parser.ReadEventsAsync(reader)) // or ReadSnapshotsAsync; or of a Stream, or an IAsyncEnumerable<string>
        {
            if (change.Kind == JsonEventKind.Completed)
            {
                Console.WriteLine($"{change.GetPointer()}: {change.Element}");
            }
        }

        // readme: end
        Page.AssertShows("pipe", Console.ToString());
    }

    [Fact]
    public async Task ByHand()
    {
        var pipe = new Pipe();
        PipeReader reader = pipe.Reader;
        await pipe.Writer.WriteAsync("[1,2"u8.ToArray());
        await pipe.Writer.CompleteAsync();

        // readme: by-hand
        using var parser = new StreamingJsonParser();
        while (await parser.ReadAsync(reader)) // the one await; what a read brought is parsed synchronously
        {
            Console.WriteLine($"{parser.Outcome} {parser.Snapshot}");
        }

        await reader.CompleteAsync(); // whoever drives the loop owns the reader
        // readme: end
        Page.AssertShows("by-hand", Console.ToString());
    }

    [Fact]
    public void Chars()
    {
        // readme: chars
        using var parser = new StreamingJsonParser();
        parser.Append("\"deltas of an SDK are strings: \ud83d"); // half of a surrogate pair
        parser.Append("\ude80\"");
        Console.WriteLine(parser.Snapshot.RootElement.TextUtf8.Length);
        // readme: end
        Page.AssertShows("chars", Console.ToString());
    }

    [Fact]
    public void Typed()
    {
        // readme: typed
        using var parser = new StreamingJsonParser();
        parser.Append("""{"title":"Move house","steps":[{"name":"pack"},{"name":"dri"""u8);
        Plan plan = parser.Snapshot.Deserialize(PlanContext.Default.Plan)!;
        Console.WriteLine($"{plan.Title}: {plan.Steps!.Count} steps, the last so far is '{plan.Steps[^1].Name}'");
        // readme: end
        Page.AssertShows("typed", Console.ToString());
    }

    // readme: typed-model
    public sealed record Plan(string? Title, IReadOnlyList<PlanStep>? Steps);

    public sealed record PlanStep(string? Name);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Plan))]
    public sealed partial class PlanContext : JsonSerializerContext;
    // readme: end
}
