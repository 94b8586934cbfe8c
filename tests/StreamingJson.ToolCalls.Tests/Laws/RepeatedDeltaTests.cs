using System;
using System.Linq;
using System.Text;
using Xunit;

namespace StreamingJson.ToolCalls.Tests;

/// <summary>
/// A payload that equals the one before but for its piece is not read again. Where something else stands between any two, all are read: the calls
/// and what is off in them must be the same.
/// </summary>
public sealed class RepeatedDeltaTests
{
    private const string Usual = """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"PIECE"}}""";

    [Theory]
    [InlineData("1", "2", "3", "]")]
    [InlineData(@"\""", @"a\n", @"\u00e9", @"\""")]
    [InlineData(@"\""\ud83d", @"\ude00", @"\""", "]")]
    [InlineData("1", "2", "\t", "]")]
    [InlineData("1", "2", @"\x", "]")]
    [InlineData("1", "2", @"\u12", "]")]
    [InlineData("1", "2", "\"", "]")]
    [InlineData("1", "2", "\",\"x\":\"", "]")]
    [InlineData("1", "", "", "]")]
    [InlineData("1", "}", "2", "]")]
    [InlineData(@"\""\ud83d", "x", @"\""", "]")]
    public void APieceOfAnyKind_IsReadAsItIsAlone(params string[] pieces)
    {
        string[] payloads = [.. new[] { "[", "1,", "2,", "3," }.Concat(pieces).Select(piece => Usual.Replace("PIECE", piece, StringComparison.Ordinal))];
        AssertSame(payloads);
    }

    /// <summary>What a compared piece brings to light is told before it.</summary>
    [Theory]
    [InlineData("{\\\"a\\\":1}")]
    [InlineData("{\\\"a\\\":1} ")]
    public void APieceThatRepeatsAllBefore_IsDropped(string repetition) =>
        AssertSame([.. new[] { "{", "\\\"a\\\":", "1", "}", repetition }.Select(piece => Usual.Replace("PIECE", piece, StringComparison.Ordinal))]);

    [Theory]
    [InlineData("\"index\":0", "\"index\":1")]
    [InlineData("input_json_delta", "text_delta")]
    [InlineData("partial_json", "partial_jsom")]
    [InlineData("\"}}", "\"}")]
    [InlineData("\"}}", "\"}},")]
    [InlineData("\"}}", "\",\"partial_json\":\"4\"}}")]
    public void APayloadThatDiffersElsewhere_IsRead(string old, string other)
    {
        string[] payloads = [.. new[] { "[1,", "2,", "3,", "4,", "5]" }.Select(piece => Usual.Replace("PIECE", piece, StringComparison.Ordinal))];
        payloads[3] = payloads[3].Replace(old, other, StringComparison.Ordinal);
        AssertSame(payloads);
    }

    [Theory]
    [InlineData(4, 5, 6, false)]
    [InlineData(4, 6, 7, true)]
    [InlineData(4, 4, 5, true)]
    [InlineData(8, 9, 10, true)]
    public void TheNumbersOfRepeatedPayloads_AreStillCompared(int fourth, int fifth, int sixth, bool isGap)
    {
        var stream = new StringBuilder("data: {\"type\":\"response.output_item.added\",\"sequence_number\":0,\"output_index\":0,\"item\":{\"id\":\"fc_1\",\"type\":\"function_call\",\"arguments\":\"\",\"call_id\":\"call_1\",\"name\":\"f\"}}\n\n");
        foreach (int number in new[] { 1, 2, 3, fourth, fifth, sixth })
        {
            stream.Append("data: {\"type\":\"response.function_call_arguments.delta\",\"sequence_number\":").Append(number)
                .Append(",\"item_id\":\"fc_1\",\"output_index\":0,\"delta\":\"[\",\"obfuscation\":\"").Append('x', number).Append("\"}\n\n");
        }

        ModelRun run = ModelRun.Of(new ModelStreamOptions(), Encoding.UTF8.GetBytes(stream.ToString()));

        Assert.Equal(isGap, run.Anomalies.Contains(AnomalyKind.SequenceGap));
        Assert.Equal("[[[[[[", run.Calls.Single().GetText());
        run.Reader.Dispose();
    }

    /// <summary>The number that is expected is written into what payloads are compared with: over every change of its length, and after every gap, too.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(999)]
    public void NumbersGrow_AndAGapIsSeenWhereverItIs(int gapBefore)
    {
        const int Count = 1100;
        var stream = new StringBuilder("data: {\"type\":\"response.output_item.added\",\"sequence_number\":0,\"output_index\":0,\"item\":{\"id\":\"fc_1\",\"type\":\"function_call\",\"arguments\":\"\",\"call_id\":\"call_1\",\"name\":\"f\"}}\n\n");
        var text = new StringBuilder();
        for (int i = 1; i < Count; i++)
        {
            string piece = i == 1 ? "[0" : "," + i;
            text.Append(piece);
            stream.Append("data: {\"type\":\"response.function_call_arguments.delta\",\"output_index\":0,\"delta\":\"").Append(piece)
                .Append("\",\"sequence_number\":").Append(i + (gapBefore >= 0 && i >= gapBefore ? 1 : 0)).Append(",\"obfuscation\":\"").Append('x', i % 7).Append("\"}\n\n");
        }

        ModelRun run = ModelRun.Of(new ModelStreamOptions(), Encoding.UTF8.GetBytes(stream.ToString()));

        Assert.Equal(gapBefore >= 0, run.Anomalies.Contains(AnomalyKind.SequenceGap));
        Assert.Equal(text.ToString(), run.Calls.Single().GetText());
        run.Reader.Dispose();
    }

    private static void AssertSame(string[] deltas)
    {
        const string Start = """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}""";
        ModelRun repeated = ModelRun.Of(new ModelStreamOptions(), ModelRun.Sse([Start, .. deltas]));
        ModelRun single = ModelRun.Of(new ModelStreamOptions(), ModelRun.Sse([Start, .. deltas.SelectMany(delta => new[] { delta, "{\"type\":\"ping\"}" })]));

        Assert.Equal(single.FinalLine(), repeated.FinalLine());
        Assert.Equal(single.Events, repeated.Events);
        repeated.Reader.Dispose();
        single.Reader.Dispose();
    }
}
