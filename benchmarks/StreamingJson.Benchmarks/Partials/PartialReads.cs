using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Binding;

namespace StreamingJson.Benchmarks.Partials;

/// <summary>Reads a document in chunks with a look at the typed value every so many of them.</summary>
internal sealed class PartialReads<T> : IDisposable
{
    private readonly StreamingJsonParser _parser = new(StreamingJsonOptions.Trusted);
    private readonly JsonTypeInfo<T> _typeInfo;
    private readonly PartialReader<T> _reader;

    public PartialReads(JsonTypeInfo<T> typeInfo)
    {
        _typeInfo = typeInfo;
        _reader = _parser.ReadPartial(typeInfo);
    }

    /// <summary>A partial every <paramref name="pace"/> chunks, and at the end.</summary>
    public Partial<T> Partials(ReadOnlySpan<byte> document, ChunkSize size, int pace)
    {
        int chunks = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            if (++chunks % pace == 0)
            {
                _reader.Read();
            }
        }

        _parser.EnsureComplete();
        return _reader.Read();
    }

    /// <summary>The same looks, each by closing the text so far and reading all of it: without the reader, the shortest way.</summary>
    public T? ClosedText(ReadOnlySpan<byte> document, ChunkSize size, int pace)
    {
        int chunks = 0;
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
            if (++chunks % pace == 0)
            {
                try
                {
                    _parser.Snapshot.Deserialize(_typeInfo);
                }
                catch (JsonException)
                {
                    // A required member is not there yet.
                }
            }
        }

        _parser.EnsureComplete();
        return _parser.Snapshot.Deserialize(_typeInfo);
    }

    /// <summary>What gives a wrong answer is not timed.</summary>
    public void Check(ReadOnlySpan<byte> document, ChunkSize size, int pace)
    {
        string expected = JsonSerializer.Serialize(JsonSerializer.Deserialize(document, _typeInfo)!, _typeInfo);
        if (JsonSerializer.Serialize(Partials(document, size, pace).GetCompleteValue()!, _typeInfo) != expected)
        {
            throw new InvalidDataException("The partial at the end is not the value of the document.");
        }
    }

    public void Dispose() => _parser.Dispose();
}
