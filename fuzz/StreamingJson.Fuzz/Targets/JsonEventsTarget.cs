using System;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>The parser without a tape tells, and refuses, what the parser with one does.</summary>
internal sealed class JsonEventsTarget() : FuzzTarget("json-events", "JsonEventParser tells and refuses what StreamingJsonParser does, however the text is cut")
{
    public override int MaxLength => 2048;

    public override void Run(FuzzInput input)
    {
        StreamingJsonOptions options = JsonFlags.OptionsOf(input);
        using var parser = new StreamingJsonParser(options);
        var expected = new EventDigest();
        parser.TryAppend(input.Document);
        expected.AddEventsOf(parser);
        parser.Complete();
        expected.AddEventsOf(parser);

        var actual = new EventDigest();
        using var events = new JsonEventParser<DigestHandler>(new DigestHandler(actual), options);
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            events.TryAppend(chunk.Span);
        }

        events.Complete();
        if (Verdict.Of(parser) != Verdict.Of(events) || (parser.Outcome != JsonOutcome.Invalid && expected.Value != actual.Value))
        {
            Assert.Equal(
                Tests.Support.Run.Of(input.Document, Chunking.Whole, options: options).WithoutTape(),
                Tests.Support.Run.OfEvents(input.Document, input.Chunking, options: options));
        }

        Assert.Equal(parser.Leniencies, events.Leniencies);
        Assert.InRange(events.Meters.BytesExamined, 0, 3L * input.Document.Length);
    }
}
