using System;

namespace StreamingJson;

/// <summary>What kind of token is cut by the end of the data so far.</summary>
public enum InFlightKind
{
    /// <summary>The data so far ends between two tokens.</summary>
    None = 0,

    /// <summary>A string value; its text so far is the value of an element as well.</summary>
    String = 1,

    /// <summary>A property name.</summary>
    PropertyName = 2,

    /// <summary>A number that more digits may follow.</summary>
    Number = 3,

    /// <summary>The beginning of <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Literal = 4,

    /// <summary>A comment.</summary>
    Comment = 5,

    /// <summary>A byte order mark.</summary>
    ByteOrderMark = 6,
}

/// <summary>
/// The token that is cut by the end of the data so far. It can be looked at, but is not a value (law 2): <c>12</c> may become <c>123</c>.
/// </summary>
/// <remarks>The raw text stays valid as long as the snapshot or parser that it came from is: until a reset or disposal.</remarks>
public readonly ref struct InFlightToken
{
    internal InFlightToken(InFlightKind kind, long byteOffset, ReadOnlySpan<byte> rawUtf8)
    {
        Kind = kind;
        ByteOffset = byteOffset;
        RawUtf8 = rawUtf8;
    }

    /// <summary>The kind of the token; <see cref="InFlightKind.None"/> between tokens.</summary>
    public InFlightKind Kind { get; }

    /// <summary>The offset of the token's first byte, 0-based, in bytes from the beginning of the text.</summary>
    public long ByteOffset { get; }

    /// <summary>The bytes of the token so far, as received, an opening quote included. They may end inside an escape or a UTF-8 sequence.</summary>
    public ReadOnlySpan<byte> RawUtf8 { get; }
}
