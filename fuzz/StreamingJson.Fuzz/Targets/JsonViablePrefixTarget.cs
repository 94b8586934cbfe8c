using System;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>Law 7: a text is refused at the byte at which the recogniser refuses it, and ends as it says.</summary>
internal sealed class JsonViablePrefixTarget() : FuzzTarget("json-viable-prefix", "law 7: refused exactly where no continuation is valid, as the pushdown recogniser has it")
{
    public override void Run(FuzzInput input)
    {
        StreamingJsonOptions options = JsonFlags.OptionsOf(input);
        var recognizer = new JsonPushdownRecognizer(options.ForRecognizer());
        using var parser = new StreamingJsonParser(options);
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            bool isViable = true;
            foreach (byte b in chunk.Span)
            {
                isViable = recognizer.Take(b);
            }

            bool isTaken = parser.TryAppend(chunk.Span);
            if (JsonFlags.IsOfLimitOrName(parser.Error?.Code ?? JsonErrorCode.None))
            {
                long errorOffset = recognizer.Verdict.ErrorOffset;
                Assert.True(errorOffset < 0 || errorOffset >= parser.Error!.ByteOffset, "A limit comes first, and the text was wrong before.");
                return;
            }

            Assert.Equal(recognizer.Verdict.ErrorOffset, parser.Error?.ByteOffset ?? -1);
            if (!isTaken)
            {
                return;
            }

            Assert.True(isViable || chunk.IsEmpty);
        }

        JsonOutcome expected = recognizer.Verdict.Outcome == RecognizerOutcome.Complete ? JsonOutcome.Complete : JsonOutcome.Truncated;
        Assert.Equal(expected, parser.Complete());
        Assert.Equal(expected == JsonOutcome.Complete ? null : input.Document.Length, parser.Error?.ByteOffset);
    }
}
