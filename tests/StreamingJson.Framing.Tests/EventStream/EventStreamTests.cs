using System;
using System.Linq;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class EventStreamTests
{
    private static readonly Guid SomeGuid = new("01020304-0506-0708-090a-0b0c0d0e0f10");

    [Fact]
    public void Crc32_IsTheOneOfIeee()
    {
        Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));
        Assert.Equal(0u, Crc32.Compute(default));
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(MessageBuilder.Crc(bytes.AsSpan(0, length)), Crc32.Compute(bytes.AsSpan(0, length)));
        }
    }

    /// <summary>Entry b of table k is the checksum of the byte b and k zeros, but for what is done at the beginning and the end of it.</summary>
    [Fact]
    public void Crc32Tables_AreThoseOfThePolynomial()
    {
        uint[] tables = Crc32.MakeTables();
        Assert.Equal(8 * 256, tables.Length);
        for (int i = 0; i < tables.Length; i++)
        {
            byte[] zeros = new byte[1 + (i / 256)];
            byte[] bytes = [.. zeros];
            bytes[0] = (byte)i;
            Assert.Equal(MessageBuilder.Crc(bytes) ^ MessageBuilder.Crc(zeros), tables[i]);
        }
    }

    [Fact]
    public void HeaderTypes_AreRead()
    {
        byte[] message = new MessageBuilder()
            .Header("true", 0).Header("false", 1).Header("i8", 2, 0xCF).Header("i16", 3, 0xFF, 0xFE).Header("i32", 4, 0x80, 0, 0, 1)
            .Header("i64", 5, 0, 0, 0, 1, 0, 0, 0, 0).Sized("bytes", 6, [1, 2]).String("text", "\u00E4").Header("time", 8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
            .Header("uuid", 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16).Build(Text.Bytes("{}"));
        Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, null, message);

        using var reader = new FrameReader(FrameFormat.AwsEventStream);
        reader.Append(message);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal("{}", Text.Of(frame.Data));
        Assert.Equal((0, message.Length), (frame.StartOffset, frame.EndOffset));
        EventStreamHeaders headers = frame.Headers;
        Assert.Equal(10, headers.Count);
        Assert.True(Get(headers, "true").GetBoolean());
        Assert.False(Get(headers, "false").GetBoolean());
        Assert.Equal(-49, Get(headers, "i8").GetInt64());
        Assert.Equal(-2, Get(headers, "i16").GetInt64());
        Assert.Equal(int.MinValue + 1, Get(headers, "i32").GetInt64());
        Assert.Equal(1L << 32, Get(headers, "i64").GetInt64());
        Assert.Equal([1, 2], Get(headers, "bytes").GetBytes().ToArray());
        Assert.Equal("\u00C3\u00A4", Text.Of(Get(headers, "text").GetUtf8String()));
        Assert.Equal(-1, Get(headers, "time").GetUnixTimeMilliseconds());
        Assert.Equal(SomeGuid, Get(headers, "uuid").GetGuid());
        Assert.True(headers.TryGetUtf8String("text"u8, out _));
        Assert.False(headers.TryGetUtf8String("bytes"u8, out ReadOnlySpan<byte> noText));
        Assert.True(noText.IsEmpty);
        Assert.False(headers.TryGet("none"u8, out _));
    }

    [Fact]
    public void TypedGetters_RefuseOtherTypes()
    {
        byte[] message = new MessageBuilder().Header("true", 0).String("text", "x").Build();
        Assert.StartsWith("The header is of another type", Assert.Throws<InvalidOperationException>(() => Read(message, "text", header => header.GetBoolean())).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Read(message, "text", header => header.GetInt64()));
        Assert.Throws<InvalidOperationException>(() => Read(message, "text", header => header.GetBytes().Length));
        Assert.Throws<InvalidOperationException>(() => Read(message, "text", header => header.GetUnixTimeMilliseconds()));
        Assert.Throws<InvalidOperationException>(() => Read(message, "text", header => header.GetGuid()));
        Assert.Throws<InvalidOperationException>(() => Read(message, "true", header => header.GetUtf8String().Length));
    }

    [Theory]
    [InlineData("event", ":event-type", FrameFlags.None)]
    [InlineData("exception", ":exception-type", FrameFlags.Exception)]
    [InlineData("error", ":error-code", FrameFlags.Error)]
    public void MessageType_DecidesWhereTheTypeIs(string messageType, string typeHeader, FrameFlags flags)
    {
        byte[] message = new MessageBuilder().String(typeHeader, "what").String("other", "x").String(":message-type", messageType).Build(Text.Bytes("payload"));
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, null, [.. message, .. message]);
        Assert.Equal(2, outcome.Frames.Count);
        Assert.All(outcome.Frames, frame => Assert.Equal(("what", flags, "payload"), (frame.EventType, frame.Flags, frame.Data)));
    }

    [Fact]
    public void EveryCorruptByte_IsRefused()
    {
        byte[] first = MessageBuilder.Event("messageStart", "{\"role\":\"assistant\"}");
        byte[] good = MessageBuilder.Event("contentBlockDelta", "{\"delta\":{\"text\":\"abc\"}}");
        for (int at = 0; at < good.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] stream = [.. first, .. good];
                stream[first.Length + at] ^= (byte)(1 << bit);
                Outcome outcome = Outcome.Of(FrameFormat.AwsEventStream, null, stream);
                Assert.Single(outcome.Frames);
                (FramingErrorCode, long) expected = at < 12
                    ? (FramingErrorCode.PreludeChecksumMismatch, first.Length + 8)
                    : (FramingErrorCode.MessageChecksumMismatch, first.Length + good.Length - 4);
                Assert.Equal(expected, (outcome.Code!.Value, outcome.ErrorOffset));
            }
        }
    }

    [Fact]
    public void AnEmptyText_MayBeTheLastHeader()
    {
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, null, new MessageBuilder().String(":event-type", "x").String("e", "").Build(Text.Bytes("{}")));
        Assert.Equal(("x", "{}"), (Assert.Single(outcome.Frames).EventType, outcome.Frames[0].Data));
    }

    [Fact]
    public void ACorruptPrelude_IsRefusedWithItsLastByte()
    {
        byte[] message = new MessageBuilder().Build();
        message[3] ^= 1;
        using var reader = new FrameReader(FrameFormat.AwsEventStream);
        reader.Append(message.AsSpan(0, 11));
        Assert.False(reader.TryRead(out _));
        Assert.Null(reader.Error);
        reader.Append(message.AsSpan(11, 1));
        Assert.False(reader.TryRead(out _));
        Assert.Equal((FramingErrorCode.PreludeChecksumMismatch, 8), (reader.Error!.Code, reader.Error.Offset));
    }

    [Fact]
    public void CutMessage_IsNeverDelivered()
    {
        byte[] good = MessageBuilder.Event("x", "{}");
        for (int length = 1; length < good.Length; length++)
        {
            Outcome outcome = Outcome.Of(FrameFormat.AwsEventStream, new() { DeliverUnterminated = true }, good.AsMemory(0, length));
            Assert.Empty(outcome.Frames);
            Assert.Equal((FramingErrorCode.UnexpectedEnd, length), (outcome.Code, outcome.ErrorOffset));
        }
    }

    public static TheoryData<string, byte[], FramingErrorCode, long> Malformed => new()
    {
        { "total below 16", MessageBuilder.Assemble(15, 0, [], []), FramingErrorCode.InvalidLength, 0 },
        { "total zero", MessageBuilder.Assemble(0, 0, [], []), FramingErrorCode.InvalidLength, 0 },
        { "headers longer than the message", MessageBuilder.Assemble(20, 5, [], [1, 2, 3, 4]), FramingErrorCode.InvalidLength, 4 },
        { "headers 0xFFFFFFFF", MessageBuilder.Assemble(20, uint.MaxValue, [], [1, 2, 3, 4]), FramingErrorCode.InvalidLength, 4 },
        { "total 0xFFFFFFFF", MessageBuilder.Assemble(uint.MaxValue, 0, [], []), FramingErrorCode.FrameTooLong, 0 },
        { "total and headers 0xFFFFFFFF", MessageBuilder.Assemble(uint.MaxValue, uint.MaxValue, [], []), FramingErrorCode.FrameTooLong, 0 },
        { "total just above the limit", MessageBuilder.Assemble((8 << 20) + 1, 0, [], []), FramingErrorCode.FrameTooLong, 0 },
        { "headers above their limit", MessageBuilder.Assemble(200_000, (128 << 10) + 1, [], []), FramingErrorCode.HeadersTooLong, 4 },
        { "header without a name", new MessageBuilder().Header("a", 0).Raw(0, 0).Build(), FramingErrorCode.InvalidHeader, 15 },
        { "header of unknown type", new MessageBuilder().Header("a", 0).Header("b", 10).Build(), FramingErrorCode.InvalidHeader, 15 },
        { "name cut", new MessageBuilder().Raw(5, (byte)'a').Build(), FramingErrorCode.InvalidHeader, 12 },
        { "type cut", new MessageBuilder().Raw(1, (byte)'a').Build(), FramingErrorCode.InvalidHeader, 12 },
        { "value cut", new MessageBuilder().Raw(1, (byte)'a', 5, 0).Build(), FramingErrorCode.InvalidHeader, 12 },
        { "value length cut", new MessageBuilder().Raw(1, (byte)'a', 7, 0).Build(), FramingErrorCode.InvalidHeader, 12 },
        { "text cut", new MessageBuilder().Raw(1, (byte)'a', 7, 0, 2, (byte)'x').Build(), FramingErrorCode.InvalidHeader, 12 },
        { "text longer than the headers, bytes from the payload", new MessageBuilder().Raw(1, (byte)'a', 7, 0, 2, (byte)'x').Build(1, 2, 3), FramingErrorCode.InvalidHeader, 12 },
        { "duplicate name", new MessageBuilder().Header("a", 0).Header("b", 0).String("a", "x").Build(), FramingErrorCode.DuplicateHeader, 18 },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void MalformedMessages_AreRefusedWhereTheyAre(string what, byte[] message, FramingErrorCode code, long offset)
    {
        byte[] before = MessageBuilder.Event("x", "{}");
        Outcome outcome = Cuts.AssertChunkingNeverShows(FrameFormat.AwsEventStream, null, [.. before, .. message]);
        Assert.True(outcome.Frames.Count == 1, what);
        Assert.Equal((code, before.Length + offset), (outcome.Code, outcome.ErrorOffset));
    }

    [Fact]
    public void LengthPrefix_TakesNoMemory()
    {
        var pool = new CountingPool();
        using (var reader = new FrameReader(FrameFormat.AwsEventStream, new() { MaxFrameBytes = FrameReaderOptions.LargestMaxFrameBytes }, pool))
        {
            reader.Append(MessageBuilder.Assemble(FrameReaderOptions.LargestMaxFrameBytes, 0, [], []).AsSpan(0, 12));
            Assert.False(reader.TryRead(out _));
            Assert.Null(reader.Error);
            reader.Append("x"u8);
            Assert.False(reader.TryRead(out _));
            Assert.InRange(pool.LargestRent, 1, FrameBuffer.InitialSize * 2);
        }

        pool.AssertBalanced();
    }

    [Theory]
    [InlineData(EventStreamHeaders.MaxCount, false)]
    [InlineData(EventStreamHeaders.MaxCount + 1, true)]
    public void HeaderCount_IsLimited(int count, bool isTooMany)
    {
        var builder = new MessageBuilder();
        for (int i = 0; i < count; i++)
        {
            builder.Header($"h{i:000}", 0);
        }

        byte[] message = builder.Build();
        Outcome outcome = Outcome.Of(FrameFormat.AwsEventStream, null, Cuts.Every(message, 13));
        Assert.Equal(isTooMany ? FramingErrorCode.TooManyHeaders : null, outcome.Code);
        Assert.Equal(isTooMany ? 12 + (EventStreamHeaders.MaxCount * 6) : -1, outcome.ErrorOffset);
        Assert.Equal(isTooMany ? 0 : 1, outcome.Frames.Count);
    }

    private delegate T Getter<T>(EventStreamHeader header);

    private static T Read<T>(byte[] message, string name, Getter<T> getter)
    {
        using var reader = new FrameReader(FrameFormat.AwsEventStream);
        reader.Append(message);
        Assert.True(reader.TryRead(out Frame frame));
        return getter(Get(frame.Headers, name));
    }

    private static EventStreamHeader Get(EventStreamHeaders headers, string name)
    {
        Assert.True(headers.TryGet(Text.Utf8(name), out EventStreamHeader header));
        return header;
    }
}
