namespace StreamingJson.Framing;

/// <summary>How a byte stream is divided into frames.</summary>
public enum FrameFormat
{
    /// <summary><c>text/event-stream</c>: one frame is one event (WHATWG HTML, section 9.2 "Server-sent events").</summary>
    ServerSentEvents,

    /// <summary>
    /// JSON Lines, also called NDJSON: one frame is one line that is not blank. A line ends with LF or CRLF; blanks before its text are not part of the frame.
    /// </summary>
    NdJson,

    /// <summary>
    /// One top-level JSON array: one frame is one element, as soon as it is closed. A bare top-level object is one element too.
    /// </summary>
    JsonArray,

    /// <summary>
    /// <c>application/vnd.amazon.eventstream</c>: one frame is one binary message, both of its checksums verified
    /// (Smithy, "Amazon Event Stream Specification").
    /// </summary>
    AwsEventStream,

    /// <summary>
    /// The transport has messages of its own (a WebSocket): one frame is what lies between two calls of
    /// <see cref="FrameReader.EndMessage"/>.
    /// </summary>
    Message,
}
