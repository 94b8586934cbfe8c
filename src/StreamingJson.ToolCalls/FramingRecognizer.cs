using System;
using StreamingJson.Framing;

namespace StreamingJson.ToolCalls;

/// <summary>How a stream is divided: by its content type, else by its first bytes.</summary>
internal static class FramingRecognizer
{
    /// <summary>The framing of a content type, if it decides one. <c>application/json</c> does not: it is an array, an object, or lines.</summary>
    public static FrameFormat? FromContentType(string? contentType)
    {
        string type = contentType ?? string.Empty;
        int end = type.IndexOf(';');
        type = (end < 0 ? type : type.Substring(0, end)).Trim();
        return
            Is(type, "text/event-stream") ? FrameFormat.ServerSentEvents :
            Is(type, "application/vnd.amazon.eventstream") ? FrameFormat.AwsEventStream :
            Is(type, "application/x-ndjson") || Is(type, "application/jsonl") || Is(type, "application/stream+json") ? FrameFormat.NdJson :
            null;
    }

    /// <summary>The framing of a stream that begins so.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="isAll">Whether no more follow.</param>
    /// <param name="format">The framing.</param>
    /// <param name="reason">Why.</param>
    /// <returns><see langword="false"/>: more bytes are needed.</returns>
    public static bool TryRecognize(ReadOnlySpan<byte> start, bool isAll, out FrameFormat format, out string reason)
    {
        // A length below 16 MiB has a first byte that no text begins with.
        if (!start.IsEmpty && start[0] == 0)
        {
            format = FrameFormat.AwsEventStream;
            reason = "a binary prelude";
            return true;
        }

        format = FrameFormat.ServerSentEvents;
        reason = "the first line is a field";
        ReadOnlySpan<byte> text = start.StartsWith("\uFEFF"u8) ? start.Slice(3) : start;
        int blanks = 0;
        while (blanks < text.Length && text[blanks] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            blanks++;
        }

        text = text.Slice(blanks);
        if (text.IsEmpty || (start.Length < 3 && start[0] == 0xEF && !isAll))
        {
            return isAll;
        }

        if (text[0] == '[')
        {
            format = FrameFormat.JsonArray;
            reason = "begins with [";
            return true;
        }

        if (text[0] != '{')
        {
            return true;
        }

        return TryRecognizeObject(text, isAll, out format, out reason);
    }

    // A line of its own begins with the first name; a pretty-printed text with a line break.
    private static bool TryRecognizeObject(ReadOnlySpan<byte> text, bool isAll, out FrameFormat format, out string reason)
    {
        format = FrameFormat.NdJson;
        reason = "begins with {";
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] is (byte)'\r' or (byte)'\n')
            {
                format = FrameFormat.JsonArray;
                reason = "begins with { and a line break";
                return true;
            }

            if (text[i] is not ((byte)' ' or (byte)'\t'))
            {
                return true;
            }
        }

        return isAll;
    }

    private static bool Is(string type, string name) => string.Equals(type, name, StringComparison.OrdinalIgnoreCase);
}
