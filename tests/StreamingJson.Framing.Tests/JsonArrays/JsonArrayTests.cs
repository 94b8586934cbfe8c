using System.Linq;
using System.Text.Json;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace StreamingJson.Framing.Tests;

public sealed class JsonArrayTests(ITestOutputHelper output)
{
    private static readonly FrameReaderOptions Tail = new() { DeliverUnterminated = true };

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] \r\n")]
    [InlineData("[{\"a\":1}]", "{\"a\":1}")]
    [InlineData("[{\n  \"a\": [1, 2]\n}\n,\r\n{ }\n]\n", "{\n  \"a\": [1, 2]\n}", "{ }")]
    [InlineData("[1,-2.5e+3 ,true,\"x\",null]", "1", "-2.5e+3", "true", "\"x\"", "null")]
    [InlineData("[\"]\",\"\\\"]\",\"\\\\\",{\"}\":\"\\\\\\\"}\"}]", "\"]\"", "\"\\\"]\"", "\"\\\\\"", "{\"}\":\"\\\\\\\"}\"}")]
    [InlineData("[[],[[1]],{}]", "[]", "[[1]]", "{}")]
    [InlineData(" {\"error\":{\"code\":400}} \n", "{\"error\":{\"code\":400}}")]
    public void Elements_AreFrames(string text, params string[] expected)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.JsonArray, null, Text.Bytes(text));

        Assert.Equal(expected, outcome.Frames.Select(frame => frame.Data));
        Assert.Null(outcome.Code);
        Assert.Equal(JsonArrayOracle.Interpret(text, false), outcome.ToString());
        using JsonDocument document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(document.RootElement.EnumerateArray().Select(element => element.GetRawText()), expected);
        }
    }

    [Theory]
    [InlineData("", FramingErrorCode.UnexpectedEnd, 0)]
    [InlineData("  ", FramingErrorCode.UnexpectedEnd, 2)]
    [InlineData("[", FramingErrorCode.UnexpectedEnd, 1)]
    [InlineData("[1", FramingErrorCode.UnexpectedEnd, 2)]
    [InlineData("[1,", FramingErrorCode.UnexpectedEnd, 3, "1")]
    [InlineData("[{\"a\":[", FramingErrorCode.UnexpectedEnd, 7)]
    [InlineData("[\"a\\", FramingErrorCode.UnexpectedEnd, 4)]
    [InlineData("{\"a\":1", FramingErrorCode.UnexpectedEnd, 6)]
    [InlineData("1", FramingErrorCode.UnexpectedByte, 0)]
    [InlineData("\"a\"", FramingErrorCode.UnexpectedByte, 0)]
    [InlineData("\u00EF\u00BB\u00BF[]", FramingErrorCode.UnexpectedByte, 0)]
    [InlineData("<html>", FramingErrorCode.UnexpectedByte, 0)]
    [InlineData("[,1]", FramingErrorCode.UnexpectedByte, 1)]
    [InlineData("[1,]", FramingErrorCode.UnexpectedByte, 3, "1")]
    [InlineData("[1 2]", FramingErrorCode.UnexpectedByte, 3, "1")]
    [InlineData("[1}", FramingErrorCode.UnexpectedByte, 2)]
    [InlineData("[1\"a\"]", FramingErrorCode.UnexpectedByte, 2)]
    [InlineData("[{}{}]", FramingErrorCode.UnexpectedByte, 3, "{}")]
    [InlineData("[1]]", FramingErrorCode.UnexpectedByte, 3, "1")]
    [InlineData("[1] x", FramingErrorCode.UnexpectedByte, 4, "1")]
    [InlineData("{}{}", FramingErrorCode.UnexpectedByte, 2, "{}")]
    [InlineData("{},", FramingErrorCode.UnexpectedByte, 2, "{}")]
    public void MalformedText_IsRefusedWhereItIs(string text, FramingErrorCode code, long offset, params string[] before)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.JsonArray, null, Text.Bytes(text));

        Assert.Equal(before, outcome.Frames.Select(frame => frame.Data));
        Assert.Equal((code, offset), (outcome.Code, outcome.ErrorOffset));
        Assert.Equal(JsonArrayOracle.Interpret(text, false), outcome.ToString());
    }

    /// <summary>A letter or digit begins a literal, whichever it is; its spelling is for the parser that reads it.</summary>
    [Fact]
    public void EveryLetterAndDigit_MayBeginALiteral_AndNothingElse()
    {
        foreach (char first in Enumerable.Range(0x21, 0xDF).Select(value => (char)value).Except("{[\""))
        {
            Outcome outcome = Outcome.Of(FrameFormat.JsonArray, null, Text.Bytes($"[{first}]"));
            bool isLiteral = char.IsAsciiLetterOrDigit(first) || first is '-' or '+' or '.';
            Assert.Equal(isLiteral ? $"{first}" : "", string.Concat(outcome.Frames.Select(frame => frame.Data)));
        }
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a")]
    [InlineData("[\"a\\")]
    [InlineData("[[1")]
    public void AfterAReset_NothingIsLeftOfAnElement(string before)
    {
        using var reader = new FrameReader(FrameFormat.JsonArray, Tail);
        reader.Append(Text.Bytes(before));
        var first = new Outcome();
        first.Drain(reader);
        reader.Complete();
        first.Drain(reader);
        reader.Reset();
        Assert.Equal(Outcome.Of(FrameFormat.JsonArray, Tail, Text.Bytes("[\"\",{\"b\":2},[3")).ToString(), Outcome.Of(reader, Cuts.Whole(Text.Bytes("[\"\",{\"b\":2},[3"))).ToString());
    }

    [Theory]
    [InlineData("[\"123456789")]
    [InlineData("[{\"a\":\"bcde")]
    public void AnElementThatIsCutAtItsLimit_IsCutAndNotTooLong(string text)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.JsonArray, new() { MaxFrameBytes = 10, DeliverUnterminated = true }, Text.Bytes(text));
        Assert.Equal((FramingErrorCode.UnexpectedEnd, text[1..]), (outcome.Code, Assert.Single(outcome.Frames).Data));
    }

    [Theory]
    [InlineData("[1, {\"a\":\"b", "1", "{\"a\":\"b")]
    [InlineData("[12", "12")]
    [InlineData("{\"a\"", "{\"a\"")]
    public void CutElement_IsDeliveredOnRequestAndStaysAnError(string text, params string[] expected)
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.JsonArray, Tail, Text.Bytes(text));
        Assert.Equal(expected, outcome.Frames.Select(frame => frame.Data));
        Assert.Equal(FrameFlags.Unterminated, outcome.Frames[^1].Flags);
        Assert.Equal(FramingErrorCode.UnexpectedEnd, outcome.Code);
    }

    /// <summary>The bytes inside an element are the business of who parses it: only their number of open brackets counts.</summary>
    [Fact]
    public void MismatchedBrackets_InsideAnElement_AreNotTheReadersBusiness()
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.JsonArray, null, Text.Bytes("[{\"a\":[1}],2]"));
        Assert.Equal(["{\"a\":[1}]", "2"], outcome.Frames.Select(frame => frame.Data));
    }

    [Fact]
    public void Element_IsDeliveredWithItsLastByte()
    {
        byte[] text = Text.Bytes("[{},1,\"a\"]");
        using var reader = new FrameReader(FrameFormat.JsonArray);
        string seen = "";
        foreach (byte value in text)
        {
            reader.Append([value]);
            seen += reader.TryRead(out Frame frame) ? $"<{Text.Of(frame.Data)}>" : ".";
        }

        Assert.Equal("..<{}>..<1>..<\"a\">.", seen);
    }

    [Fact]
    public void Reader_AgreesWithRecursiveDescent()
    {
        string[] pieces = ["[", "[", "]", "]", "{", "}", "\"", "\"", "\\", ",", ",", " ", "\n", "1", "tru", "-", ":", "\u00E4", "{}", "[]", "\"a\"", "{\"a\":[1,\"]\"]}"];
        var cases =
            from open in Gen.Elements("[", "[ ", "{", "")
            from stream in Gen.Elements(pieces).ArrayOf()
            from cuts in Gen.Choose(0, 1 << 20).ArrayOf()
            from tail in Gen.Elements(false, true)
            select (Text: open + string.Concat(stream), Cuts: cuts, Tail: tail);

        Seed.Check(output, 20_000, cases, c =>
            Assert.Equal(
                JsonArrayOracle.Interpret(c.Text, c.Tail),
                Outcome.Of(FrameFormat.JsonArray, c.Tail ? Tail : null, Cuts.At(Text.Bytes(c.Text), c.Cuts)).ToString()));
    }
}
