using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using StreamingJson.Fuzz.Engine;
using StreamingJson.Tests.Support;
using Xunit;

namespace StreamingJson.Fuzz.Targets;

/// <summary>A source that fails at the n-th read: what came before is in the parser, and reading goes on from another source as if nothing had been.</summary>
internal sealed class JsonSourceFaultsTarget() : FuzzTarget("json-source-faults", "a stream or pipe that fails: what came stays, and reading goes on from another (n-th read: the flags)")
{
    private const int UsesPipe = 1 << 7;

    public override void Run(FuzzInput input)
    {
        using var expected = new StreamingJsonParser();
        expected.TryAppend(input.Document);
        expected.Complete();

        using var parser = new StreamingJsonParser();
        using var source = new ChunkStream(input.Chunks()) { FailsAt = input.Flags & 0x7F };
        bool hasFailed = !TryRead(parser, source, input);
        if (hasFailed)
        {
            Assert.Equal(JsonOutcome.Partial, parser.Outcome);
            Assert.Equal(source.Given, parser.Meters.BytesReceived);
            source.FailsAt = int.MaxValue;
            Assert.True(TryRead(parser, source, input));
        }

        Assert.Equal((Verdict.Of(expected), expected.Snapshot.ToString()), (Verdict.Of(parser), parser.Snapshot.ToString()));
    }

    private static bool TryRead(StreamingJsonParser parser, ChunkStream source, FuzzInput input)
    {
        try
        {
            Task<JsonOutcome> reading = input.Has(UsesPipe)
                ? parser.ReadToEndAsync(PipeReader.Create(source, new StreamPipeReaderOptions(leaveOpen: true)))
                : parser.ReadToEndAsync(source, leaveOpen: true);
            Assert.True(reading.IsCompleted, "Nothing had to be waited for.");
            Assert.Equal(parser.Outcome, reading.GetAwaiter().GetResult());
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>One chunk a read, complete at once; empty chunks are left out: to a stream they mean the end.</summary>
    private sealed class ChunkStream(IEnumerable<ReadOnlyMemory<byte>> chunks) : MemoryStream
    {
        private readonly IEnumerator<ReadOnlyMemory<byte>> _chunks = chunks.GetEnumerator();
        private ReadOnlyMemory<byte> _left;
        private int _reads;

        public int FailsAt { get; set; }

        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_reads++ == FailsAt)
            {
                return ValueTask.FromException<int>(new IOException("The line is dead."));
            }

            while (_left.IsEmpty && _chunks.MoveNext())
            {
                _left = _chunks.Current;
            }

            int length = Math.Min(buffer.Length, _left.Length);
            _left[..length].CopyTo(buffer);
            _left = _left[length..];
            Given += length;
            return ValueTask.FromResult(length);
        }
    }
}
