using System;
using System.Buffers;
using System.Text.Json;
using StreamingJson.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;
using static StreamingJson.Tests.Surface.Reading;

namespace StreamingJson.Tests.Surface;

/// <summary>The parser as an <see cref="IBufferWriter{T}"/>: bytes are written straight to where they stay.</summary>
public class BufferWriterTests
{
    [Fact]
    public void AUtf8JsonWriter_WritesIntoTheParser()
    {
        using var parser = new StreamingJsonParser();
        using var writer = new Utf8JsonWriter(parser);
        writer.WriteStartObject();
        writer.WriteString("city"u8, "Paris");
        writer.Flush();
        Assert.Equal("{\"city\":\"Paris\"}", parser.Snapshot.ToString());
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        writer.WriteStartArray("days"u8);
        for (int day = 0; day < 1_000; day++)
        {
            writer.WriteNumberValue(day);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        parser.EnsureComplete();
        Assert.Equal(1_000, parser.Snapshot.RootElement.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public void Advance_IsOneOperation()
    {
        using var parser = new StreamingJsonParser();
        "[1,\"x"u8.CopyTo(parser.GetSpan(5));
        parser.Advance(5);
        Assert.Equal(["started ", "started /0", "completed /0 = 1", "started /1", "delta /1 \"x\""], EventLines.Of(parser));
        "y\"]!"u8.CopyTo(parser.GetMemory().Span);
        parser.Advance(3);
        Assert.Equal(["delta /1 \"y\"", "completed /1 = \"xy\"", "completed  = [1,\"xy\"]"], EventLines.Of(parser));
        Assert.Equal(JsonOutcome.Complete, parser.Complete());
    }

    [Fact]
    public void ThereIsAsMuchSpaceAsWasAskedFor_AndSome()
    {
        using var parser = new StreamingJsonParser();
        Assert.False(parser.GetSpan().IsEmpty);
        Assert.True(parser.GetMemory(100_000).Length >= 100_000);
        parser.Advance(0);
        Assert.Equal(0, parser.Meters.BytesReceived);
        Assert.Throws<ArgumentOutOfRangeException>(() => parser.GetSpan(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => parser.GetMemory(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => parser.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => parser.Advance(parser.GetSpan().Length + 1));
    }

    /// <summary>A property wrote what it had asked for space for, and there was less.</summary>
    [Fact]
    public void ForMuchMoreThanTheLimit_ThereMayBeLessSpace_AndWhatFitsIsRefused()
    {
        using var parser = new StreamingJsonParser(new StreamingJsonOptions { Limits = new JsonLimits { MaxDocumentBytes = 300 } });
        int space = parser.GetSpan(1_000_000).Length;
        Assert.InRange(space, 301, 100_000);
        parser.GetSpan(1_000_000).Fill((byte)' ');
        Assert.Equal((JsonErrorCode.DocumentLimit, 300L), Assert.Throws<StreamingJsonException>(() => parser.Advance(space)) is var e ? (e.Code, e.ByteOffset) : default);
    }

    [Fact]
    public void InvalidText_ThrowsAtAdvance_AndStays()
    {
        using var parser = new StreamingJsonParser();
        "[1 x"u8.CopyTo(parser.GetSpan());
        Assert.Equal(3, Assert.Throws<StreamingJsonException>(() => parser.Advance(4)).ByteOffset);
        Assert.Throws<StreamingJsonException>(() => parser.GetSpan());
        Assert.Throws<StreamingJsonException>(() => parser.GetMemory());
        Assert.Throws<StreamingJsonException>(() => parser.Append("]"u8));
        Assert.Equal("[1]", parser.Snapshot.ToString());
    }

    [Fact]
    public void AfterTheEnd_ThereIsNoSpace()
    {
        StreamingJsonParser parser = Append("1");
        parser.Complete();
        Assert.Throws<InvalidOperationException>(() => parser.GetSpan());
        Assert.Throws<InvalidOperationException>(() => parser.Advance(0));
        parser.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parser.GetMemory());
    }

    [Fact]
    public void TheDocumentLimit_HoldsForWhatIsWritten()
    {
        using var parser = new StreamingJsonParser(new() { Limits = new() { MaxDocumentBytes = 4 } });
        "[1,2]"u8.CopyTo(parser.GetSpan());
        StreamingJsonException error = Assert.Throws<StreamingJsonException>(() => parser.Advance(5));
        Assert.Equal((JsonErrorCode.DocumentLimit, 4), (error.Code, error.ByteOffset));
    }

    [AllocationFact]
    public void WritingAndAdvancing_AllocatesNothing()
    {
        using var parser = new StreamingJsonParser();
        Assert.Equal(0, AllocationMeter.MinimumBytes(() =>
        {
            parser.Reset();
            for (int i = 0; i < 100; i++)
            {
                "[\"x\",1,"u8.Slice(i == 0 ? 0 : 1).CopyTo(parser.GetSpan(8));
                parser.Advance(i == 0 ? 7 : 6);
            }
        }));
    }
}
