using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Surface;
using Xunit;

namespace StreamingJson.Tests.Pipelines;

/// <summary><see cref="StreamingJsonPipelines.ReadAsync"/>: the loop that a caller drives by hand.</summary>
public class ReadAsyncTests
{
    [Fact]
    public async Task Reads_UntilTheEnd_AndLeavesTheReaderToTheCaller()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("{\"a\"").Then(":\"x").Then("y\"}").ThenEnd();
        using var parser = new StreamingJsonParser();
        var seen = new List<string>();
        while (await parser.ReadAsync(reader))
        {
            seen.Add(parser.Snapshot.ToString());
        }

        Assert.Equal(["{}", "{\"a\":\"x\"}", "{\"a\":\"xy\"}", "{\"a\":\"xy\"}"], seen);
        Assert.Equal(JsonOutcome.Complete, parser.Outcome);
        Assert.False(await parser.ReadAsync(reader));
        reader.AssertBooks(reads: 4, completions: 0);
    }

    [Fact]
    public async Task EmptySegments_AndSegmentsOfOneByte()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader()
            .Then("", "[", "", "\"", "\\", "u", "0", "0", "e", "9", "", "\"", "").Then("").Then().Then("]").ThenEnd();
        using var parser = new StreamingJsonParser();
        while (await parser.ReadAsync(reader))
        {
        }

        Assert.Equal("[\"é\"]", parser.Snapshot.ToString());
        reader.AssertBooks(reads: 5, completions: 0);
    }

    [Fact]
    public async Task TheSegmentsOfOneRead_AreOneOperation()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1", ",\"a", "b\"").ThenEnd();
        using var parser = new StreamingJsonParser();
        Assert.True(await parser.ReadAsync(reader));
        Assert.Equal(["started ", "started /0", "completed /0 = 1", "started /1", "delta /1 \"ab\"", "completed /1 = \"ab\""], EventLines.Of(parser));
        Assert.True(await parser.ReadAsync(reader));
        Assert.Empty(EventLines.Of(parser));
        Assert.Equal(JsonOutcome.Truncated, parser.Outcome);
    }

    [Fact]
    public async Task DataAndEndTogether_TheDataFirst_ThenTheEnd()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then(isCanceled: false, isCompleted: true, "12").ThenEnd();
        using var parser = new StreamingJsonParser();
        Assert.True(await parser.ReadAsync(reader));
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.True(await parser.ReadAsync(reader));
        Assert.Equal(JsonOutcome.Complete, parser.Outcome);
        Assert.Equal(12, parser.Snapshot.RootElement.GetInt32());
        reader.AssertBooks(reads: 2, completions: 0);
    }

    [Fact]
    public async Task InvalidText_IsAnOutcome_AndNothingMoreIsRead()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1", " x, 2]", "3");
        using var parser = new StreamingJsonParser();
        Assert.True(await parser.ReadAsync(reader));
        Assert.Equal(JsonOutcome.Invalid, parser.Outcome);
        Assert.False(await parser.ReadAsync(reader));
        Assert.Equal(9, parser.Meters.BytesReceived);
        reader.AssertBooks(reads: 1, completions: 0);
    }

    [Theory]
    [InlineData("[1,2", "[1]", "3,", "[1,23]")]
    [InlineData("", "", "[3,", "[3]")]
    public async Task CancelPendingRead_ThrowsAndKeepsWhatItBrought(string data, string value, string more, string then)
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then(isCanceled: true, isCompleted: false, data).Then(more).ThenEnd();
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await parser.ReadAsync(reader));
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.Equal(value, parser.Snapshot.ToString());
        Assert.True(await parser.ReadAsync(reader));
        Assert.Equal(then, parser.Snapshot.ToString());
        reader.AssertBooks(reads: 2, completions: 0);
    }

    [Fact]
    public async Task CancelPendingRead_OfARealPipe()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        ValueTask<bool> pending = parser.ReadAsync(pipe.Reader);
        Assert.False(pending.IsCompleted);
        pipe.Reader.CancelPendingRead();
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await pending);
        await pipe.Writer.WriteAsync("true"u8.ToArray());
        Assert.True(await parser.ReadAsync(pipe.Reader));
        Assert.True(parser.Snapshot.RootElement.GetBoolean());
    }

    [Fact]
    public async Task ACancelledToken_BeforeTheRead_TakesNothing()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("[1,"u8.ToArray());
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await parser.ReadAsync(pipe.Reader, new CancellationToken(canceled: true)));
        Assert.Equal(0, parser.Meters.BytesReceived);
        Assert.True(await parser.ReadAsync(pipe.Reader));
        Assert.Equal("[1]", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task ATokenCancelledDuringTheRead_AndReadingGoesOn()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        using var cancel = new CancellationTokenSource();
        ValueTask<bool> pending = parser.ReadAsync(pipe.Reader, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pending);
        await pipe.Writer.WriteAsync("[1]"u8.ToArray());
        Assert.True(await parser.ReadAsync(pipe.Reader));
        Assert.Equal("[1]", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task AFaultOfTheSource_KeepsWhatWasReceived_AndAnotherSourceGoesOn()
    {
        ScriptedPipeReader broken = new ScriptedPipeReader().Then("{\"a\":\"he").ThenThrow(new IOException("The line is dead."));
        using var parser = new StreamingJsonParser();
        Assert.True(await parser.ReadAsync(broken));
        await Assert.ThrowsAsync<IOException>(async () => await parser.ReadAsync(broken));
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.Equal("{\"a\":\"he\"}", parser.Snapshot.ToString());

        using var rest = new MemoryStream("llo\"}"u8.ToArray());
        Assert.Equal(JsonOutcome.Complete, await parser.ReadToEndAsync(rest));
        Assert.Equal("{\"a\":\"hello\"}", parser.Snapshot.ToString());
        broken.AssertBooks(reads: 1, completions: 0);
    }

    [Fact]
    public async Task AWriterThatCompletesWithAnException()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        await pipe.Writer.WriteAsync("[1,"u8.ToArray());
        Assert.True(await parser.ReadAsync(pipe.Reader));
        await pipe.Writer.CompleteAsync(new InvalidDataException("gone"));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await parser.ReadAsync(pipe.Reader));
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.Equal("[1]", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task ADisposedParser_ConsumesItsRead()
    {
        ScriptedPipeReader reader = new ScriptedPipeReader().Then("[1]");
        var parser = new StreamingJsonParser();
        parser.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await parser.ReadAsync(reader));
    }

    [Fact]
    public async Task NullArguments()
    {
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await parser.ReadAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await StreamingJsonPipelines.ReadAsync(null!, new Pipe().Reader));
        Assert.Throws<ArgumentNullException>(() => { _ = parser.ReadSnapshotsAsync((PipeReader)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = parser.ReadSnapshotsAsync((Stream)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = parser.ReadEventsAsync((PipeReader)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = parser.ReadEventsAsync((Stream)null!); });
        await Assert.ThrowsAsync<ArgumentNullException>(() => parser.ReadToEndAsync((PipeReader)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => parser.ReadToEndAsync((Stream)null!));
    }

#if !DEBUG // where the state of an async method is an object
    [Fact]
    public async Task SynchronousReads_AllocateNothing()
    {
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        byte[] chunk = "{\"a\":[1,\"x\\n\"]} "u8.ToArray();
        using var parser = new StreamingJsonParser(new() { AllowMultipleValues = true });
        Assert.Equal(0, TestKit.AllocationMeter.MinimumBytes(() =>
        {
            parser.Reset();
            for (int i = 0; i < 8; i++)
            {
                ValueTask<FlushResult> written = pipe.Writer.WriteAsync(chunk);
                Assert.True(written.IsCompletedSuccessfully);
                _ = written.GetAwaiter().GetResult();
                ValueTask<bool> read = parser.ReadAsync(pipe.Reader);
                Assert.True(read.IsCompletedSuccessfully);
                _ = read.GetAwaiter().GetResult();
            }
        }));
        await pipe.Reader.CompleteAsync();
    }
#endif
}
