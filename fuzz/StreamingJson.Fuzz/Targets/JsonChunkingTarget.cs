using System;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Laws 1 and 6: a text in chunks is the text whole, through every entrance, after a Reset; and what it is, JsonDocument says.</summary>
internal sealed class JsonChunkingTarget() : FuzzTarget("json-chunking", "laws 1, 6: in chunks, after a Reset, or as a sequence, a text is what JsonDocument says of it whole")
{
    private const int ResetsFirst = 1 << 7;

    public override int MaxLength => 2048;

    public override void Run(FuzzInput input)
    {
        StreamingJsonOptions options = JsonFlags.OptionsOf(input);
        using var whole = new StreamingJsonParser(options);
        var wholeDigest = new EventDigest();
        whole.TryAppend(input.Document);
        wholeDigest.AddEventsOf(whole);
        End(whole, wholeDigest);

        using var chunked = new StreamingJsonParser(options);
        var chunkedDigest = new EventDigest();
        Feed(chunked, chunkedDigest, input);
        End(chunked, chunkedDigest);

        bool isSame = wholeDigest.Value == chunkedDigest.Value
            && (whole.Outcome, whole.Error?.Code, whole.Error?.ByteOffset) == (chunked.Outcome, chunked.Error?.Code, chunked.Error?.ByteOffset)
            && (whole.Leniencies, whole.Meters.Tokens) == (chunked.Leniencies, chunked.Meters.Tokens)
            && whole.Snapshot.ToString() == chunked.Snapshot.ToString();
        if (!isSame)
        {
            Explain(input, options);
        }

        Assert.InRange(chunked.Meters.BytesExamined, 0, 3L * input.Document.Length);
        if (!input.Has(JsonFlags.MultipleValues) && !JsonFlags.IsOfLimitOrName(whole.Error?.Code ?? JsonErrorCode.None))
        {
            Judge(input, whole);
        }
    }

    // A span, or the same bytes as a sequence of segments: the document decides by its length, so that no flag is spent.
    private static void Feed(StreamingJsonParser parser, EventDigest digest, FuzzInput input)
    {
        if (input.Has(ResetsFirst))
        {
            parser.TryAppend(input.Document.AsSpan(input.Document.Length / 2));
            parser.Complete();
            parser.Reset();
        }

        bool isSequence = input.Document.Length % 4 == 3;
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            _ = isSequence ? parser.TryAppend(Segments.Of(chunk)) : parser.TryAppend(chunk.Span);
            digest.AddEventsOf(parser);
        }
    }

    private static void End(StreamingJsonParser parser, EventDigest digest)
    {
        if (parser.Outcome == JsonOutcome.Partial)
        {
            parser.Complete();
            digest.AddEventsOf(parser);
        }
    }

    private static void Explain(FuzzInput input, StreamingJsonOptions options)
    {
        Assert.Equal(Tests.Support.Run.Of(input.Document, Chunking.Whole, options: options), Tests.Support.Run.Of(input.Document, input.Chunking, options: options));
        Assert.Equal(
            Tests.Support.Run.Of(input.Document, Chunking.Whole, options: options),
            Tests.Support.Run.Of(input.Document, input.Chunking, Entrance.Sequence, options));
        Assert.Fail("A parser that was used before, and reset, is not as a new one.");
    }

    private static void Judge(FuzzInput input, StreamingJsonParser parser)
    {
        ReadOnlyMemory<byte> text = input.Document;
        if (!input.Has(JsonFlags.NoByteOrderMark) && text.Span.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        // JsonDocument says no with an exception, which costs more than all the rest; the recogniser of json-viable-prefix says it each time.
        bool isAsked = parser.Outcome == JsonOutcome.Complete || input.Document.Length % 8 == 0;
        using JsonDocument? document = isAsked ? TryParse(text, input, parser.Options) : null;
        bool isValid = document is not null && Utf8.IsValid(input.Document);
        bool isReplaced = (parser.Leniencies & JsonLeniencies.ReplacedSurrogate) != 0;
        if (parser.Outcome == JsonOutcome.Complete)
        {
            Assert.True(isValid || isReplaced, "Complete, but JsonDocument refuses it."); // a lone surrogate in a name is no name to JsonDocument
            if (isValid)
            {
                AssertSame(document!.RootElement, parser.Snapshot.RootElement, isReplaced);
            }
        }
        else if (!input.Has(JsonFlags.RefuseSurrogates) && isAsked)
        {
            Assert.False(isValid, $"{parser.Outcome}, but JsonDocument takes it.");
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> text, FuzzInput input, StreamingJsonOptions options)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions
            {
                AllowTrailingCommas = options.AllowTrailingCommas,
                CommentHandling = options.SkipComments ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow,
                AllowDuplicateProperties = !input.Has(JsonFlags.RefuseDuplicates),
                MaxDepth = options.Limits.MaxDepth,
            });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // JsonDocument has no text for half a surrogate pair; where there is one, the text is decoded by the plain rules.
    private static void AssertSame(JsonElement expected, PartialJsonElement actual, bool isReplaced)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        Assert.True(actual.IsComplete);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                PartialJsonElement.ObjectEnumerator properties = actual.EnumerateObject();
                foreach (JsonProperty property in expected.EnumerateObject())
                {
                    Assert.True(properties.MoveNext());
                    Assert.True(isReplaced
                        ? GrowingText.Decode(JsonMarshal.GetRawUtf8PropertyName(property), isClosed: true) == properties.Current.Name
                        : property.NameEquals(properties.Current.NameUtf8));
                    AssertSame(property.Value, properties.Current.Value, isReplaced);
                }

                Assert.False(properties.MoveNext());
                break;
            case JsonValueKind.Array:
                PartialJsonElement.ArrayEnumerator items = actual.EnumerateArray();
                foreach (JsonElement item in expected.EnumerateArray())
                {
                    Assert.True(items.MoveNext());
                    AssertSame(item, items.Current, isReplaced);
                }

                Assert.False(items.MoveNext());
                break;
            case JsonValueKind.String:
                Assert.True(isReplaced
                    ? GrowingText.Decode(JsonMarshal.GetRawUtf8Value(expected)[1..^1], isClosed: true) == actual.GetString()
                    : expected.ValueEquals(actual.TextUtf8));
                break;
            default:
                Assert.Equal(expected.GetRawText(), actual.GetRawText());
                break;
        }
    }
}
