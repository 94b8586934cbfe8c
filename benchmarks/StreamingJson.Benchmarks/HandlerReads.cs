using System;
using System.IO;

namespace StreamingJson.Benchmarks;

/// <summary>Reads documents with the event-only parser: nothing is retained.</summary>
internal sealed class HandlerReads : IDisposable
{
    private readonly JsonEventParser<Counter> _parser = new(default, StreamingJsonOptions.Trusted);

    public JsonMeters Meters => _parser.Meters;

    public long Read(ReadOnlySpan<byte> document, ChunkSize size)
    {
        _parser.Reset();
        foreach (ReadOnlySpan<byte> chunk in new Chunks(document, size))
        {
            _parser.Append(chunk);
        }

        if (_parser.Complete() != JsonOutcome.Complete)
        {
            throw new InvalidDataException("The document is not whole.");
        }

        return _parser.Handler.Seen;
    }

    /// <summary>The same count, however the document is cut.</summary>
    public void Check(BenchmarkDocument document, ChunkSize size)
    {
        _parser.Handler.Seen = 0;
        long whole = Read(document.Utf8, ChunkSize.Whole);
        _parser.Handler.Seen = 0;
        if (Read(document.Utf8, size) != whole)
        {
            throw new InvalidDataException($"Document {document.Name} in chunks of {size} gives other events.");
        }
    }

    public void Dispose() => _parser.Dispose();

    private struct Counter : IJsonEventHandler
    {
        public long Seen;

        public void OnStartObject(in JsonEventContext context) => Seen++;

        public void OnEndObject(in JsonEventContext context) => Seen++;

        public void OnStartArray(in JsonEventContext context) => Seen++;

        public void OnEndArray(in JsonEventContext context) => Seen++;

        public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context) => Seen += utf8Name.Length;

        public void OnStartString(in JsonEventContext context) => Seen++;

        public void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context) => Seen += utf8Text.Length;

        public void OnEndString(in JsonEventContext context) => Seen++;

        public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Seen += utf8Number.Length;

        public void OnBoolean(bool value, in JsonEventContext context) => Seen++;

        public void OnNull(in JsonEventContext context) => Seen++;

        public readonly void OnDocumentCompleted()
        {
        }
    }
}
