using System;
using System.Diagnostics.CodeAnalysis;

namespace StreamingJson.Framing;

/// <summary>What is special about a <see cref="Frame"/>; <see cref="None"/> for the ordinary one.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "A set of flags, as BindingFlags is.")]
public enum FrameFlags
{
    /// <summary>An ordinary, properly ended frame.</summary>
    None = 0,

    /// <summary>
    /// The end of the input ended the frame, not its own terminator: the bytes may have been cut.
    /// On a last line of JSON Lines this is common and often harmless; elsewhere it needs
    /// <see cref="FrameReaderOptions.DeliverUnterminated"/>.
    /// </summary>
    Unterminated = 1,

    /// <summary>
    /// Not an event: a line of a server-sent event stream whose field name the standard does not know.
    /// <see cref="Frame.EventType"/> is the field name, <see cref="Frame.Data"/> its value, <see cref="Frame.RawLine"/> the line as it
    /// came.
    /// Needs <see cref="FrameReaderOptions.ReportUnknownFields"/>.
    /// </summary>
    UnknownField = 2,

    /// <summary>
    /// An AWS message with <c>:message-type</c> <c>exception</c>: <see cref="Frame.EventType"/> is the <c>:exception-type</c>.
    /// </summary>
    Exception = 4,

    /// <summary>
    /// An AWS message with <c>:message-type</c> <c>error</c>: <see cref="Frame.EventType"/> is the <c>:error-code</c>; the text is in the
    /// header <c>:error-message</c>.
    /// </summary>
    Error = 8,
}
