using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests.Paths;

/// <summary>What is redacted never leaves, and everything else leaves as it came.</summary>
public class RedactorTests
{
    [Theory]
    [ChunkedData("{\"id\": 7 ,\"key\" : \"se\\\"cret\" ,\"n\":[ 1 , 22,{\"key\":[1]}, true]}")]
    public void AnExample(string text, Chunking chunking) =>
        Assert.Equal(
            "{\"id\": \"[redacted]\" ,\"key\" : \"[redacted]\" ,\"n\":[ 1 , \"[redacted]\",{\"key\":\"[redacted]\"}, true]}",
            Redact(Encoding.UTF8.GetBytes(text), chunking, "$.id", "$..key", "$.n[1]").Text);

    [Fact]
    public void TheResult_IsTheDocument_WithTheSelectedValuesReplaced() => PropertyRunner.Check(
        PathQueries.Queries,
        Generators.Documents,
        Generators.Cuts,
        (query, text, cuts) =>
        {
            using JsonDocument whole = JsonDocument.Parse(text.Bytes);
            (string redacted, int count) = Redact(text.Bytes, cuts, query.ToString());
            (string atOnce, int countAtOnce) = Redact(text.Bytes, Chunking.Whole, query.ToString());
            Assert.Equal((atOnce, countAtOnce), (redacted, count));
            List<string> outermost = Outermost(query.Select(whole.RootElement));
            Assert.Equal(outermost.Count, count);
            Assert.True(JsonNode.DeepEquals(Replace(whole.RootElement, "", outermost), JsonNode.Parse(redacted)), $"{query} {redacted}");
        });

    [Fact]
    public void NoByteOfAValueLeaves_BeforeItIsKnown_AndTheRestIsNotKept()
    {
        var output = new ArrayBufferWriter<byte>();
        using var redactor = new JsonRedactor(output, ["$.pin", "$.list[*]"], replacement: "null");
        var seen = new List<string>();
        foreach (string chunk in new[] { "{\"a\":\"op", "en\",\"pin\"", ": ", "12", "34", ",\"b\":tr", "ue,\"list\":[", "1", "2, ", "]}" })
        {
            output.Clear();
            try
            {
                redactor.Append(Encoding.UTF8.GetBytes(chunk));
            }
            catch (StreamingJsonException e)
            {
                Assert.Equal(JsonErrorCode.TrailingComma, e.Code);
            }

            seen.Add(Encoding.UTF8.GetString(output.WrittenSpan));
        }

        Assert.Equal(["{\"a\":\"op", "en\",\"pin\"", "", "", "", ": null,\"b\":tr", "ue,\"list\":[", "", "null", ""], seen);
        Assert.Equal(JsonOutcome.Invalid, redactor.Outcome);
        Assert.Equal(2, redactor.RedactedCount);
    }

    [Fact]
    public void ATextThatIsCutInASecret_GivesNothingOfIt()
    {
        var output = new ArrayBufferWriter<byte>();
        using var redactor = new JsonRedactor(output, ["$.pin"]);
        redactor.Append("{\"pin\":12"u8);
        Assert.Equal(JsonOutcome.Truncated, redactor.Complete());
        Assert.Equal("{\"pin\"", Encoding.UTF8.GetString(output.WrittenSpan));
        redactor.Reset();
        redactor.Append("{\"pin\":\"12"u8);
        Assert.Equal(JsonOutcome.Truncated, redactor.Complete());
        Assert.Equal("{\"pin\"{\"pin\":\"[redacted]\"", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void ARootNumber_IsReplacedAtTheEnd() => Assert.Equal("\"[redacted]\" ", Redact("12 "u8.ToArray(), Chunking.Bytes, "$").Text + " ");

    /// <summary>Each value that is replaced used to move all that stands behind it in the chunk.</summary>
    [Fact]
    public void AChunkOfManyValues_IsMovedOnce()
    {
        byte[] text = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("1", 20_000)) + "]");
        var output = new ArrayBufferWriter<byte>();
        using var redactor = new JsonRedactor(output, ["$[*]"], "0");
        redactor.Append(text);
        Assert.Equal(JsonOutcome.Complete, redactor.Complete());
        Assert.Equal(Encoding.UTF8.GetString(text).Replace('1', '0'), Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.InRange(redactor.BytesMoved, 0, text.Length);
    }

    [Fact]
    public void NothingIsKept_BehindAnErrorOrTheEnd()
    {
        var pool = new CountingArrayPool<byte>();
        var output = new ArrayBufferWriter<byte>();
        byte[] chunk = new byte[100_000];
        using (var redactor = new JsonRedactor(output, ["$.a"], null, null, pool))
        {
            Assert.Throws<StreamingJsonException>(() => redactor.Append("{]"u8));
            int held = pool.ElementsOut;
            for (int i = 0; i < 5; i++)
            {
                Assert.Throws<StreamingJsonException>(() => redactor.Append(chunk));
            }

            Assert.Equal(held, pool.ElementsOut);
            redactor.Reset();
            redactor.Append("[1]"u8);
            redactor.Complete();
            Assert.Throws<InvalidOperationException>(() => redactor.Append(chunk));
            Assert.Equal(held, pool.ElementsOut);
        }

        pool.AssertSettled();
        var disposed = new JsonRedactor(output, ["$.a"], null, null, pool);
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => disposed.Append(chunk));
        pool.AssertSettled();
    }

    [Fact]
    public void WrongArguments()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentNullException>(() => new JsonRedactor(null!, ["$"]));
        Assert.Throws<ArgumentNullException>(() => new JsonRedactor(output, null!));
        Assert.Throws<PathPatternException>(() => new JsonRedactor(output, ["$["]));
        Assert.ThrowsAny<JsonException>(() => new JsonRedactor(output, ["$"], replacement: "xxx"));
        var redactor = new JsonRedactor(output, ["$"]);
        redactor.Dispose();
        redactor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => redactor.Append("1"u8));
    }

    private static (string Text, int Count) Redact(byte[] text, Chunking chunking, params string[] paths)
    {
        var output = new ArrayBufferWriter<byte>();
        using var redactor = new JsonRedactor(output, paths);
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(text))
        {
            redactor.Append(chunk.Span);
        }

        Assert.Equal(JsonOutcome.Complete, redactor.Complete());
        return (Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd(), redactor.RedactedCount);
    }

    private static List<string> Outermost(IReadOnlyList<string> pointers) =>
        [.. pointers.Where(pointer => !pointers.Any(outer => outer != pointer && pointer.StartsWith(outer + "/", StringComparison.Ordinal)))];

    private static JsonNode? Replace(JsonElement value, string pointer, List<string> replaced)
    {
        if (replaced.Contains(pointer))
        {
            return "[redacted]";
        }

        QueryNode[] children = [.. new QueryNode(value, pointer, []).Children().Select(child => child.Node)];
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return new System.Text.Json.Nodes.JsonArray([.. children.Select(child => Replace(child.Value, child.Pointer, replaced))]);
            case JsonValueKind.Object:
                var members = new System.Text.Json.Nodes.JsonObject();
                foreach ((JsonProperty member, QueryNode child) in value.EnumerateObject().Zip(children))
                {
                    members.Add(member.Name, Replace(child.Value, child.Pointer, replaced));
                }

                return members;
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }
}
