using System.Diagnostics.CodeAnalysis;

namespace StreamingJson.Framing;

/// <summary>
/// The type of a header value of an AWS event stream message; the numbers are those of the wire. All integers are big-endian.
/// </summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names of types is what the format has here.")]
public enum EventStreamHeaderType
{
    /// <summary>The value true; no bytes.</summary>
    True = 0,

    /// <summary>The value false; no bytes.</summary>
    False = 1,

    /// <summary>A signed 8-bit integer.</summary>
    SByte = 2,

    /// <summary>A signed 16-bit integer.</summary>
    Int16 = 3,

    /// <summary>A signed 32-bit integer.</summary>
    Int32 = 4,

    /// <summary>A signed 64-bit integer.</summary>
    Int64 = 5,

    /// <summary>Up to 65,535 bytes.</summary>
    Bytes = 6,

    /// <summary>A UTF-8 text of up to 65,535 bytes.</summary>
    String = 7,

    /// <summary>A time: milliseconds since 1970-01-01T00:00:00Z in a signed 64-bit integer.</summary>
    Timestamp = 8,

    /// <summary>A UUID of 16 bytes, in the order of its text form.</summary>
    Uuid = 9,
}
