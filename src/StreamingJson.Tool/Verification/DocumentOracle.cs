using System;
using System.Text.Json;
using System.Text.Unicode;

namespace StreamingJson.Tool.Verification;

/// <summary>Law 6: the verdict, and the value of a complete text, are those of <see cref="JsonDocument"/>.</summary>
internal static class DocumentOracle
{
    /// <exception cref="LawBrokenException">They are not.</exception>
    public static void RequireSame(ReadOnlyMemory<byte> content, StreamingJsonParser parser)
    {
        // A text beyond a limit of ours has no verdict of theirs.
        if (parser.Error?.Code >= JsonErrorCode.DuplicateName)
        {
            return;
        }

        ReadOnlyMemory<byte> text = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        using JsonDocument? document = TryParse(text);
        bool isComplete = parser.Outcome == JsonOutcome.Complete;
        Laws.Require(
            6, isComplete == document is not null,
            $"the outcome is {parser.Outcome}, but JsonDocument {(document is null ? "refuses" : "accepts")} the text");
        if (document is not null)
        {
            RequireSame(document.RootElement, parser.Snapshot.RootElement);
        }
    }

    /// <summary>What is known of a value, closed, is valid JSON.</summary>
    /// <exception cref="LawBrokenException">It is not.</exception>
    public static void RequireClosed(string closed)
    {
        try
        {
            JsonDocument.Parse(closed, new JsonDocumentOptions { MaxDepth = int.MaxValue }).Dispose();
        }
        catch (JsonException)
        {
            throw new LawBrokenException(4, "the closed value is not valid JSON");
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> text)
    {
        // JsonDocument does not look at the bytes of strings.
        if (!Utf8.IsValid(text.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void RequireSame(in JsonElement expected, in PartialJsonElement actual)
    {
        int start = actual.ByteRange.Start;
        Laws.Require(
            6, expected.ValueKind == actual.ValueKind,
            $"the value at offset {start} is a {actual.ValueKind}; by JsonDocument a {expected.ValueKind}");
        Laws.Require(6, actual.IsComplete, $"the value at offset {start} is not complete");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                RequireSameProperties(expected, actual, start);
                break;

            case JsonValueKind.Array:
                PartialJsonElement.ArrayEnumerator items = actual.EnumerateArray();
                foreach (JsonElement item in expected.EnumerateArray())
                {
                    Laws.Require(6, items.MoveNext(), $"the array at offset {start} has too few items");
                    RequireSame(item, items.Current);
                }

                Laws.Require(6, !items.MoveNext(), $"the array at offset {start} has too many items");
                break;

            // A surrogate escape without partner: JsonDocument cannot say the text.
            case JsonValueKind.String when (actual.Leniencies & JsonLeniencies.ReplacedSurrogate) == 0:
                Laws.Require(6, expected.ValueEquals(actual.TextUtf8), $"the string at offset {start} has another text");
                break;

            case JsonValueKind.Number:
                Laws.Require(6, expected.GetRawText() == actual.GetRawText(), $"the number at offset {start} has another text");
                break;
        }
    }

    private static void RequireSameProperties(in JsonElement expected, in PartialJsonElement actual, int start)
    {
        PartialJsonElement.ObjectEnumerator properties = actual.EnumerateObject();
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            Laws.Require(6, properties.MoveNext(), $"the object at offset {start} has too few properties");
            Laws.Require(6, HasName(property, properties.Current.NameUtf8), $"a property of the object at offset {start} has another name");
            RequireSame(property.Value, properties.Current.Value);
        }

        Laws.Require(6, !properties.MoveNext(), $"the object at offset {start} has too many properties");
    }

    private static bool HasName(in JsonProperty property, ReadOnlySpan<byte> name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            // A surrogate escape without partner.
            return name.IndexOf("\uFFFD"u8) >= 0;
        }
    }
}
