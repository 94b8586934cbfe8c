using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamingJson.Framing;
using StreamingJson.Tool.Inspector.Streams;
using StreamingJson.Tool.Output;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Inspector.Steps;

/// <summary>Reads the frames of a stream beside the reader that makes sense of them, to show them as they are.</summary>
internal sealed class FrameTap : IDisposable
{
    private const int MaxShownBytes = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _held = new();
    private FrameReader? _frames;
    private int _offset;

    /// <summary>Takes a chunk, and writes the frames that it completed as items of an array.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="format">How the stream is divided, if that is known by now: till then chunks are kept.</param>
    /// <param name="line">Where to.</param>
    public void Append(ReadOnlySpan<byte> chunk, FrameFormat? format, Utf8JsonWriter line)
    {
        if (_frames is null)
        {
            _held.Write(chunk);
            if (format is null)
            {
                return;
            }

            _frames = new FrameReader(format.Value, new FrameReaderOptions
            {
                MaxFrameBytes = ModelStreamOptions.Default.MaxFrameBytes,
                DeliverUnterminated = true,
                ReportUnknownFields = true,
            });
            _offset = TextParts.MarkLength(format.Value, _held.WrittenSpan);
            AppendKnown(_held.WrittenSpan[_offset..], line);
            _held.Clear();
            return;
        }

        AppendKnown(chunk, line);
    }

    /// <summary>Writes the frame that the end completes, or what never became one.</summary>
    public void Complete(Utf8JsonWriter line)
    {
        if (_frames is null)
        {
            WriteBytes(line, 0, _held.WrittenSpan);
            return;
        }

        _frames.Complete();
        Drain(line);
    }

    /// <summary>Writes a piece of a text that has no frames, as an item of an array.</summary>
    public static void WriteBytes(Utf8JsonWriter line, long start, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            WriteStart(line, start, start + bytes.Length);
            WriteData(line, bytes);
            line.WriteEndObject();
        }
    }

    public void Dispose() => _frames?.Dispose();

    private void AppendKnown(ReadOnlySpan<byte> chunk, Utf8JsonWriter line)
    {
        if (_frames!.Error is null)
        {
            _frames.Append(chunk);
            Drain(line);
        }
    }

    private void Drain(Utf8JsonWriter line)
    {
        while (_frames!.TryRead(out Frame frame))
        {
            WriteStart(line, _offset + frame.StartOffset, _offset + frame.EndOffset);
            if (!frame.EventType.IsEmpty && !frame.IsUnknownField)
            {
                line.WriteString("type", Text(frame.EventType));
            }

            if (frame.Flags != FrameFlags.None)
            {
                line.WriteString("flags", OutputNames.Snake(frame.Flags.ToString()));
            }

            WriteData(line, frame.IsUnknownField ? frame.RawLine : frame.Data);
            line.WriteEndObject();
        }
    }

    private static void WriteStart(Utf8JsonWriter line, long start, long end)
    {
        line.WriteStartObject();
        line.WriteNumber("start", start);
        line.WriteNumber("end", end);
    }

    private static void WriteData(Utf8JsonWriter line, ReadOnlySpan<byte> data)
    {
        line.WriteString("data", Text(data[..Math.Min(data.Length, MaxShownBytes)]));
        if (data.Length > MaxShownBytes)
        {
            line.WriteNumber("hidden_bytes", data.Length - MaxShownBytes);
        }
    }

    // What is no UTF-8 is shown as U+FFFD.
    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
