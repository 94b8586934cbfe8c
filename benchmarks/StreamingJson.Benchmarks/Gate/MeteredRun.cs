using System;
using System.Collections.Generic;
using StreamingJson.Benchmarks.Protocols;
using StreamingJson.Framing;
using StreamingJson.ToolCalls;

namespace StreamingJson.Benchmarks.Gate;

/// <summary>What a task counted: rows and bytes held are null where it keeps none.</summary>
internal readonly record struct Counts(long Received, long Examined, long? Rows, long? Held);

/// <summary>A task whose work is counted.</summary>
internal interface IMeteredTask
{
    string Name { get; }

    /// <summary>Reads the document; what it allocates is measured.</summary>
    void Run(byte[] utf8, ChunkSize size);

    Counts Counts { get; }
}

/// <summary>The tasks of the library that have meters.</summary>
internal static class MeteredTasks
{
    public static IEnumerable<IMeteredTask> OfDocuments => [new Snapshots(), new Events(), new HandlerOnly()];

    internal sealed class Snapshots : IMeteredTask
    {
        private readonly ParserReads _reads = new();

        public string Name => "snapshots";

        public Counts Counts => Of(_reads.Meters);

        public void Run(byte[] utf8, ChunkSize size) => _reads.Snapshots(utf8, size, "id"u8);
    }

    internal sealed class Events : IMeteredTask
    {
        private readonly ParserReads _reads = new();

        public string Name => "events";

        public Counts Counts => Of(_reads.Meters);

        public void Run(byte[] utf8, ChunkSize size) => _reads.Events(utf8, size);
    }

    internal sealed class HandlerOnly : IMeteredTask
    {
        private readonly HandlerReads _reads = new();

        public string Name => "handler";

        public Counts Counts => new(_reads.Meters.BytesReceived, _reads.Meters.BytesExamined, null, null);

        public void Run(byte[] utf8, ChunkSize size) => _reads.Read(utf8, size);
    }

    /// <summary>Frames alone: they have a meter of their own.</summary>
    internal sealed class Frames(FrameFormat format) : IMeteredTask
    {
        private readonly FrameReader _reader = new(format);

        public string Name => "frames";

        public Counts Counts => new(_reader.BytesReceived, _reader.BytesExamined, null, null);

        public void Run(byte[] utf8, ChunkSize size)
        {
            _reader.Reset();
            foreach (ReadOnlySpan<byte> chunk in new Chunks(utf8, size))
            {
                _reader.Append(chunk);
                while (_reader.TryRead(out _))
                {
                }
            }
        }
    }

    /// <summary>From the wire to the arguments; only what it allocates is counted.</summary>
    internal sealed class ToolCalls(ModelProtocol protocol) : IMeteredTask
    {
        private readonly ModelReads _reads = new(protocol);

        public string Name => "tool calls";

        public Counts Counts => default;

        public void Run(byte[] utf8, ChunkSize size) => _reads.Read(utf8, size);
    }

    private static Counts Of(JsonMeters meters) => new(meters.BytesReceived, meters.BytesExamined, meters.Rows, meters.BytesRetained);
}
