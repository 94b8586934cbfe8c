namespace StreamingJson.Framing;

/// <summary>Why a byte stream cannot be divided into frames. The values are stable.</summary>
public enum FramingErrorCode
{
    /// <summary>
    /// A frame is larger than <see cref="FrameReaderOptions.MaxFrameBytes"/>. The offset is that of its first byte too many; in an AWS
    /// event stream, that of the
    /// length prefix.
    /// </summary>
    FrameTooLong = 1,

    /// <summary>
    /// The input ended inside a structure that states its own end: an AWS message, a JSON array. The offset is the length of the input.
    /// </summary>
    UnexpectedEnd = 2,

    /// <summary>
    /// JSON array: this byte cannot stand here, between the elements, in a bare literal or behind the root. The offset is that of the byte.
    /// </summary>
    UnexpectedByte = 3,

    /// <summary>AWS: the checksum of the prelude is wrong, so its lengths mean nothing. The offset is that of the prelude CRC.</summary>
    PreludeChecksumMismatch = 4,

    /// <summary>AWS: the checksum of the message is wrong. The offset is that of the message CRC.</summary>
    MessageChecksumMismatch = 5,

    /// <summary>AWS: the total length is below 16, or the headers do not fit into it. The offset is that of the wrong length.</summary>
    InvalidLength = 6,

    /// <summary>
    /// AWS: the header block is larger than <see cref="FrameReaderOptions.MaxHeaderBytes"/>. The offset is that of its length.
    /// </summary>
    HeadersTooLong = 7,

    /// <summary>
    /// AWS: a header is cut off by the end of the header block, has no name, or is of an unknown type. The offset is that of the header.
    /// </summary>
    InvalidHeader = 8,

    /// <summary>AWS: two headers of a message have the same name. The offset is that of the second.</summary>
    DuplicateHeader = 9,

    /// <summary>
    /// AWS: a message has more than <see cref="EventStreamHeaders.MaxCount"/> headers. The offset is that of the first header too many.
    /// </summary>
    TooManyHeaders = 10,
}
