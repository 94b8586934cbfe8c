using System;
using System.IO;
using System.Text;
using System.Text.Json;

namespace StreamingJson.Benchmarks;

/// <summary>Reads documents with the library's parser, chunk by chunk, with a look at the value after every chunk.</summary>
internal sealed class ParserReads : IDisposable
{
    private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);

    /// <summary>The field of a document's root that is looked at after every chunk.</summary>
    public static ReadOnlySpan<byte> FieldOf(BenchmarkDocument document) => document.Name switch
    {
        "B" => "path"u8,
        "D" => "city"u8,
        _ => "id"u8,
    };

    public JsonMeters Meters => _parser.Meters;

    /// <summary>A reader of that field.</summary>
    public static JsonPointerReader PointerOf(BenchmarkDocument document) => new("/" + Encoding.UTF8.GetString(FieldOf(document)));

    /// <summary>A snapshot after every chunk, and one string of it, if it is there, by a reader that a caller keeps.</summary>
    public long Snapshots(ReadOnlySpan<byte> document, ChunkSize size, JsonPointerReader field)
    {
        long seen = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            if (field.TryGetElement(_parser.Snapshot, out PartialJsonElement value))
            {
                seen += value.TextUtf8.Length;
            }
        }

        _parser.EnsureComplete();
        return seen;
    }

    /// <summary>A snapshot after every chunk, and one string of it, if it is there, by its name.</summary>
    public long SnapshotsByName(ReadOnlySpan<byte> document, ChunkSize size, ReadOnlySpan<byte> field)
    {
        long seen = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            PartialJsonElement root = _parser.Snapshot.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(field, out PartialJsonElement value))
            {
                seen += value.TextUtf8.Length;
            }
        }

        _parser.EnsureComplete();
        return seen;
    }

    /// <summary>Every event of every chunk, read off the tape.</summary>
    public long Events(ReadOnlySpan<byte> document, ChunkSize size)
    {
        long seen = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            foreach (JsonEvent change in _parser.Events)
            {
                seen += (int)change.Kind;
            }
        }

        _parser.EnsureComplete();
        return seen;
    }

    /// <summary>What gives a wrong answer is not timed.</summary>
    public void Check(BenchmarkDocument document, ChunkSize size)
    {
        long byPointer = Snapshots(document.Utf8, size, PointerOf(document));
        if (byPointer != SnapshotsByName(document.Utf8, size, FieldOf(document)))
        {
            throw new InvalidDataException($"A field of document {document.Name} in chunks of {size} is another by pointer than by name.");
        }

        using JsonDocument expected = JsonDocument.Parse(document.Utf8);
        if (!JsonElement.DeepEquals(expected.RootElement, _parser.Snapshot.ToJsonElement()))
        {
            throw new InvalidDataException($"Document {document.Name} in chunks of {size} reads as another value.");
        }
    }

    public void Dispose() => _parser.Dispose();
}
