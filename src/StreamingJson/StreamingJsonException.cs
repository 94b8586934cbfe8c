using System;
using System.Text.Json;

namespace StreamingJson;

/// <summary>
/// A text is invalid, is beyond a limit, or ended too early. It is thrown at the first byte that makes this certain, and what was
/// complete before that byte stays readable.
/// </summary>
/// <remarks>
/// The message names the reason and the place, and nothing of the text but that: neither values nor the unexpected bytes. Property
/// names are in <see cref="Pointer"/> only: <see cref="JsonException.Path"/>, which is often logged, is null.
/// </remarks>
public sealed class StreamingJsonException : JsonException
{
    internal StreamingJsonException(JsonErrorCode code, long byteOffset, string pointer, JsonLimits limits, (long Line, long Column)? position)
        : base(Describe(code, byteOffset, limits), path: null, position?.Line - 1, position?.Column - 1)
    {
        Code = code;
        ByteOffset = byteOffset;
        Pointer = pointer;
        (Line, Column) = position ?? (-1, -1);
    }

    /// <summary>Why.</summary>
    public JsonErrorCode Code { get; }

    /// <summary>
    /// Where: the 0-based offset, in bytes of UTF-8 from the beginning of the text, of the first byte that is not allowed there. If the
    /// text ended too early, its length.
    /// </summary>
    public long ByteOffset { get; }

    /// <summary>The RFC 6901 pointer of the value that was being read or due, or else of the innermost open container; empty for the root.</summary>
    public string Pointer { get; }

    /// <summary>Whether the text is valid as far as it goes: more bytes could have completed it.</summary>
    public bool IsEndOfInput => Code == JsonErrorCode.UnexpectedEnd;

    /// <summary>
    /// The 1-based line of <see cref="ByteOffset"/>; lines end at LF. -1 where the parser retains nothing (<see cref="JsonEventParser{THandler}"/>).
    /// As <see cref="JsonException.LineNumber"/> it is 0-based, or null.
    /// </summary>
    public long Line { get; }

    /// <summary>
    /// The 1-based column of <see cref="ByteOffset"/> in its line, in bytes of UTF-8; -1 as for <see cref="Line"/>.
    /// As <see cref="JsonException.BytePositionInLine"/> it is 0-based, or null.
    /// </summary>
    public long Column { get; }

    private static string Describe(JsonErrorCode code, long byteOffset, JsonLimits limits)
    {
        string reason = code switch
        {
            JsonErrorCode.UnexpectedEnd => "The JSON text ends before it is whole",
            JsonErrorCode.ExpectedValue => "A JSON value is expected",
            JsonErrorCode.ExpectedPropertyName => "A property name in quotes is expected",
            JsonErrorCode.ExpectedColon => "A ':' is expected after the property name",
            JsonErrorCode.ExpectedCommaOrEnd => "A ',' or the end of the container is expected",
            JsonErrorCode.TrailingContent => "Only whitespace may follow the root value",
            JsonErrorCode.TrailingComma => "A ',' before the end of a container is not allowed",
            JsonErrorCode.InvalidLiteral => "Neither 'true' nor 'false' nor 'null'",
            JsonErrorCode.InvalidNumber => "Not a JSON number",
            JsonErrorCode.InvalidEscape => "Not an escape of JSON",
            JsonErrorCode.InvalidUnicodeEscape => "'\\u' is not followed by four hexadecimal digits",
            JsonErrorCode.ControlCharacterInString => "A control character in a string has to be escaped",
            JsonErrorCode.InvalidUtf8 => "The text is not valid UTF-8",
            JsonErrorCode.UnpairedSurrogate => "A surrogate escape has no partner",
            JsonErrorCode.InvalidComment => "Not a comment",
            JsonErrorCode.DuplicateName => "The object has a property of this name already",
            JsonErrorCode.DepthLimit => Limited("More containers are open", limits.MaxDepth),
            JsonErrorCode.NameLimit => Limited("A property name is longer", limits.MaxNameBytes),
            JsonErrorCode.StringLimit => Limited("A string is longer", limits.MaxStringBytes),
            JsonErrorCode.NumberLimit => Limited("A number is longer", limits.MaxNumberBytes),
            JsonErrorCode.DocumentLimit => Limited("The JSON text is longer", limits.MaxDocumentBytes),
            _ => "The JSON text is invalid",
        };
        return FormattableString.Invariant($"{reason} (byte offset {byteOffset}).");

        static string Limited(string what, long limit) => FormattableString.Invariant($"{what} than the limit of {limit} allows");
    }
}
