using System;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Tasks;
using StreamingJson.Binding.Tests.Support;
using Xunit;

namespace StreamingJson.Binding.Tests.Awaits;

/// <summary>A source that is read while others await values of it, and what may stop it.</summary>
public class JsonPumpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task FiveLines()
    {
        var source = new MemoryStream("{\"title\":\"Plan\",\"n\":[1,2]}"u8.ToArray());
        await using var pump = new JsonPump(source);
        Task<string?> title = pump.Parser.GetAsync("$.title", Types.Default.String);
        Assert.Equal(StreamOutcome.Complete, await pump.RunAsync());
        Assert.Equal("Plan", await title);
        Assert.Equal(StreamOutcome.Complete, pump.Outcome);
        Assert.Null(pump.Stop);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task AGuard_StopsTheSource_AndSaysWhere(int chunk)
    {
        byte[] text = Encoding.UTF8.GetBytes("{\"moderation\":{\"decision\":\"blocked\"},\"answer\":\"" + new string('x', 5000) + "\"}");
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        await using var pump = new JsonPump(pipe.Reader);
        pump.StopWhen("$.moderation.decision", value => value.TextUtf8.StartsWith("block"u8));
        Task<string?> answer = pump.Parser.GetAsync("$.answer", Types.Default.String);
        Task<StreamOutcome> run = pump.RunAsync();
        int sent = 0;
        for (bool isRead = true; isRead && sent < text.Length; sent += chunk)
        {
            isRead = !(await pipe.Writer.WriteAsync(text.AsMemory(sent, Math.Min(chunk, text.Length - sent)))).IsCompleted;
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(StreamOutcome.Stopped, await run.WaitAsync(Patience));
        Assert.Equal(("$.moderation.decision", "/moderation/decision", 26L), (pump.Stop!.Path.ToString(), pump.Stop.Pointer, pump.Stop.ByteOffset));
        Assert.True(chunk == 1000 || sent < 60, $"{sent} bytes were taken");
        Assert.Equal(JsonAwaitFailure.Truncated, (await Assert.ThrowsAsync<JsonAwaitException>(() => answer.WaitAsync(Patience))).Failure);
        Assert.Throws<InvalidOperationException>(() => pump.StopWhen("$", _ => true));
    }

    [Fact]
    public async Task ASourceThatFails_FaultsTheRun_AndEndsTheAwaits()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("{\"a\":"u8.ToArray());
        await using var pump = new JsonPump(pipe.Reader);
        Task<int> value = pump.Parser.GetAsync("$.a", Types.Default.Int32);
        Task<StreamOutcome> run = pump.RunAsync();
        await pipe.Writer.CompleteAsync(new IOException("gone"));
        Assert.Equal("gone", (await Assert.ThrowsAsync<IOException>(() => run.WaitAsync(Patience))).Message);
        Assert.Equal(JsonAwaitFailure.Truncated, (await Assert.ThrowsAsync<JsonAwaitException>(() => value.WaitAsync(Patience))).Failure);
        Assert.Equal(StreamOutcome.Truncated, pump.Outcome);
    }

    [Fact]
    public async Task Disposing_EndsTheRun()
    {
        var pipe = new Pipe();
        var pump = new JsonPump(pipe.Reader);
        Task<StreamOutcome> run = pump.RunAsync();
        await pump.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience));
        Assert.True((await pipe.Writer.WriteAsync("1"u8.ToArray())).IsCompleted);
    }

    [Fact]
    public async Task DisposedTwice_TheSecondTimeHasNoEffect()
    {
        var pump = new JsonPump(new MemoryStream("12"u8.ToArray()));
        await pump.RunAsync();
        await pump.DisposeAsync();
        await pump.DisposeAsync();
        var idle = new JsonPump(new MemoryStream());
        await Task.WhenAll(Task.Run(async () => await idle.DisposeAsync()), Task.Run(async () => await idle.DisposeAsync()));
    }

    [Fact]
    public void AGuard_LooksAtWhatIsThere_AndIsAskedNoMoreAfterItSaidStop()
    {
        int asked = 0;
        var guard = new PathGuard("$[*]", value => ++asked == 2);
        using var parser = new StreamingJsonParser();
        parser.Append("[1,2,3,"u8);
        guard.Watch(parser);
        guard.Watch(parser);
        Assert.Equal((2, "/1", 3L), (asked, guard.Stop!.Pointer, guard.Stop.ByteOffset));
        guard.Reset();
        Assert.Null(guard.Stop);
        parser.Append("4,"u8);
        Assert.Equal(2, asked);
    }
}
