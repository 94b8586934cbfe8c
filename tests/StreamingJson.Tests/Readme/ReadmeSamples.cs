using System.IO;
using Xunit;

namespace StreamingJson.Tests.Readme;

/// <summary>The samples of the README: each runs, and what it writes is what the page shows.</summary>
public class ReadmeSamples
{
    // The samples write to the console; here it is this.
    private StringWriter Console { get; } = new();

    [Fact]
    public void FirstScreen()
    {
        // readme: first-screen
        using var parser = new StreamingJsonParser();
        foreach (string chunk in new[] { """{"city": "Par""", """is", "days": [3""", """1, 12], "note": nu""", "ll}" })
        {
            parser.Append(chunk); // or bytes: cut anywhere, also inside an escape or a character
            Console.WriteLine($"so far: {parser.Snapshot}");
            foreach (JsonEvent change in parser.Events)
            {
                if (change.Kind == JsonEventKind.Completed)
                {
                    Console.WriteLine($"   complete: {change.GetPointer()} = {change.Element}");
                }
            }
        }

        parser.EnsureComplete(); // throws unless this was a whole JSON text
        // readme: end
        ReadmeFile.AssertShows("first-screen", Console.ToString());
    }

    [Fact]
    public void Lookup()
    {
        // readme: lookup
        using var parser = new StreamingJsonParser();
        parser.Append("""{"path":"src/a.cs","edits":[{"line":12,"text":"int x = 1;\nint y"""u8);
        JsonSnapshot snapshot = parser.Snapshot;

        PartialJsonElement path = snapshot.RootElement.GetProperty("path");
        Console.WriteLine($"{path.GetString()}, complete: {path.IsComplete}");

        if (snapshot.TryGetElement("/edits/0/text", out PartialJsonElement text))
        {
            Console.WriteLine($"{text.TextUtf8.Length} bytes of text so far, complete: {text.IsComplete}");
        }

        // readme: end
        ReadmeFile.AssertShows("lookup", Console.ToString());
    }

    [Fact]
    public void Ends()
    {
        // readme: ends
        using var parser = new StreamingJsonParser();
        foreach (string text in new[] { "[1,2]", "[1,2", "[1,2}" })
        {
            parser.Reset();
            _ = parser.TryAppend(text); // false, not an exception, when the text is invalid
            JsonOutcome outcome = parser.Complete();
            Console.WriteLine($"{text} is {outcome}, so far {parser.Snapshot}: {parser.Error?.Message ?? "no error"}");
        }

        // readme: end
        ReadmeFile.AssertShows("ends", Console.ToString());
    }

    [Fact]
    public void Options()
    {
        // readme: options
        var options = new StreamingJsonOptions
        {
            AllowMultipleValues = true,
            DuplicateNames = DuplicateNameHandling.Refuse,
            Limits = JsonLimits.Default with { MaxDepth = 16, MaxDocumentBytes = 1024 * 1024 },
        };
        using var parser = new StreamingJsonParser(options);
        // readme: end
        parser.Append("{\"a\":1}{\"a\":2}");
        Assert.False(parser.TryAppend("{\"a\":1,\"a\":2}"));
    }
}
