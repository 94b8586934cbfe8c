using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Framing.Tests;

public sealed class AsyncFrameReaderTests
{
    public static TheoryData<FrameFormat> Formats => Samples.Formats;

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task PipeAndStream_GiveWhatTheReaderGives(FrameFormat format)
    {
        byte[] input = Samples.Many(format, 5);
        string expected = Outcome.Of(format, null, input).ToString();
        foreach (int size in new[] { 1, 2, 5, 17, 64, 10_000 })
        {
            IEnumerable<PipeStep> data = Cuts.Every(input, size).Select((chunk, i) => new PipeStep(Text.Of(chunk.Span), "") { Yields = i % 2 == 0 });
            PipeStep[] steps = [.. data, new PipeStep { IsCompleted = true }];
            Assert.Equal(expected, await ReadAll(new PipeFrameReader(new ScriptedPipeReader(steps), format)));
            Assert.Equal(expected, await ReadAll(new StreamFrameReader(new TrickleStream(input, size), format)));
            Assert.Equal(expected, await ReadAll(new PipeFrameReader(PipeReader.Create(new TrickleStream(input, size)), format)));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Limit_HoldsThroughEveryEntryPoint(FrameFormat format)
    {
        var options = new FrameReaderOptions { MaxFrameBytes = 100 };
        foreach (int size in new[] { 100, 101 })
        {
            (byte[] input, _) = Samples.OneOfSize(format, size);
            Outcome outcome = Cuts.AssertChunkingNeverShows(format, options, input);
            Assert.Equal(size > 100 ? FramingErrorCode.FrameTooLong : null, outcome.Code);
            foreach (int chunk in new[] { 1, 64, 1000 })
            {
                PipeStep[] steps = [.. Cuts.Every(input, chunk).Select(bytes => new PipeStep(Text.Of(bytes.Span))), new PipeStep { IsCompleted = true }];
                Assert.Equal(outcome.ToString(), await ReadAll(new PipeFrameReader(new ScriptedPipeReader(steps), format, options)));
                Assert.Equal(outcome.ToString(), await ReadAll(new StreamFrameReader(new TrickleStream(input, chunk), format, options)));
            }
        }
    }

    [Fact]
    public async Task DataTogetherWithTheEnd_IsRead()
    {
        PipeStep[] steps = [new("1\n", "", "2\n"), new() { IsCanceled = true }, new("3\n") { IsCanceled = true }, new("", "4") { IsCompleted = true }];
        Assert.Equal(["1", "2", "3", "4"], await Data(new PipeFrameReader(new ScriptedPipeReader(steps), FrameFormat.NdJson)));
    }

    [Fact]
    public async Task FaultOfTheSource_LosesNothingThatCameBefore()
    {
        PipeStep[] steps = [new("1\n2\n3"), new() { Throws = true }];
        var source = new ScriptedPipeReader(steps);
        await using (var reader = new PipeFrameReader(source, FrameFormat.NdJson))
        {
            Assert.True(await reader.ReadAsync());
            Assert.True(reader.TryRead(out _));
            await Assert.ThrowsAsync<IOException>(async () => await reader.ReadAsync());
            Assert.Equal("2", Next(reader));
            Assert.False(reader.TryRead(out _));
            reader.Reader.Complete();
            Assert.Equal("3", Next(reader));
            Assert.False(await reader.ReadAsync());
        }

        Assert.Equal(1, source.Completions);
    }

    [Fact]
    public async Task Error_ThrowsFromTheOuterLoopAfterTheFramesBeforeIt()
    {
        await using var reader = new PipeFrameReader(new ScriptedPipeReader([new("[1,2,}"), new() { IsCompleted = true }]), FrameFormat.JsonArray);
        Assert.True(await reader.ReadAsync());
        Assert.Equal("1", Next(reader));
        Assert.Equal("2", Next(reader));
        Assert.False(reader.TryRead(out _));
        for (int i = 0; i < 2; i++)
        {
            FramingException error = await Assert.ThrowsAsync<FramingException>(async () => await reader.ReadAsync());
            Assert.Equal((FramingErrorCode.UnexpectedByte, 5), (error.Code, error.Offset));
        }
    }

    [Fact]
    public async Task CutInput_ThrowsAtTheEnd()
    {
        await using var reader = new StreamFrameReader(new MemoryStream(Text.Bytes("[1,2")), FrameFormat.JsonArray);
        Assert.True(await reader.ReadAsync());
        Assert.Equal("1", Next(reader));
        Assert.False(reader.TryRead(out _));
        Assert.True(await reader.ReadAsync());
        Assert.False(reader.TryRead(out _));
        FramingException error = await Assert.ThrowsAsync<FramingException>(async () => await reader.ReadAsync());
        Assert.Equal((FramingErrorCode.UnexpectedEnd, 4), (error.Code, error.Offset));
    }

    [Fact]
    public async Task CancelledRead_CanBeTriedAgain()
    {
        var pipe = new Pipe();
        await using var reader = new PipeFrameReader(pipe.Reader, FrameFormat.NdJson);
        using var cancellation = new CancellationTokenSource();
        ValueTask<bool> pending = reader.ReadAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await pending);

        pipe.Reader.CancelPendingRead();
        Assert.True(await reader.ReadAsync());
        Assert.False(reader.TryRead(out _));

        await pipe.Writer.WriteAsync(Text.Bytes("1\n"));
        Assert.True(await reader.ReadAsync());
        Assert.Equal("1", Next(reader));
        await pipe.Writer.CompleteAsync();
        Assert.True(await reader.ReadAsync());
        Assert.False(await reader.ReadAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Source_IsEndedOnceOrLeftOpen(bool leaveOpen)
    {
        var pipe = new ScriptedPipeReader([]);
        var stream = new TrickleStream([], 1);
        AsyncFrameReader[] readers =
        [
            new PipeFrameReader(pipe, FrameFormat.NdJson, null, leaveOpen),
            new StreamFrameReader(stream, FrameFormat.NdJson, null, leaveOpen),
        ];
        foreach (AsyncFrameReader reader in readers)
        {
            await reader.DisposeAsync();
            await reader.DisposeAsync();
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.ReadAsync());
            Assert.Throws<ObjectDisposedException>(() => reader.TryRead(out _));
        }

        Assert.Equal(leaveOpen ? 0 : 1, pipe.Completions);
        Assert.Equal(leaveOpen ? 0 : 1, stream.Disposals);
    }

    [Fact]
    public void Misuse_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("input", () => new PipeFrameReader(null!, FrameFormat.NdJson));
        Assert.Throws<ArgumentNullException>("input", () => new StreamFrameReader(null!, FrameFormat.NdJson));
        Assert.Throws<ArgumentNullException>("input", () => new WebSocketFrameReader(null!));
        Assert.Throws<ArgumentException>("format", () => new PipeFrameReader(new ScriptedPipeReader([]), FrameFormat.Message));
        Assert.StartsWith(
            "This source has no messages",
            Assert.Throws<ArgumentException>("format", () => new StreamFrameReader(Stream.Null, FrameFormat.Message)).Message,
            StringComparison.Ordinal);
    }

#if DEBUG
    [AllocationFact(Skip = "In Debug the compiler makes a class of the state machine of each async method; Release is what ships.")]
#else
    [AllocationFact]
#endif
    public async Task SynchronousReads_AllocateNothing()
    {
        byte[] line = Text.Bytes("data: {\"a\":1}\n\n");
        var source = new RepeatingStream(line);
        await using var reader = new StreamFrameReader(source, FrameFormat.ServerSentEvents);
        long least = long.MaxValue;
        int frames = 0;
        for (int window = 0; window < 200; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Assert.True(await reader.ReadAsync());
                while (reader.TryRead(out _))
                {
                    frames++;
                }
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(200 * 100, frames);
        Assert.Equal(0, least);
    }

    /// <summary>A caller that blocks the thread which its continuations need does not wait for ever.</summary>
    [Fact]
    public async Task NoContinuation_GoesToTheContextOfTheCaller()
    {
        var context = new CountingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        var pipe = new Pipe();
        AsyncFrameReader[] readers =
        [
            new PipeFrameReader(new SlowEnd(pipe.Reader), FrameFormat.NdJson),
            new StreamFrameReader(pipe.Reader.AsStream(), FrameFormat.NdJson),
        ];
        foreach (AsyncFrameReader reader in readers)
        {
            ValueTask<bool> pending;
            SynchronizationContext.SetSynchronizationContext(context);
            try
            {
                pending = reader.ReadAsync();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }

            Assert.False(pending.IsCompleted);
            await pipe.Writer.WriteAsync(Text.Bytes("1\n"));
            Assert.True(await pending);
        }

        ValueTask disposal;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            disposal = readers[0].DisposeAsync();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await disposal;
        Assert.Equal(0, context.Posts);
    }

    private static string Next(AsyncFrameReader reader)
    {
        Assert.True(reader.TryRead(out Frame frame));
        return Text.Of(frame.Data);
    }

    private static async Task<List<string>> Data(AsyncFrameReader reader)
    {
        var data = new List<string>();
        await using (reader)
        {
            while (await reader.ReadAsync())
            {
                while (reader.TryRead(out Frame frame))
                {
                    data.Add(Text.Of(frame.Data));
                }
            }
        }

        return data;
    }

    private static async Task<string> ReadAll(AsyncFrameReader reader)
    {
        var outcome = new Outcome();
        await using (reader)
        {
            try
            {
                while (await reader.ReadAsync())
                {
                    outcome.Drain(reader.Reader);
                }
            }
            catch (FramingException e)
            {
                Assert.Equal((reader.Reader.Error!.Code, reader.Reader.Error.Offset), (e.Code, e.Offset));
            }

            outcome.Finish(reader.Reader);
        }

        return outcome.ToString();
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }

    /// <summary>Another reader's bytes; completing takes a moment.</summary>
    private sealed class SlowEnd(PipeReader inner) : PipeReader
    {
        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override async ValueTask CompleteAsync(Exception? exception = null) =>
            await Task.Run(() => inner.Complete(exception)).ConfigureAwait(false);
    }

    /// <summary>Gives at most so many bytes a read.</summary>
    private sealed class TrickleStream(byte[] content, int size) : MemoryStream(content)
    {
        public int Disposals { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(size, count), cancellationToken);

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }

    private sealed class RepeatingStream(byte[] line) : Stream
    {
        private readonly Task<int> _count = Task.FromResult(line.Length);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            line.CopyTo(buffer);
            return new ValueTask<int>(line.Length);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            line.CopyTo(buffer, offset);
            return _count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
