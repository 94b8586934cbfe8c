using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using StreamingJson.Binding.Tests.Support;
using StreamingJson.Tests.TestKit;
using Xunit;

namespace StreamingJson.Binding.Tests.Awaits;

/// <summary>Items off a source that nothing is retained of.</summary>
public class JsonItemsTests
{
    [Theory]
    [ChunkedData("{\"a\":[1, 22 ,[3],{\"b\":\"x\\ud83d\\ude00y\"},null,\"\",true],\"c\":[0]}")]
    public async Task EveryItem_AsItWasWritten(string text, Chunking chunking)
    {
        List<string> items = [];
        await foreach (JsonElement item in JsonItems.ReadAsync(await ReaderOf(text, chunking), "$.a", Elements))
        {
            items.Add(item.GetRawText());
        }

        Assert.Equal(["1", "22", "[3]", "{\"b\":\"x\\ud83d\\ude00y\"}", "null", "\"\"", "true"], items);
    }

    [Theory]
    [InlineData("[1,2", JsonErrorCode.UnexpectedEnd)]
    [InlineData("[1,2}", JsonErrorCode.ExpectedCommaOrEnd)]
    public async Task ABadText_ThrowsAfterTheItemsBefore(string text, JsonErrorCode code)
    {
        List<int> items = [];
        StreamingJsonException e = await Assert.ThrowsAsync<StreamingJsonException>(async () =>
        {
            await foreach (int item in JsonItems.ReadAsync(await ReaderOf(text, Chunking.Bytes), "$", Types.Default.Int32))
            {
                items.Add(item);
            }
        });
        Assert.Equal(code, e.Code);
        Assert.Equal([1], items); // the 2 is not closed by a byte that may follow it
    }

    [Fact]
    public async Task AMisfit_SaysWhere()
    {
        JsonAwaitException e = await Assert.ThrowsAsync<JsonAwaitException>(async () =>
        {
            await foreach (int item in JsonItems.ReadAsync(new MemoryStream("[1, \"x\"]"u8.ToArray()), "$", Types.Default.Int32))
            {
                Assert.Equal(1, item);
            }
        });
        Assert.Equal((JsonAwaitFailure.Mismatch, 4L), (e.Failure, e.ByteOffset));
    }

    [Theory]
    [InlineData("$.row", "{\"rows\":[1,2]}", true)]
    [InlineData("$.rows", "{\"rows\":{\"0\":1}}", true)]
    [InlineData("$.rows", "{\"rows\":5}", true)]
    [InlineData("$[1]", "[[1]]", true)]
    [InlineData("$", "{\"rows\":[1]}", true)]
    [InlineData("$", "7", true)]
    [InlineData("$.rows", "{\"rows\":[]}", false)]
    [InlineData("$", " [ ] ", false)]
    [InlineData("$[1]", "[[1],[]]", false)]
    [InlineData("$.groups[*].rows", "{\"groups\":[]}", false)] // of any number of places, none is one
    [InlineData("$..rows", "{}", false)]
    public async Task WhereThereWasNoArray_ItIsSaid_AndAnEmptyOneIsNoItems(string path, string text, bool isMissing)
    {
        async Task ReadAsync()
        {
            await foreach (JsonElement item in JsonItems.ReadAsync(await ReaderOf(text, Chunking.Bytes), path, Elements))
            {
                Assert.Fail(item.GetRawText());
            }
        }

        if (isMissing)
        {
            JsonAwaitException e = await Assert.ThrowsAsync<JsonAwaitException>(ReadAsync);
            Assert.Equal((JsonAwaitFailure.NotPresent, (long)text.Length), (e.Failure, e.ByteOffset));
        }
        else
        {
            await ReadAsync();
        }
    }

    [Fact]
    public async Task WhatTheOptionsLetIn_IsReadToo()
    {
        var options = new StreamingJsonOptions { AllowTrailingCommas = true, SkipComments = true };
        List<string?> items = [];
        var source = new MemoryStream("[{\"name\":\"\\ud800\", /* x */ },]"u8.ToArray());
        await foreach (Step? item in JsonItems.ReadAsync(source, "$", Types.Default.Step, options))
        {
            items.Add(item!.Name);
        }

        Assert.Equal(["\uFFFD"], items);
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonElement> Elements =>
        (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonElement>)JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonElement));

    private static async Task<PipeReader> ReaderOf(string text, Chunking chunking)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 1));
        foreach (ReadOnlyMemory<byte> chunk in chunking.Split(Encoding.UTF8.GetBytes(text)))
        {
            await pipe.Writer.WriteAsync(chunk);
        }

        await pipe.Writer.CompleteAsync();
        return pipe.Reader;
    }
}
