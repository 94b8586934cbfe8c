using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using StreamingJson.Binding;

namespace StreamingJson.Benchmarks.Patches;

/// <summary>
/// The ways to keep a client up to date with a document that arrives in chunks, each after every chunk. All return the bytes that go out.
/// </summary>
internal sealed class PatchReads
{
    private readonly StreamingJsonParser _parser = new();
    private readonly JsonPatchWriter _patches = new();
    private readonly JsonPatchWriter _standardPatches = new(new JsonPatchOptions { StandardOnly = true });
    private readonly ClosedJsonWriter _closed = new();
    private readonly ArrayBufferWriter<byte> _output = new(1 << 16);

    /// <summary>The deltas alone: the share of the parser.</summary>
    public long NoOutput(byte[] document, ChunkSize size)
    {
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
        }

        return _parser.Snapshot.ByteCount;
    }

    /// <summary>Patches with <c>append</c>.</summary>
    public long Patches(byte[] document, ChunkSize size) => Patches(_patches, document, size);

    /// <summary>Patches of RFC 6902 alone.</summary>
    public long StandardPatches(byte[] document, ChunkSize size) => Patches(_standardPatches, document, size);

    /// <summary>Text that is only appended to, and what closes it.</summary>
    public long GrowingText(byte[] document, ChunkSize size)
    {
        _parser.Reset();
        _closed.Reset();
        long bytes = 0;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            _output.ResetWrittenCount();
            _closed.TryWrite(_parser.Snapshot, _output);
            bytes += _output.WrittenCount + _closed.Closing.Length;
        }

        return bytes;
    }

    /// <summary>The whole closed value.</summary>
    public long ClosedText(byte[] document, ChunkSize size)
    {
        _parser.Reset();
        long bytes = 0;
        using var writer = new Utf8JsonWriter(_output);
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            WriteClosed(writer);
            bytes += _output.WrittenCount;
        }

        return bytes;
    }

    /// <summary>The whole closed value as a tree, compared with the tree before, as RFC 6902.</summary>
    public long Differences(byte[] document, ChunkSize size)
    {
        _parser.Reset();
        long bytes = 0;
        JsonNode? before = null;
        using var writer = new Utf8JsonWriter(_output);
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            if (!_parser.Snapshot.HasValue)
            {
                continue;
            }

            WriteClosed(writer);
            JsonNode? now = JsonNode.Parse(_output.WrittenSpan);
            _output.ResetWrittenCount();
            writer.Reset();
            bytes += NodeDifferences.Write(before, now, writer, _output);
            before = now;
        }

        return bytes;
    }

    /// <summary>What gives a wrong answer is not timed: the appended text is the document, and every way sent something.</summary>
    public void Check(byte[] document, ChunkSize size)
    {
        _parser.Reset();
        _closed.Reset();
        var text = new ArrayBufferWriter<byte>();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            _closed.TryWrite(_parser.Snapshot, text);
        }

        if (!JsonNode.DeepEquals(JsonNode.Parse(text.WrittenSpan), JsonNode.Parse(document))
            || Patches(document, size) == 0 || StandardPatches(document, size) == 0 || Differences(document, size) < document.Length / 2)
        {
            throw new InvalidDataException("The client does not have the document.");
        }
    }

    private long Patches(JsonPatchWriter patches, byte[] document, ChunkSize size)
    {
        _parser.Reset();
        long bytes = 0;
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            _output.ResetWrittenCount();
            patches.TryWrite(_parser.Snapshot, _output);
            bytes += _output.WrittenCount;
        }

        return bytes;
    }

    private void WriteClosed(Utf8JsonWriter writer)
    {
        _output.ResetWrittenCount();
        writer.Reset();
        _parser.Snapshot.WriteTo(writer);
        writer.Flush();
    }
}
