using System;
using System.Buffers;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StreamingJson.Tool.Output;

/// <summary>One JSON object a line, buffered; <see cref="Flush"/> before waiting for anything.</summary>
internal sealed class JsonLines : IDisposable
{
    private const int FlushSize = 32 * 1024;

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private int _wholeBytes;

    public JsonLines(Stream output)
    {
        _output = output;
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue });
    }

    /// <summary>Begins a line; the properties of its object are to be written to what is returned.</summary>
    public Utf8JsonWriter Begin()
    {
        _writer.WriteStartObject();
        return _writer;
    }

    /// <summary>Ends the line.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public void End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _writer.Reset();
        _buffer.Write("\n"u8);
        _wholeBytes = _buffer.WrittenCount;
        if (_wholeBytes >= FlushSize)
        {
            Flush();
        }
    }

    /// <summary>Writes out the lines that are whole.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public void Flush()
    {
        if (_wholeBytes > 0)
        {
            // After an exception in the middle of a line there is more in the buffer than that.
            _output.Write(_buffer.WrittenSpan[.._wholeBytes]);
            _output.Flush();
            _buffer.ResetWrittenCount();
            _wholeBytes = 0;
        }
    }

    public void Dispose() => _writer.Dispose();
}
