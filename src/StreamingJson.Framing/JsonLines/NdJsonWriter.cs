using System;
using System.Buffers;

namespace StreamingJson.Framing;

/// <summary>Writes JSON Lines (NDJSON): one JSON text a line, ended with LF.</summary>
/// <remarks>
/// The text is UTF-8 and is not validated. Nothing is written when a method throws. The class has no state; the thread-safety is that of
/// the output.
/// </remarks>
public static class NdJsonWriter
{
    /// <summary>Writes one line and its LF.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="json">A JSON text without line breaks: compact, not indented.</param>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="json"/> is blank, which is no record, or contains CR or LF, which would end the line.
    /// </exception>
    public static void WriteLine(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        if (output is null)
        {
            Throw.ArgumentNull(nameof(output));
        }

        if (json.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            Throw.Argument("A line cannot contain CR or LF.", nameof(json));
        }

        if (IsBlank(json))
        {
            Throw.Argument("A blank line is no record.", nameof(json));
        }

        output.Write(json);
        output.Write("\n"u8);
    }

    private static bool IsBlank(ReadOnlySpan<byte> json)
    {
        foreach (byte value in json)
        {
            if (value is not ((byte)' ' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }
}
