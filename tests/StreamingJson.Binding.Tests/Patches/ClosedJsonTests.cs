using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests;

public class ClosedJsonTests
{
    [Fact]
    public void WrittenAndClosing_AreTheSnapshotsClosedValue() => PropertyRunner.Check(GrowingTexts.Documents, Generators.Cuts, (text, cuts) =>
        AssertIsTheValue(text.Bytes, cuts));

    [Theory]
    [ChunkedData(
        """ { "a" : [1, 23, "x\u00e9"] } """,
        """{"a":1,"a":2}""",
        """["\ud834\udd1e \ud834 x","é€𝄞","\n\u0000\"\\"]""",
        "[[],{},[{}],[[ ]]]",
        " -1.50e+3",
        "\"\"")]
    public void EveryCut(string text, Chunking chunking) => AssertIsTheValue(Encoding.UTF8.GetBytes(text), chunking);

    [Fact]
    public void TheExampleOfTheDocumentation() => Assert.Equal(
        ["""{"a":[1 ]}""", """{"a":[1,23,"x "]}""", """{"a":[1,23,"xé"]} """],
        Written(["""{ "a" : [1, 2""", """3, "x\u00e""", """9"] }"""]));

    [Fact]
    public void RootValues_AreLines() =>
        Assert.Equal(["[1 ]", "[1,2]\n{} ", "[1,2]\n{}\n3 "], Written(["[1, 2", "] {}", "3 "]));

    [Fact]
    public void AnotherText_NeedsAReset()
    {
        using var parser = new StreamingJsonParser();
        using var writer = new ClosedJsonWriter();
        var written = new ArrayBufferWriter<byte>();
        parser.Append("[1,"u8);
        Assert.True(writer.TryWrite(parser.Snapshot, written));
        Assert.False(writer.TryWrite(parser.Snapshot, written));
        JsonSnapshot older = parser.Snapshot;
        parser.Append("2,"u8);
        Assert.True(writer.TryWrite(parser.Snapshot, written));
        Assert.Throws<ArgumentException>(() => writer.TryWrite(older, written));
        parser.Reset();
        parser.Append("\"x"u8);
        Assert.Throws<ArgumentException>(() => writer.TryWrite(parser.Snapshot, written));
        writer.Reset();
        Assert.True(writer.Closing.IsEmpty);
        Assert.True(writer.TryWrite(parser.Snapshot, written));
        Assert.Equal("[1,2\"x", Encoding.UTF8.GetString(written.WrittenSpan));
        Assert.Equal("\"", Encoding.UTF8.GetString(writer.Closing));
    }

    [Fact]
    public void Misuse()
    {
        using var parser = new StreamingJsonParser();
        var writer = new ClosedJsonWriter();
        Assert.Throws<ArgumentNullException>(() => writer.TryWrite(parser.Snapshot, null!));
        Assert.Throws<InvalidOperationException>(() => writer.TryWrite(default, new ArrayBufferWriter<byte>()));
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.TryWrite(parser.Snapshot, new ArrayBufferWriter<byte>()));
        Assert.Throws<ObjectDisposedException>(() => _ = writer.Closing.Length);
    }

    private static void AssertIsTheValue(byte[] text, Chunking chunking)
    {
        using var writer = new ClosedJsonWriter();
        var written = new ArrayBufferWriter<byte>();
        GrowingTexts.Read(text, chunking, (snapshot, expected) =>
        {
            int before = written.WrittenCount;
            Assert.Equal(writer.TryWrite(snapshot, written), written.WrittenCount > before);
            byte[] closed = [.. written.WrittenSpan, .. writer.Closing];
            Assert.Equal(expected is null, closed.Length == 0);
            if (expected is not null)
            {
                using JsonDocument document = JsonDocument.Parse(closed);
                Assert.True(expected.Matches(document.RootElement), $"{expected}: {Encoding.UTF8.GetString(closed)}");
                using JsonDocument core = JsonDocument.Parse(snapshot.ToString());
                Assert.Equal(GrowingValue.From(core.RootElement).ToJson(), GrowingValue.From(document.RootElement).ToJson());
            }

            // A whole character at every cut.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(written.WrittenSpan);
        });
        Assert.True(written.WrittenCount <= text.Length);
        Assert.True(writer.Closing.IsEmpty);
    }

    // What was written after each chunk, a blank, and the closing.
    private static List<string> Written(string[] chunks)
    {
        using var parser = new StreamingJsonParser(GrowingTexts.Lenient);
        using var writer = new ClosedJsonWriter();
        var written = new ArrayBufferWriter<byte>();
        return [.. chunks.Select(chunk =>
        {
            parser.Append(Encoding.UTF8.GetBytes(chunk));
            writer.TryWrite(parser.Snapshot, written);
            return Encoding.UTF8.GetString(written.WrittenSpan) + " " + Encoding.UTF8.GetString(writer.Closing);
        })];
    }
}
