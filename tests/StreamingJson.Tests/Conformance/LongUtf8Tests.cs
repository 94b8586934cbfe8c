using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Conformance;

/// <summary>
/// Text is looked at in blocks where there is enough of it. Whatever stands at the edges of the blocks, the verdict and its offset are those
/// of the recogniser, which takes a byte at a time (RFC 3629, section 4).
/// </summary>
public class LongUtf8Tests
{
    // The first and last byte of each range of the RFC's table, and one of each kind that is no byte of a sequence.
    private static readonly byte[] Edges =
    [
        0x1F, (byte)'a', (byte)'"', (byte)'\\', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ];

    private static readonly byte[] Followers = [(byte)'a', (byte)'"', (byte)'\\', 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xF0];

    private static readonly byte[] Leads = [0xE0, 0xED, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5];

    [Theory]
    [InlineData("é", "é")]
    [InlineData("猫", "a")]
    [InlineData("\\n猫", "猫")]
    [InlineData("a", "🌊")]
    public void ThreeBytesOfTheEdges_AtEveryPlaceOfABlock_AreJudgedAsByteByByte(string before, string after) =>
        AssertJudged(before, after, [.. Combinations(Edges, Edges, Followers)], Enumerable.Range(0, 18));

    [Theory]
    [InlineData("é", "é")]
    [InlineData("\\n猫", "a")]
    public void FourBytesOfTheEdges_AtTheEndOfABlock_AreJudgedAsByteByByte(string before, string after) =>
        AssertJudged(before, after, [.. Combinations(Leads, Edges, Edges, Followers)], [13]);

    private static void AssertJudged(string before, string after, List<byte[]> sequences, IEnumerable<int> places)
    {
        // Another share of them at each place, where there is time for a few only.
        int step = PropertySettings.IsQuick ? 61 : 1;
        using var parser = new StreamingJsonParser();
        byte[] end = [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(after, 12))), .. "\"]"u8];
        foreach (int place in places)
        {
            byte[] start = [.. "[\""u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(before, 6)) + new string('a', place))];
            for (int i = place % step; i < sequences.Count; i += step)
            {
                byte[] sequence = sequences[i];
                byte[] text = [.. start, .. sequence, .. end];
                RecognizerVerdict expected = JsonPushdownRecognizer.Recognize(text);
                parser.Reset();
                bool isValid = parser.TryAppend(text);
                long offset = isValid ? -1 : parser.Error!.ByteOffset;
                if (isValid != (expected.Outcome != RecognizerOutcome.Invalid) || (!isValid && offset != expected.ErrorOffset))
                {
                    Assert.Fail($"{Convert.ToHexString(text)}: {offset}, not {expected}");
                }
            }
        }
    }

    private static IEnumerable<byte[]> Combinations(params byte[][] bytes) =>
        bytes.Aggregate((IEnumerable<byte[]>)[[]], (starts, next) => starts.SelectMany(_ => next, (start, b) => (byte[])[.. start, b]));
}
