using System;
using StreamingJson.Framing;

namespace StreamingJson.Tool.Inspector.Streams;

/// <summary>How a text that is all there is given to a reader.</summary>
internal static class TextParts
{
    /// <summary>In parts of how many bytes: small enough for every framing.</summary>
    public const int PartSize = 64 * 1024;

    /// <summary>How many bytes at the beginning of a text are a byte order mark that its framing does not know.</summary>
    public static int MarkLength(FrameFormat format, ReadOnlySpan<byte> start) =>
        format is FrameFormat.JsonArray or FrameFormat.NdJson && start.StartsWith("\uFEFF"u8) ? 3 : 0;
}
