using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Tests.Surface;

/// <summary><see cref="JsonEventParser{THandler}"/>: events without a document.</summary>
public class EventParserTests
{
    [Fact]
    public void TellsEverything_WithPlaceAndRange()
    {
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        parser.Append("{\"a\\n\":[1,\"xé\",true"u8);
        parser.Append(",null],\"\":{},\"c\":\"\"}"u8);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(
            [
                "{ |  '' #0 @0 0..-1",
                "name 'a\n' | /a\n 'a\n' #0 @1 6..-1",
                "[ | /a\n 'a\n' #0 @1 7..-1",
                "number 1 | /a\n/0 '' #0 @2 8..9",
                "string | /a\n/1 '' #1 @2 10..-1",
                "delta 'xé' | /a\n/1 '' #1 @2 10..-1",
                "end string | /a\n/1 '' #1 @2 10..15",
                "true | /a\n/2 '' #2 @2 16..20",
                "null | /a\n/3 '' #3 @2 21..25",
                "] | /a\n 'a\n' #0 @1 7..26",
                "name '' | / '' #1 @1 29..-1",
                "{ | / '' #1 @1 30..-1",
                "} | / '' #1 @1 30..32",
                "name 'c' | /c 'c' #2 @1 36..-1",
                "string | /c 'c' #2 @1 37..-1",
                "end string | /c 'c' #2 @1 37..39",
                "} |  '' #0 @0 0..40",
                "document",
            ],
            parser.Handler.Lines);
    }

    [Theory]
    [InlineData("ab", "é")]
    [InlineData("ab", "猫")]
    [InlineData("a猫", "🌊")]
    [InlineData("", "é")]
    public void TheTextBeforeACutSequence_IsTold_WithoutIt(string before, string cut)
    {
        byte[] json = Encoding.UTF8.GetBytes($"[\"{before}{cut}\"]");
        for (int length = 1; length < Encoding.UTF8.GetByteCount(cut); length++)
        {
            int end = 2 + Encoding.UTF8.GetByteCount(before) + length;
            using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
            parser.Append(json.AsSpan(0, end));
            Assert.Equal(before.Length == 0 ? [] : [$"delta '{before}'"], Deltas(parser.Handler));
            parser.Append(json.AsSpan(end));
            Assert.Equal(before.Length == 0 ? [$"delta '{cut}'"] : [$"delta '{before}'", $"delta '{cut}'"], Deltas(parser.Handler));
            Assert.Equal(JsonOutcome.Complete, parser.Complete());
        }
    }

    [Theory]
    [ChunkedData("{\"a\\u00e9b\":[1.5e3,\"x\\n\\ud83d\\ude00é\"],\"~/\":{\"\":false}}", "\"\\ud800\\nx\"", "[[],[[]],\"汉字\"]")]
    public void ButForTheCutsOfDeltas_ChunksDoNotShow(string text, Chunking chunking) =>
        Assert.Equal(JoinDeltas(Record(text, Chunking.Whole)), JoinDeltas(Record(text, chunking)));

    [Theory]
    [InlineData("[1 x]")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":[tru")]
    [InlineData("{\"a\":[{},\"x\\q")]
    [InlineData("{\"a\":")]
    [InlineData("[[\"x\",")]
    [InlineData("")]
    [InlineData("1 2")]
    public void FailsAsTheOtherParserDoes(string json)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        foreach (Chunking chunking in Chunkings.Of(utf8))
        {
            using var parser = new StreamingJsonParser();
            using var events = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
            foreach (ReadOnlyMemory<byte> chunk in chunking.Split(utf8))
            {
                Assert.Equal(parser.TryAppend(chunk.Span), events.TryAppend(chunk.Span));
            }

            Assert.Equal(parser.Complete(), events.Complete());
            Assert.Equal(
                (parser.Error!.Code, parser.Error.ByteOffset, parser.Error.Pointer, parser.Error.Message),
                (events.Error!.Code, events.Error.ByteOffset, events.Error.Pointer, events.Error.Message));
            Assert.Equal((-1, -1), (events.Error.Line, events.Error.Column));
            Assert.Equal(parser.Meters.Tokens, events.Meters.Tokens);
            Assert.Throws<StreamingJsonException>(events.EnsureComplete);
        }
    }

    [Fact]
    public void TheHandler_IsTheParsersOwnCopy_ReachedByReference()
    {
        using var parser = new JsonEventParser<CountingHandler>(default);
        parser.Append("[1,2,3]"u8);
        Assert.Equal(3, parser.Handler.Numbers);
        parser.Handler.Numbers = 10;
        parser.Reset();
        parser.Append("4 "u8);
        Assert.Equal(11, parser.Handler.Numbers);
    }

    [Theory]
    [InlineData("number")]
    [InlineData("delta")]
    [InlineData("name")]
    [InlineData("document")]
    public void WhatAHandlerThrows_ComesOut_AndTheParserRefusesUntilReset(string throwAt)
    {
        using var parser = new JsonEventParser<RecordingHandler>(new RecordingHandler(throwAt));
        Assert.Throws<TimeoutException>(() =>
        {
            parser.Append("{\"a\":[1,\"x\"]}"u8);
            parser.Complete();
        });
        Assert.Throws<InvalidOperationException>(() => parser.Append("1"u8));
        Assert.Throws<InvalidOperationException>(() => parser.TryAppend(""u8));
        Assert.Throws<InvalidOperationException>(() => parser.Complete());
        parser.Reset();
        parser.Append("true"u8);
        Assert.Equal("true |  '' #0 @0 0..4", parser.Handler.Lines[^1]);
    }

    [Fact]
    public void Sequences_AreOneChunk_AlsoWithEmptySegments()
    {
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        parser.Append(Sequences.Of("[\"", "", "ab", "c\"", "]"));
        parser.EnsureComplete();
        Assert.Equal(6, parser.Handler.Lines.Count - 1);
        parser.Reset();
        Assert.False(parser.TryAppend(Sequences.Of("[", "x", "yz")));
        Assert.Equal(4, parser.Meters.BytesReceived);
        Assert.Equal(1, Assert.Throws<StreamingJsonException>(() => parser.Append(default(ReadOnlySequence<byte>))).ByteOffset);
    }

    [Fact]
    public void Chars_AlsoWithASplitPair()
    {
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        parser.Append("\"\ud83d");
        parser.Append("\ude00\"");
        Assert.Equal("delta '😀' |  '' #0 @0 0..-1", parser.Handler.Lines[1]);
        parser.Reset();
        Assert.False(parser.TryAppend("\"\ude00"));
        Assert.Throws<StreamingJsonException>(() => parser.Append(""));
    }

    [Fact]
    public void Options_AndTheirEvidence()
    {
        var options = new StreamingJsonOptions { SkipComments = true, AllowTrailingCommas = true, DuplicateNames = DuplicateNameHandling.Refuse };
        using var parser = new JsonEventParser<CountingHandler>(default, options);
        Assert.Same(options, parser.Options);
        parser.Append("[/**/1,\"\\ud800\",]"u8);
        Assert.Equal(JsonLeniencies.Comment | JsonLeniencies.TrailingComma | JsonLeniencies.ReplacedSurrogate, parser.Leniencies);
        parser.Reset();
        Assert.Equal(JsonLeniencies.None, parser.Leniencies);
        Assert.False(parser.TryAppend("{\"a\":{\"a\":1},\"\\u0061\":2}"u8));
        Assert.Equal((JsonErrorCode.DuplicateName, 20), (parser.Error!.Code, parser.Error.ByteOffset));
        Assert.Same(StreamingJsonOptions.Default, new JsonEventParser<CountingHandler>(default).Options);
    }

    [Fact]
    public void AfterTheEnd_AndAfterDispose()
    {
        var parser = new JsonEventParser<CountingHandler>(default);
        parser.Append("1"u8);
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
        Assert.Throws<InvalidOperationException>(() => parser.Append(" "u8));
        parser.Dispose();
        parser.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parser.Append(" "u8));
        Assert.Throws<ObjectDisposedException>(() => parser.Complete());
        Assert.Throws<ObjectDisposedException>(parser.Reset);
    }

    [Fact]
    public void NothingIsRetained_ButTheTokenThatIsCut()
    {
        using var parser = new JsonEventParser<CountingHandler>(default);
        parser.Append("["u8);
        for (int item = 0; item < 10_000; item++)
        {
            parser.Append("{\"name\":\"a longer text, in two"u8);
            parser.Append(" pieces\",\"n\":[1,2,3]},"u8);
        }

        Assert.Equal(30_000, parser.Handler.Numbers);
        Assert.InRange(parser.Meters.BytesRetained, 1, 64 * 1024);
        Assert.Equal(0, parser.Meters.Rows);
    }

    [AllocationFact]
    public void AppendingAllocatesNothing()
    {
        using var parser = new JsonEventParser<CountingHandler>(default);
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            parser.Reset();
            foreach (byte next in "{\"a\":[1,\"x\\n\",{\"b\":-1.5}],\"c\":\"é\"}"u8)
            {
                parser.Append([next]);
            }

            parser.EnsureComplete();
        }));
    }

    private static List<string> Record(string text, Chunking chunking)
    {
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(Encoding.UTF8.GetBytes(text)))
        {
            parser.Append(chunk.Span);
        }

        parser.EnsureComplete();
        return parser.Handler.Lines;
    }

    private static IEnumerable<string> Deltas(RecordingHandler handler) =>
        from line in handler.Lines
        where line.StartsWith("delta '", StringComparison.Ordinal)
        select line[..(line.LastIndexOf("' |", StringComparison.Ordinal) + 1)];

    private static string JoinDeltas(List<string> lines)
    {
        var joined = new StringBuilder();
        foreach (string line in lines)
        {
            joined.Append(line.StartsWith("delta '", StringComparison.Ordinal) ? line[7..line.LastIndexOf("' |", StringComparison.Ordinal)] : $"\n{line}\n");
        }

        return joined.ToString();
    }

    private struct CountingHandler : IJsonEventHandler
    {
        public int Numbers;

        public readonly void OnStartObject(in JsonEventContext context)
        {
        }

        public readonly void OnEndObject(in JsonEventContext context)
        {
        }

        public readonly void OnStartArray(in JsonEventContext context)
        {
        }

        public readonly void OnEndArray(in JsonEventContext context)
        {
        }

        public readonly void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context)
        {
        }

        public readonly void OnStartString(in JsonEventContext context)
        {
        }

        public readonly void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context)
        {
        }

        public readonly void OnEndString(in JsonEventContext context)
        {
        }

        public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Numbers++;

        public readonly void OnBoolean(bool value, in JsonEventContext context)
        {
        }

        public readonly void OnNull(in JsonEventContext context)
        {
        }

        public readonly void OnDocumentCompleted()
        {
        }
    }
}
