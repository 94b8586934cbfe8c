using System;
using StreamingJson.Framing;

namespace StreamingJson.ToolCalls;

/// <summary>How a stream is divided: by its content type, else by its first bytes.</summary>
/// <remarks>The value is where the look at the first bytes of one stream has come to: a byte that decides nothing is looked at once, however the bytes are cut.</remarks>
internal struct FramingRecognizer
{
    private int _blanks;
    private int _blanksInObject;

    /// <summary>The meter of the work: how many bytes were found to be blanks.</summary>
    public int Examined { get; private set; }

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
    /// <param name="start">Its first bytes: those of the call before, and more.</param>
    /// <param name="isAll">Whether no more follow.</param>
    /// <param name="format">The framing.</param>
    /// <param name="reason">Why.</param>
    /// <returns><see langword="false"/>: more bytes are needed.</returns>
    public bool TryRecognize(ReadOnlySpan<byte> start, bool isAll, out FrameFormat format, out string reason)
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
        if (start.Length < 3 && !start.IsEmpty && start[0] == 0xEF && !isAll)
        {
            return false;
        }

        ReadOnlySpan<byte> text = start.StartsWith("\uFEFF"u8) ? start.Slice(3) : start;
        while (_blanks < text.Length && text[_blanks] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _blanks++;
            Examined++;
        }

        text = text.Slice(_blanks);
        if (text.IsEmpty)
        {
            return isAll;
        }

        if (text[0] == '[')
        {
            format = FrameFormat.JsonArray;
            reason = "begins with [";
            return true;
        }

        return text[0] != '{' || TryRecognizeObject(text.Slice(1), isAll, out format, out reason);
    }

    // A line of its own begins with the first name; a pretty-printed text with a line break.
    private bool TryRecognizeObject(ReadOnlySpan<byte> text, bool isAll, out FrameFormat format, out string reason)
    {
        format = FrameFormat.NdJson;
        reason = "begins with {";
        while (_blanksInObject < text.Length && text[_blanksInObject] is (byte)' ' or (byte)'\t')
        {
            _blanksInObject++;
            Examined++;
        }

        if (_blanksInObject == text.Length)
        {
            return isAll;
        }

        if (text[_blanksInObject] is (byte)'\r' or (byte)'\n')
        {
            format = FrameFormat.JsonArray;
            reason = "begins with { and a line break";
        }

        return true;
    }

    private static bool Is(string type, string name) => string.Equals(type, name, StringComparison.OrdinalIgnoreCase);
}
