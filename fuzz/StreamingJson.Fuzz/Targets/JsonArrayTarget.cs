using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using StreamingJson.Framing;
using StreamingJson.Framing.Tests;
using StreamingJson.Fuzz.Engine;
using Xunit;
using Latin1 = StreamingJson.Framing.Tests.Text;

namespace StreamingJson.Fuzz.Targets;

/// <summary>The elements of a top-level array, against recursive descent, and against JsonDocument where that takes the text.</summary>
internal sealed class JsonArrayTarget() : FuzzTarget("json-array", "the frames of a top-level JSON array are its elements, however they are cut")
{
    private const int DeliversTail = 1;

    public override void Run(FuzzInput input)
    {
        var options = new FrameReaderOptions { DeliverUnterminated = input.Has(DeliversTail) };
        Outcome outcome = Outcome.Of(FrameFormat.JsonArray, options, input.Chunks());
        Assert.Equal(JsonArrayOracle.Interpret(Latin1.Of(input.Document), input.Has(DeliversTail)), outcome.ToString());
        if (outcome.Code is null && ElementsOf(input.Document) is { } elements)
        {
            Assert.Equal(elements, outcome.Frames.Select(frame => frame.Data));
        }
    }

    private static List<string>? ElementsOf(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind != JsonValueKind.Array ? null
                : [.. document.RootElement.EnumerateArray().Select(element => Latin1.Of(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element)))];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
