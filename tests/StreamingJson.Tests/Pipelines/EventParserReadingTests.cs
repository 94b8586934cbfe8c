using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Tests.Surface;
using Xunit;

namespace StreamingJson.Tests.Pipelines;

/// <summary>The event-only parser, read from a pipe or a stream.</summary>
public class EventParserReadingTests
{
    private const string Text = "{\"a\\n\":[1,\"xé\",true,null],\"\":{},\"c\":\"\"}";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task ReadsToTheEnd_AndTellsWhatAppendTells(int size)
    {
        byte[] json = Encoding.UTF8.GetBytes(Text);
        using var appended = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        var reader = new ScriptedPipeReader();
        foreach (byte[] chunk in json.Chunk(size))
        {
            appended.Append(chunk);
            reader.Then(isCanceled: false, isCompleted: false, [chunk]);
        }

        appended.EnsureComplete();
        using var fromPipe = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        Assert.Equal(JsonOutcome.Complete, await fromPipe.ReadToEndAsync(reader.ThenEnd()));
        Assert.Equal(appended.Handler.Lines, fromPipe.Handler.Lines);
        reader.AssertBooks(reads: ((json.Length + size - 1) / size) + 1, completions: 1);

        using var fromStream = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        var stream = new MemoryStream(json);
        Assert.Equal(JsonOutcome.Complete, await fromStream.ReadToEndAsync(stream, leaveOpen: size == 1));
        Assert.Equal(size == 1, stream.CanRead);
        Assert.Equal("document", fromStream.Handler.Lines[^1]);
    }

    [Fact]
    public async Task ByHand_TheReaderIsTheCallers()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,").Then("2").ThenEnd();
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        int reads = 0;
        while (await parser.ReadAsync(reader))
        {
            reads++;
        }

        Assert.Equal((3, JsonOutcome.Truncated, JsonErrorCode.UnexpectedEnd), (reads, parser.Outcome, parser.Error?.Code));
        reader.AssertBooks(reads: 3, completions: 0);
    }

    [Fact]
    public async Task AfterAnError_NothingMoreIsRead()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1 x").Then("never").ThenEnd();
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        Assert.Equal(JsonOutcome.Invalid, await parser.ReadToEndAsync(reader, leaveOpen: true));
        reader.AssertBooks(reads: 1, completions: 0);
    }

    [Fact]
    public async Task ACancelledRead_IsAppended_AndMayGoOn()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then(isCanceled: true, isCompleted: false, "[1,").Then("2]").ThenEnd();
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        await Assert.ThrowsAsync<OperationCanceledException>(() => parser.ReadToEndAsync(reader, leaveOpen: true));
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.Equal(JsonOutcome.Complete, await parser.ReadToEndAsync(reader));
        Assert.Equal(2, parser.Handler.Lines.Count(line => line.StartsWith("number", StringComparison.Ordinal)));
        reader.AssertBooks(reads: 3, completions: 1);
    }

    [Fact]
    public async Task WhatTheHandlerThrows_IsThrown_AndTheReadIsConsumed()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1,2]").ThenEnd();
        using var parser = new JsonEventParser<RecordingHandler>(new RecordingHandler(throwAt: "number"));
        await Assert.ThrowsAnyAsync<Exception>(() => parser.ReadToEndAsync(reader));
        reader.AssertBooks(reads: 1, completions: 1);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await parser.ReadAsync(new ScriptedPipeReader().ThenEnd()));
    }

    [Fact]
    public async Task Misuse_IsRefused()
    {
        using var parser = new JsonEventParser<RecordingHandler>(RecordingHandler.Create());
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await parser.ReadAsync(null!));
        Assert.Throws<ArgumentNullException>(() => { _ = parser.ReadToEndAsync((Stream)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = ((JsonEventParser<RecordingHandler>)null!).ReadToEndAsync(new ScriptedPipeReader()); });
        parser.Append("[]"u8);
        parser.EnsureComplete();
        await Assert.ThrowsAsync<InvalidOperationException>(() => parser.ReadToEndAsync(new ScriptedPipeReader()));
    }
}
