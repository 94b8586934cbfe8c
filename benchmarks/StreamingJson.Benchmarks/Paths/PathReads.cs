using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StreamingJson.Binding;

namespace StreamingJson.Benchmarks.Paths;

/// <summary>Reads document A in chunks, with nobody watching, with ten handlers on paths, or with a struct on the same paths.</summary>
internal sealed class PathReads : IDisposable
{
    public static readonly string[] Patterns =
    [
        "$.title", "$.traveller.address.city", "$.steps[*].note", "$.steps[*]", "$.steps[0:5].category",
        "$.steps[*].tags[*]", "$.steps[*]['price_eur','link']", "$.summary", "$.budget", "$.steps[39]",
    ];

    private static readonly StreamingJsonOptions Options = StreamingJsonOptions.Trusted;

    private readonly StreamingJsonParser _unwatched = new(Options);
    private readonly StreamingJsonParser _watched = new(Options);
    private readonly PathWatcher<Counter> _watcher = new(default, [.. Array.ConvertAll(Patterns, PathPattern.Parse)], PathEvents.Completed);

    /// <summary>The parser alone.</summary>
    public long Unwatched(ReadOnlySpan<byte> document, ChunkSize size) => Read(_unwatched, document, size);

    /// <summary>The parser, and a struct that is told of every completion on ten paths.</summary>
    public long Watched(ReadOnlySpan<byte> document, ChunkSize size)
    {
        _watched.Reset();
        _watcher.Attach(_watched);
        _watcher.Handler.Told = 0;
        Read(_watched, document, size, reset: false);
        return _watcher.Handler.Told;
    }

    /// <summary>The parser, and a handler for each of ten paths, made anew for each text as a caller would.</summary>
    public static long Subscribed(ReadOnlySpan<byte> document, ChunkSize size)
    {
        using var parser = new StreamingJsonParser(Options);
        long told = 0;
        foreach (string pattern in Patterns)
        {
            parser.OnCompleted(pattern, _ => told++);
        }

        Read(parser, document, size, reset: false);
        return told;
    }

    /// <summary>What gives a wrong answer is not timed.</summary>
    public void Check(BenchmarkDocument document, ChunkSize size)
    {
        using JsonDocument whole = JsonDocument.Parse(document.Utf8);
        long steps = whole.RootElement.GetProperty("steps").GetArrayLength();
        using var parser = new StreamingJsonParser(Options);
        long items = 0;
        parser.OnEachItem("$.steps", _ => items++);
        Read(parser, document.Utf8, size, reset: false);
        if (items != steps || Watched(document.Utf8, size) != Subscribed(document.Utf8, size) || _watcher.Handler.Told < steps)
        {
            throw new InvalidDataException("The handlers were not told what is in the document.");
        }
    }

    public void Dispose()
    {
        _unwatched.Dispose();
        _watched.Dispose();
    }

    // One copy of the loop for all: inlined, each would get its own, and the registers of it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Read(StreamingJsonParser parser, ReadOnlySpan<byte> document, ChunkSize size, bool reset = true)
    {
        if (reset)
        {
            parser.Reset();
        }

        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            parser.Append(chunk);
        }

        parser.EnsureComplete();
        return parser.Snapshot.ByteCount;
    }

    private struct Counter : IPathHandler
    {
        public long Told;

        public readonly void OnStarted(int pattern, PartialJsonElement value)
        {
        }

        public readonly void OnTextDelta(int pattern, PartialJsonElement value, ReadOnlySpan<byte> utf8Text)
        {
        }

        public void OnCompleted(int pattern, PartialJsonElement value) => Told++;
    }
}
