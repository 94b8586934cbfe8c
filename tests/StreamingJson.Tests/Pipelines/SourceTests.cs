using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace StreamingJson.Tests.Pipelines;

/// <summary><c>ReadToEndAsync</c>, and streams as a source.</summary>
public class SourceTests
{
    private const string Json = "{\"city\":\"Paris\",\"temps\":[1.5,-2,3e4],\"note\":\"caf\\u00e9 😀\"}";

    [Theory]
    [InlineData("[1,2]", JsonOutcome.Complete)]
    [InlineData("12", JsonOutcome.Complete)]
    [InlineData("[1,2", JsonOutcome.Truncated)]
    [InlineData("", JsonOutcome.Truncated)]
    [InlineData("[1,,2]", JsonOutcome.Invalid)]
    public async Task ReadToEnd_SaysTheOutcome_AndDoesNotThrowForABadText(string json, JsonOutcome outcome)
    {
        foreach (bool leaveOpen in new[] { false, true })
        {
            ScriptedPipeReader reader = new ScriptedPipeReader().Then(json).ThenEnd();
            using var parser = new StreamingJsonParser();
            Assert.Equal(outcome, await parser.ReadToEndAsync(reader, leaveOpen));
            Assert.Equal(outcome, parser.Outcome);
            reader.AssertBooks(reads: outcome == JsonOutcome.Invalid ? 1 : 2, completions: leaveOpen ? 0 : 1);
        }
    }

    /// <summary>Not the outcome of the text before, as if the source had been read.</summary>
    [Theory]
    [InlineData("[1]")]
    [InlineData("[1")]
    public async Task AParserThatIsThrough_IsRefused_BeforeAnythingIsRead(string before)
    {
        using var parser = new StreamingJsonParser();
        parser.Append(before);
        parser.Complete();
        foreach (bool leaveOpen in new[] { false, true })
        {
            ScriptedPipeReader reader = new ScriptedPipeReader().Then("[2]").ThenEnd();
            await Assert.ThrowsAsync<InvalidOperationException>(() => parser.ReadToEndAsync(reader, leaveOpen));
            reader.AssertBooks(reads: 0, completions: leaveOpen ? 0 : 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task AStream_ThatGivesFewBytesAtATime(int atOnce)
    {
        var stream = new TricklingStream(Json, atOnce);
        using var parser = new StreamingJsonParser();
        Assert.Equal(JsonOutcome.Complete, await parser.ReadToEndAsync(stream));
        Assert.True(stream.IsDisposed);
        Assert.Equal(Json, parser.Snapshot.RootElement.GetRawText());
    }

    [Fact]
    public async Task AStream_IsDisposedUnlessLeftOpen()
    {
        foreach (bool leaveOpen in new[] { false, true })
        {
            var stream = new TricklingStream(Json, 10);
            using var parser = new StreamingJsonParser();
            int snapshots = 0;
            await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(stream, leaveOpen))
            {
                snapshots += snapshot.HasValue ? 1 : 0;
            }

            Assert.True(snapshots > 5);
            Assert.Equal(!leaveOpen, stream.IsDisposed);

            stream = new TricklingStream(Json, 10);
            parser.Reset();
            var completed = new List<string>();
            await foreach (JsonEvent change in parser.ReadEventsAsync(stream, leaveOpen))
            {
                if (change.Kind == JsonEventKind.Completed)
                {
                    completed.Add(change.GetPointer());
                }
            }

            Assert.Equal(["/city", "/temps/0", "/temps/1", "/temps/2", "/temps", "/note", ""], completed);
            Assert.Equal(!leaveOpen, stream.IsDisposed);

            stream = new TricklingStream(Json, 10);
            parser.Reset();
            await parser.ReadToEndAsync(stream, leaveOpen);
            Assert.Equal(!leaveOpen, stream.IsDisposed);
        }
    }

    [Fact]
    public async Task AStreamThatFails_IsDisposed_AndWhatItGaveStays()
    {
        var stream = new TricklingStream(Json, 10) { FailAfter = 25 };
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAsync<IOException>(() => parser.ReadToEndAsync(stream));
        Assert.True(stream.IsDisposed);
        Assert.Equal(JsonOutcome.Partial, parser.Outcome);
        Assert.Equal("{\"city\":\"Paris\",\"temps\":[1.5]}", parser.Snapshot.ToString());
    }

    [Fact]
    public async Task ACancelledToken_DisposesTheStream()
    {
        var stream = new TricklingStream(Json, 10);
        using var parser = new StreamingJsonParser();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parser.ReadToEndAsync(stream, cancellationToken: new CancellationToken(canceled: true)));
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public async Task APipe_WrittenByteByByte_WhileItIsRead()
    {
        var pipe = new Pipe();
        using var parser = new StreamingJsonParser();
        Task writing = Task.Run(async () =>
        {
            foreach (byte next in Encoding.UTF8.GetBytes(Json))
            {
                await pipe.Writer.WriteAsync(new[] { next });
            }

            await pipe.Writer.CompleteAsync();
        });
        string last = "";
        await foreach (JsonSnapshot snapshot in parser.ReadSnapshotsAsync(pipe.Reader))
        {
            last = snapshot.ToString();
        }

        await writing;
        using var document = System.Text.Json.JsonDocument.Parse(Json);
        using var read = System.Text.Json.JsonDocument.Parse(last);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(document.RootElement, read.RootElement));
    }

    [Fact]
    public async Task BackPressure_DoesNotStopALongToken()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 16, resumeWriterThreshold: 8));
        using var parser = new StreamingJsonParser();
        Task writing = Task.Run(async () =>
        {
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes("\"" + new string('x', 10_000) + "\""));
            await pipe.Writer.CompleteAsync();
        });
        Assert.Equal(JsonOutcome.Complete, await parser.ReadToEndAsync(pipe.Reader).WaitAsync(TimeSpan.FromMinutes(5)));
        await writing;
        Assert.Equal(10_000, parser.Snapshot.RootElement.TextUtf8.Length);
    }

    private sealed class TricklingStream(string json, int atOnce) : MemoryStream(Encoding.UTF8.GetBytes(json))
    {
        public bool IsDisposed { get; private set; }

        public int FailAfter { get; init; } = int.MaxValue;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            return Position < FailAfter
                ? Read(buffer.Span[..Math.Min(buffer.Length, atOnce)])
                : throw new IOException("The line is dead.");
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
