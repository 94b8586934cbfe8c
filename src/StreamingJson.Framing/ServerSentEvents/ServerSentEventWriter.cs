using System;
using System.Buffers;

namespace StreamingJson.Framing;

/// <summary>Writes server-sent events (WHATWG HTML, 9.2) so that nothing in a value can become another field or another event.</summary>
/// <remarks>
/// Texts are UTF-8 and are not validated. Nothing is written when a method throws. The class has no state; the thread-safety is that of the
/// output.
/// </remarks>
public static class ServerSentEventWriter
{
    /// <summary>Writes one event and the blank line that dispatches it.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="data">The data. CR, LF and CRLF each begin another <c>data</c> line, so a reader sees them as LF.</param>
    /// <param name="eventType">The event type; empty for none, which a reader takes for <c>message</c>.</param>
    /// <param name="id">The event id; empty for none, so that the id before stays in force.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="eventType"/> or <paramref name="id"/> contains CR, LF or NUL.</exception>
    public static void WriteEvent(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> data,
        ReadOnlySpan<byte> eventType = default,
        ReadOnlySpan<byte> id = default)
    {
        ThrowIfNull(output);
        ThrowIfNotOneLine(eventType, nameof(eventType));
        ThrowIfNotOneLine(id, nameof(id));
        if (!eventType.IsEmpty)
        {
            WriteField(output, "event: "u8, eventType);
        }

        if (!id.IsEmpty)
        {
            WriteField(output, "id: "u8, id);
        }

        WriteLines(output, "data: "u8, data);
        output.Write("\n"u8);
    }

    /// <summary>Writes a comment, which readers ignore; a way to keep a connection alive.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="text">The text. CR, LF and CRLF each begin another comment line.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    public static void WriteComment(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        ThrowIfNull(output);
        WriteLines(output, ": "u8, text);
        output.Write("\n"u8);
    }

    /// <summary>Writes how long a reader shall wait before it connects again.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="reconnectionTime">The time; fractions of a millisecond are cut off.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reconnectionTime"/> is negative.</exception>
    public static void WriteRetry(IBufferWriter<byte> output, TimeSpan reconnectionTime)
    {
        ThrowIfNull(output);
        if (reconnectionTime < TimeSpan.Zero)
        {
            Throw.ArgumentOutOfRange(nameof(reconnectionTime));
        }

        Span<byte> digits = stackalloc byte[20];
        int first = digits.Length;
        long rest = reconnectionTime.Ticks / TimeSpan.TicksPerMillisecond;
        do
        {
            digits[--first] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest > 0);
        WriteField(output, "retry: "u8, digits.Slice(first));
        output.Write("\n"u8);
    }

    private static void WriteLines(IBufferWriter<byte> output, ReadOnlySpan<byte> field, ReadOnlySpan<byte> text)
    {
        int end;
        while ((end = text.IndexOfAny((byte)'\r', (byte)'\n')) >= 0)
        {
            WriteField(output, field, text.Slice(0, end));
            bool isPair = text[end] == (byte)'\r' && end + 1 < text.Length && text[end + 1] == (byte)'\n';
            text = text.Slice(end + (isPair ? 2 : 1));
        }

        WriteField(output, field, text);
    }

    private static void WriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        output.Write(field);
        output.Write(value);
        output.Write("\n"u8);
    }

    private static void ThrowIfNull(IBufferWriter<byte> output)
    {
        if (output is null)
        {
            Throw.ArgumentNull(nameof(output));
        }
    }

    private static void ThrowIfNotOneLine(ReadOnlySpan<byte> value, string name)
    {
        if (value.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) >= 0)
        {
            Throw.Argument("CR, LF and NUL cannot stand in this field.", name);
        }
    }
}
