using System;
using System.Globalization;

namespace StreamingJson.Framing;

/// <summary>
/// The input cannot be divided into frames. Code and offset depend on the bytes alone, never on how they were cut; no byte of the input is
/// quoted.
/// </summary>
public sealed class FramingException : Exception
{
    /// <summary>Makes an exception for an error at a place.</summary>
    /// <param name="code">Why.</param>
    /// <param name="offset">Absolute 0-based offset in bytes of the input.</param>
    public FramingException(FramingErrorCode code, long offset)
        : base(Describe(code, offset))
    {
        Code = code;
        Offset = offset;
    }

    /// <summary>Why.</summary>
    public FramingErrorCode Code { get; }

    /// <summary>Where: absolute 0-based offset in bytes of the input.</summary>
    public long Offset { get; }

    private static string Describe(FramingErrorCode code, long offset)
    {
        string reason = code switch
        {
            FramingErrorCode.FrameTooLong => "The frame is larger than the limit.",
            FramingErrorCode.UnexpectedEnd => "The input ended inside a frame or inside the array.",
            FramingErrorCode.UnexpectedByte => "A byte stands where it cannot stand in a JSON array.",
            FramingErrorCode.PreludeChecksumMismatch => "The prelude checksum of the message is wrong.",
            FramingErrorCode.MessageChecksumMismatch => "The checksum of the message is wrong.",
            FramingErrorCode.InvalidLength => "The lengths of the message contradict each other.",
            FramingErrorCode.HeadersTooLong => "The header block of the message is larger than the limit.",
            FramingErrorCode.InvalidHeader => "A header of the message is malformed.",
            FramingErrorCode.DuplicateHeader => "Two headers of the message have the same name.",
            FramingErrorCode.TooManyHeaders => "The message has too many headers.",
            _ => "The input cannot be divided into frames.",
        };
        return string.Format(CultureInfo.InvariantCulture, "{0} ({1} at byte {2}.)", reason, code, offset);
    }
}
