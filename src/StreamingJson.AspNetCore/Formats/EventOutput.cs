using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamingJson.Framing;

namespace StreamingJson.AspNetCore.Formats;

/// <summary>Writes server-sent events whose data is JSON to the body of a response. Nothing is flushed here.</summary>
internal sealed class EventOutput : IBufferWriter<byte>, IDisposable
{
    // Text stays text: what has to be escaped for HTML does not have to be in JSON that a program reads.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly PipeWriter _body;

    public EventOutput(PipeWriter body)
    {
        _body = body;
        _writer = new Utf8JsonWriter(_json, WriterOptions);
    }

    /// <summary>How many bytes were written, flushed or not.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many events were written.</summary>
    public long Events { get; private set; }

    /// <summary>Where the data is collected, for writers of JSON texts; <see cref="EndText"/> sends it.</summary>
    public IBufferWriter<byte> Text => _json;

    /// <summary>Begins an event; the properties of its object are to be written to what is returned.</summary>
    public Utf8JsonWriter Begin()
    {
        _writer.WriteStartObject();
        return _writer;
    }

    /// <summary>Ends the event.</summary>
    public void End()
    {
        _writer.WriteEndObject();
        EndWriter();
    }

    /// <summary>Begins an event that is an array.</summary>
    public Utf8JsonWriter BeginArray()
    {
        _writer.WriteStartArray();
        return _writer;
    }

    /// <summary>Ends the event that is an array.</summary>
    public void EndArray()
    {
        _writer.WriteEndArray();
        EndWriter();
    }

    /// <summary>Sends what was collected in <see cref="Text"/> as an event.</summary>
    public void EndText(ReadOnlySpan<byte> eventType = default)
    {
        ServerSentEventWriter.WriteEvent(this, _json.WrittenSpan, eventType);
        _json.ResetWrittenCount();
        Events++;
    }

    /// <summary>Drops an event that was begun and not ended.</summary>
    public void Drop()
    {
        _writer.Reset();
        _json.ResetWrittenCount();
    }

    /// <summary>Writes a comment, which readers ignore.</summary>
    public void WriteComment(ReadOnlySpan<byte> text) => ServerSentEventWriter.WriteComment(this, text);

    public void Advance(int count)
    {
        _body.Advance(count);
        Bytes += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _body.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _body.GetSpan(sizeHint);

    public void Dispose() => _writer.Dispose();

    private void EndWriter()
    {
        _writer.Flush();
        _writer.Reset();
        EndText();
    }
}
