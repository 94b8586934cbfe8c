using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Laws;

/// <summary>
/// Law 1. Chunking never shows: values, completions, their order, error code and error offset are functions of the bytes alone, however
/// they were cut, empty chunks included.
/// </summary>
public class Law01_ChunkingNeverShows
{
    [Fact]
    public void ATextGivesTheSame_HoweverItIsCut_ThroughEveryEntrance() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        OptionSets.Arbitrary,
        (text, cuts, options) =>
        {
            Trace whole = Run.Of(text.Bytes, Chunking.Whole, Entrance.Span, options);
            foreach (Entrance entrance in Entrance.All.Where(e => e.Takes(text.Bytes)))
            {
                Assert.Equal(whole, Run.Of(text.Bytes, cuts, entrance, options));
            }
        },
        maxTest: 600);

    [Fact]
    public void AParserWithoutTape_SaysTheSame_HoweverTheTextIsCut_ThroughEveryEntrance() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        OptionSets.Arbitrary,
        (text, cuts, options) =>
        {
            Trace whole = Run.Of(text.Bytes, Chunking.Whole, Entrance.Span, options).WithoutTape();
            Assert.Equal(whole, Run.OfEvents(text.Bytes, Chunking.Whole, Entrance.Span, options));
            foreach (Entrance entrance in Entrance.All.Where(e => e.Takes(text.Bytes)))
            {
                Assert.Equal(whole, Run.OfEvents(text.Bytes, cuts, entrance, options));
            }
        },
        maxTest: 600);

    [Fact]
    public void TheSnapshotAtAnOffset_IsTheSame_HoweverTheBytesBeforeWereCut() => PropertyRunner.Check(
        OptionSets.AnyTexts,
        Generators.Cuts,
        (text, cuts) =>
        {
            List<string> atEachByte = ["", .. Run.Snapshots(text.Bytes, Chunking.Bytes)];
            List<string> atEachCut = Run.Snapshots(text.Bytes, cuts);
            int offset = 0;
            foreach ((int length, int i) in cuts.Split(text.Bytes).Select((chunk, i) => (chunk.Length, i)))
            {
                offset += length;
                Assert.Equal(atEachByte[offset], atEachCut[i]);
            }

            Assert.Equal(atEachByte[^1], atEachCut[^1]);
        },
        maxTest: 100);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\uFEFF{}")]
    [InlineData("\uFEFF\uFEFF{}")]
    [InlineData("12")]
    [InlineData("-0.5e+10 ")]
    [InlineData("12]")]
    [InlineData("1.e5")]
    [InlineData("01")]
    [InlineData("[1,2.5,-3e7]")]
    [InlineData("[1}")]
    [InlineData("truefalse")]
    [InlineData("[nul]")]
    [InlineData("{\"a\":{\"b\":[[],{}]}}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"a\":{\"a\":0},\"b\":{\"a\":0},\"a\":1}")]
    [InlineData("\"é€\U0001F600\"")]
    [InlineData("\"\\u00e9\\u20ac\\ud83d\\ude00\"")]
    [InlineData("\"\\n\\\\\\\"\\/\"")]
    [InlineData("\"\\ud83d\\ud83d\\ude00x\"")]
    [InlineData("\"\\ude00\"")]
    [InlineData("[\"\\ud83d\\x\"]")]
    [InlineData("{\"\\ud83d\":1}")]
    [InlineData("\"ab\u0001\"")]
    [InlineData("[\"a\" \"b\"]")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1]/*a*/2//b")]
    [InlineData("{\"a\"/**/:1}")]
    [InlineData("[[[[1]]]]")]
    [InlineData("[\"0123456789abcdef\"]")]
    [InlineData("{\"abcdefgh\":1}")]
    [InlineData("[1234567]")]
    public void NamedCases_GiveTheSame_InAllWaysToCutThem(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (StreamingJsonOptions options in OptionSets.All)
        {
            Trace whole = Run.Of(bytes, Chunking.Whole, Entrance.Span, options);
            foreach (Chunking chunking in Chunkings.Of(bytes))
            {
                Entrance entrance = chunking.IsPadded ? Entrance.Sequence : Entrance.Span;
                Assert.Equal(whole, Run.Of(bytes, chunking, entrance, options));
                Assert.Equal(whole.WithoutTape(), Run.OfEvents(bytes, chunking, entrance, options));
            }

            foreach (Entrance entrance in Entrance.All)
            {
                Assert.Equal(whole, Run.Of(bytes, Chunking.BytesAndEmpty, entrance, options));
                Assert.Equal(whole.WithoutTape(), Run.OfEvents(bytes, Chunking.BytesAndEmpty, entrance, options));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xE2, 0x82, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0xAF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', (byte)'a', 0xFF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { 0xEF, 0xBB, (byte)'1' })]
    [InlineData(new byte[] { (byte)'1', (byte)'/', (byte)'*', 0xF5 })]
    [InlineData(new byte[] { (byte)'1', (byte)'/', (byte)'/', 0xE2, 0x80, 0xA8 })]
    public void WhatIsNotUtf8_IsRefusedAtTheSameByte_InAllWaysToCutIt(byte[] text)
    {
        foreach (StreamingJsonOptions options in OptionSets.All)
        {
            Trace whole = Run.Of(text, Chunking.Whole, Entrance.Span, options);
            Assert.Equal(JsonOutcome.Invalid, whole.Verdict.Outcome);
            foreach (Chunking chunking in Chunkings.Of(text))
            {
                Assert.Equal(whole, Run.Of(text, chunking, Entrance.Span, options));
                Assert.Equal(whole.WithoutTape(), Run.OfEvents(text, chunking, Entrance.Span, options));
            }
        }
    }

    [Theory]
    [InlineData("[1,-2.5e3]")]
    [InlineData("{\"a\":\"\\n\"}")]
    [InlineData("\"\\ud83d\\ude")]
    [InlineData("[\"é€\",1}")]
    [InlineData("[true,null]")]
    [InlineData("{\"é\":\"x\"} ")]
    [InlineData("[{},[],\"\"]")]
    [InlineData("\"ab\u0001cdefg\"")]
    public void AShortText_GivesTheSame_InEveryPartition(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Trace whole = Run.Of(bytes, Chunking.Whole);
        int step = PropertySettings.IsQuick ? 17 : 1;
        for (int cuts = 1; cuts < 1 << (bytes.Length - 1); cuts += step)
        {
            int[] offsets = [.. Enumerable.Range(1, bytes.Length - 1).Where(offset => (cuts & (1 << (offset - 1))) != 0)];
            Assert.Equal(whole, Run.Of(bytes, Chunking.At(offsets)));
            Assert.Equal(whole.WithoutTape(), Run.OfEvents(bytes, Chunking.At(offsets)));
        }
    }

    // Chunks of four to eight bytes of text have ways of their own, by what is in them and what the text had before.
    [Fact]
    public void Strings_InChunksOfAWord_ShowAtEachCut_WhatTheBytesSoFarShow() => PropertyRunner.Check(
        StringsOfAllPieces,
        Arb.From(Gen.ArrayOf(Gen.Choose(4, 8)).Where(lengths => lengths.Length > 0)),
        (text, lengths) =>
        {
            using var parser = new StreamingJsonParser();
            using var whole = new StreamingJsonParser();
            int end = 0;
            foreach (ReadOnlyMemory<byte> chunk in Chunking.Pattern(lengths).Split(text))
            {
                end += chunk.Length;
                parser.TryAppend(chunk.Span);
                whole.Reset();
                whole.TryAppend(text.AsSpan(0, end));
                Assert.Equal(Observed.Print(whole.Snapshot), Observed.Print(parser.Snapshot));
            }

            Assert.Equal(Run.Of(text, Chunking.Whole), Run.Of(text, Chunking.Pattern(lengths)));
        },
        maxTest: 1000);

    // In an array, with an escape at the beginning of the first: what is valid mostly, and now and then what is not.
    private static Arbitrary<byte[]> StringsOfAllPieces { get; } = Arb.From(
        from pieces in Gen.Frequency(
            (30, Pieces("a", "bcd", "efghij", "é", "€", "\U0001F600")),
            (30, Pieces("\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00", "\\ud83d")),
            (3, Pieces("\",\"", "\",\"\\t")),
            (1, Pieces("\\x", "\u0001", "\"")),
            (1, Gen.Elements<byte[]>([0x80], [0xE2, 0x82], [0xF0, 0x9F]))).ArrayOf()
        select (byte[])[.. "[\"\\t"u8, .. pieces.SelectMany(piece => piece), .. "\"]"u8]);

    private static Gen<byte[]> Pieces(params string[] pieces) => Gen.Elements(pieces.Select(Encoding.UTF8.GetBytes));

    [SlowTheory]
    [InlineData(nameof(SampleTexts.ToolCall))]
    [InlineData(nameof(SampleTexts.Mixed))]
    [InlineData(nameof(SampleTexts.ManyScripts))]
    public void ALongText_GivesTheSame_AtEveryChunkSize(string name)
    {
        byte[] text = SampleTexts.Named(name);
        var whole = Summary(text, text.Length);
        for (int size = 1; size < 140; size++)
        {
            Assert.Equal(whole, Summary(text, size));
        }
    }

    private static (string Value, long Tokens, int Rows, long Told) Summary(byte[] text, int size)
    {
        using var parser = new StreamingJsonParser();
        using var events = new JsonEventParser<SilentHandler>(default);
        for (int start = 0; start < text.Length; start += size)
        {
            parser.Append(text.AsSpan(start, Math.Min(size, text.Length - start)));
            events.Append(text.AsSpan(start, Math.Min(size, text.Length - start)));
        }

        parser.EnsureComplete();
        Assert.Equal(JsonOutcome.Complete, events.Complete());
        Assert.Equal(parser.Meters.Tokens, events.Meters.Tokens);
        return (parser.Snapshot.ToString(), parser.Meters.Tokens, parser.Meters.Rows, events.Handler.Total);
    }

    [Fact]
    public void ManyEmptyChunks_AreNothing()
    {
        using var parser = new StreamingJsonParser();
        foreach (byte b in "[\"\\u00e9\",12]"u8)
        {
            for (int i = 0; i < 1000; i++)
            {
                Assert.True(parser.TryAppend(""u8));
            }

            parser.Append([b]);
        }

        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal("[\"é\",12]", parser.Snapshot.ToString());
    }
}
