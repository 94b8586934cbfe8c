using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests;

public class JsonPatchTests
{
    private static readonly JsonPatchOptions Standard = new() { StandardOnly = true };

    [Fact]
    public void EveryBatch_BringsTheClientToTheSnapshot() => PropertyRunner.Check(GrowingTexts.Documents, Generators.Cuts, (text, cuts) =>
    {
        AssertFollows(text.Bytes, cuts, JsonPatchOptions.Default);
        AssertFollows(text.Bytes, cuts, Standard);
        AssertFollows(text.Bytes, cuts, new JsonPatchOptions { OperationPerLine = true });
    });

    [Theory]
    [ChunkedData(
        """{"a":1,"a":"xy","a":{"b":[1]}}""",
        """{"a":{"x":1,"x":2},"b":[{"k":0,"l":1,"k":{"k":1,"k":"z"}}]}""",
        """{"~/":{"/~1":["a\n","\ud834\udd1e\ud834"]},"":[[],{}]}""",
        """ "root \u0041 é" """,
        "[1 , 23,-0.0, null]",
        " -12",
        "{}",
        """{"a"  :"","b":"\u0000\u001f\u007f\"\\\/"}""",
        """[[["deep",{"a":"\b\f\r\t"}]],"𝄞"]""")]
    public void EveryCut(string text, Chunking chunking)
    {
        AssertFollows(Encoding.UTF8.GetBytes(text), chunking, JsonPatchOptions.Default);
        AssertFollows(Encoding.UTF8.GetBytes(text), chunking, Standard);
    }

    [Fact]
    public void Operations_AreThese_ByteByByte() => Assert.Equal(
        [
            """[{"op":"add","path":"","value":{}}]""",
            """[{"op":"add","path":"/to/","value":""}]""".Replace("/to/", "/t~1o", StringComparison.Ordinal),
            """[{"op":"append","path":"/t~1o","value":"B"}]""",
            """[{"op":"append","path":"/t~1o","value":"ë"}]""",
            """[{"op":"add","path":"/n","value":[]}]""",
            """[{"op":"add","path":"/n/0","value":12}]""",
            """[{"op":"add","path":"/n/1","value":true}]""",
        ],
        Batches("""{"t/o":"B\u00eb","n":[12,true]}""", 1, JsonPatchOptions.Default));

    [Fact]
    public void WhatComesAtOnce_IsOneOperation() => Assert.Equal(
        [
            """[{"op":"add","path":"","value":{"a":[1,{"b":"x"}]}}]""",
            """[{"op":"append","path":"/a/1/b","value":"yz"},{"op":"add","path":"/a/1/c","value":[]},{"op":"add","path":"/a/2","value":2},{"op":"add","path":"/d","value":null}]""",
        ],
        Batches(["""{"a": [1 , {"b": "x""", """yz", "c": []}, 2], "d": null}"""], JsonPatchOptions.Default));

    [Fact]
    public void StandardOnly_ReplacesWholeTexts() => Assert.Equal(
        ["""[{"op":"add","path":"","value":["x"]}]""", """[{"op":"replace","path":"/0","value":"xy"},{"op":"add","path":"/1","value":0}]"""],
        Batches(["""["x""", """y",0]"""], Standard));

    [Fact]
    public void OperationPerLine_EndsEachByALineFeed() => Assert.Equal(
        ["""{"op":"add","path":"","value":["a"]}""" + "\n", """{"op":"append","path":"/0","value":"b"}""" + "\n" + """{"op":"add","path":"/1","value":1}""" + "\n"],
        Batches(["[\"a", "b\",1]"], new JsonPatchOptions { OperationPerLine = true }));

    [Fact]
    public void ARepeatedName_StandsOnceInWhatIsNew_AndIsReplacedLater() => Assert.Equal(
        ["""[{"op":"add","path":"","value":{"b":0,"a":{"c":2}}}]""", """[{"op":"add","path":"/a/c","value":3},{"op":"add","path":"/a","value":[]}]"""],
        Batches(["""{"a":[{"x":1}],"b":0,"a":{"c":1,"c":2""" + ",", "\"c\":3},\"a\":[]}"], JsonPatchOptions.Default));

    [Fact]
    public void OfSeveralRoots_EachReplacesTheOneBefore()
    {
        var client = new PatchedDocument();
        foreach (string batch in Batches("""{"a":1} [2] "x" 3 """, 1, JsonPatchOptions.Default))
        {
            client.ApplyArray(Encoding.UTF8.GetBytes(batch));
        }

        Assert.Equal("3", client.Value.ToJson());
        Assert.Equal(3 + 4, client.Operations);
    }

    [Fact]
    public void ManyMembers_SomeOfThemRepeated_ComeOutRight()
    {
        string members = string.Join(',', Enumerable.Range(0, 2000).Select(i => $"\"k{i % 1500}\":{i}"));
        AssertFollows(Encoding.UTF8.GetBytes("[{" + members + "}]"), Chunking.Every(1000), JsonPatchOptions.Default);
    }

    [Fact]
    public void ABatch_MayCoverSeveralAppends_AndBeMissing()
    {
        using var parser = new StreamingJsonParser();
        using var writer = new JsonPatchWriter();
        var client = new PatchedDocument();
        byte[] text = Encoding.UTF8.GetBytes("""{"a":["one","two",{"three":[3]}],"b":"four \ud834\udd1e five"}""");
        for (int index = 0; index < text.Length; index++)
        {
            parser.Append(text.AsSpan(index, 1));
            if (index % 7 == 3 || index == text.Length - 1)
            {
                client.ApplyArray(GrowingTexts.Batch(writer, parser.Snapshot) is { IsEmpty: false } batch ? batch : "[]"u8);
                Assert.Equal(GrowingValueOracle.Snapshot(text.AsSpan(0, index + 1), isEnded: false), client.Value);
            }
        }
    }

    [Fact]
    public void ALateClient_GetsTheWhole_AndThenTheSame()
    {
        using var parser = new StreamingJsonParser();
        using var early = new JsonPatchWriter();
        using var late = new JsonPatchWriter();
        parser.Append("""{"a":["x"""u8);
        _ = GrowingTexts.Batch(early, parser.Snapshot);
        parser.Append("y"u8);
        _ = GrowingTexts.Batch(early, parser.Snapshot);
        Assert.Equal("""[{"op":"add","path":"","value":{"a":["xy"]}}]""", Encoding.UTF8.GetString(GrowingTexts.Batch(late, parser.Snapshot)));
        parser.Append("z"u8);
        Assert.True(GrowingTexts.Batch(early, parser.Snapshot).SequenceEqual(GrowingTexts.Batch(late, parser.Snapshot)));
        early.Reset();
        Assert.Equal("""[{"op":"add","path":"","value":{"a":["xyz"]}}]""", Encoding.UTF8.GetString(GrowingTexts.Batch(early, parser.Snapshot)));
    }

    [Fact]
    public void AnotherText_BeginsAnew_AndAnOlderSnapshotIsRefused()
    {
        using var parser = new StreamingJsonParser();
        using var writer = new JsonPatchWriter();
        parser.Append("[1,"u8);
        JsonSnapshot older = parser.Snapshot;
        parser.Append("2,"u8);
        _ = GrowingTexts.Batch(writer, parser.Snapshot);
        Assert.Throws<ArgumentException>(() => writer.TryWrite(older, new ArrayBufferWriter<byte>()));
        parser.Reset();
        Assert.Throws<InvalidOperationException>(() => writer.TryWrite(older, new ArrayBufferWriter<byte>()));
        Assert.False(writer.TryWrite(parser.Snapshot, new ArrayBufferWriter<byte>()));
        parser.Append("\"new"u8);
        Assert.Equal("""[{"op":"add","path":"","value":"new"}]""", Encoding.UTF8.GetString(GrowingTexts.Batch(writer, parser.Snapshot)));
    }

    [Fact]
    public void Misuse()
    {
        using var parser = new StreamingJsonParser();
        var writer = new JsonPatchWriter();
        Assert.Throws<ArgumentNullException>(() => writer.TryWrite(parser.Snapshot, null!));
        Assert.Throws<InvalidOperationException>(() => writer.TryWrite(default, new ArrayBufferWriter<byte>()));
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.TryWrite(parser.Snapshot, new ArrayBufferWriter<byte>()));
    }

    // Naive: to the oracle's value after every chunk; no line break in a batch; the bound on the size that is documented.
    private static void AssertFollows(byte[] text, Chunking chunking, JsonPatchOptions options)
    {
        using var writer = new JsonPatchWriter(options);
        var client = new PatchedDocument();
        long bytes = 0;
        long overhead = 0;
        GrowingTexts.Read(text, chunking, (snapshot, expected) =>
        {
            ReadOnlySpan<byte> batch = GrowingTexts.Batch(writer, snapshot);
            if (!batch.IsEmpty)
            {
                bytes += batch.Length;
                overhead += Overhead(batch, options.OperationPerLine);
                if (options.OperationPerLine)
                {
                    client.ApplyLines(batch);
                }
                else
                {
                    Assert.Equal(-1, batch.IndexOfAny("\r\n"u8));
                    client.ApplyArray(batch);
                }
            }

            Assert.Equal(expected is not null, client.HasValue);
            if (expected is not null)
            {
                Assert.Equal(expected.LastWins().InOrderOfNames(), client.Value.InOrderOfNames());
            }
        });
        Assert.True(options.StandardOnly || bytes <= text.Length + overhead, $"{bytes} bytes for {text.Length}, {overhead} for operations");
    }

    // For each operation its pointer and 40 bytes.
    private static long Overhead(ReadOnlySpan<byte> batch, bool isLines)
    {
        string json = Encoding.UTF8.GetString(batch);
        JsonNode operations = JsonNode.Parse(
            isLines ? "[" + json.TrimEnd('\n').Replace('\n', ',') + "]" : json, null, new() { MaxDepth = 1000 })!;
        return operations.AsArray().Sum(operation => 40L + System.Text.Json.JsonEncodedText
            .Encode(operation!["path"]!.GetValue<string>(), System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length);
    }

    private static List<string> Batches(string text, int chunk, JsonPatchOptions options) =>
        Batches([.. Chunking.Every(chunk).Split(Encoding.UTF8.GetBytes(text)).Select(bytes => Encoding.Latin1.GetString(bytes.Span))], options);

    private static List<string> Batches(string[] chunks, JsonPatchOptions options)
    {
        using var parser = new StreamingJsonParser(GrowingTexts.Lenient);
        using var writer = new JsonPatchWriter(options);
        List<string> batches = [];
        foreach (string chunk in chunks)
        {
            parser.Append(Encoding.Latin1.GetBytes(chunk));
            ReadOnlySpan<byte> batch = GrowingTexts.Batch(writer, parser.Snapshot);
            if (!batch.IsEmpty)
            {
                batches.Add(Encoding.UTF8.GetString(batch));
            }
        }

        return batches;
    }
}
