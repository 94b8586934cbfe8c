namespace StreamingJson;

/// <summary>
/// Why a text is not, or not yet, a valid JSON text. The values are stable: they may be logged, compared and stored.
/// </summary>
public enum JsonErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The text was declared to be complete and is only the beginning of a valid one.</summary>
    UnexpectedEnd = 1,

    /// <summary>A value is required here (RFC 8259, section 3).</summary>
    ExpectedValue = 10,

    /// <summary>A property name in quotes is required here (RFC 8259, section 4).</summary>
    ExpectedPropertyName = 11,

    /// <summary>A <c>:</c> is required after the property name (RFC 8259, section 4).</summary>
    ExpectedColon = 12,

    /// <summary>A <c>,</c> or the end of the container is required after the value (RFC 8259, sections 4 and 5).</summary>
    ExpectedCommaOrEnd = 13,

    /// <summary>Only whitespace may follow the root value (RFC 8259, section 2).</summary>
    TrailingContent = 14,

    /// <summary>A <c>,</c> is followed by the end of the container, and <see cref="StreamingJsonOptions.AllowTrailingCommas"/> is false.</summary>
    TrailingComma = 15,

    /// <summary>A letter that can only begin <c>true</c>, <c>false</c> or <c>null</c> is not followed by the rest of it.</summary>
    InvalidLiteral = 20,

    /// <summary>Not a number according to RFC 8259, section 6.</summary>
    InvalidNumber = 21,

    /// <summary>A backslash is followed by none of <c>"\/bfnrtu</c> (RFC 8259, section 7).</summary>
    InvalidEscape = 22,

    /// <summary><c>\u</c> is not followed by four hexadecimal digits (RFC 8259, section 7).</summary>
    InvalidUnicodeEscape = 23,

    /// <summary>A byte below 0x20 occurs inside a string without being escaped (RFC 8259, section 7).</summary>
    ControlCharacterInString = 24,

    /// <summary>The bytes are not UTF-8 (RFC 3629), or the characters not UTF-16.</summary>
    InvalidUtf8 = 25,

    /// <summary>
    /// A surrogate escape has no partner, and <see cref="StreamingJsonOptions.UnpairedSurrogates"/> is
    /// <see cref="UnpairedSurrogateHandling.Refuse"/>.
    /// </summary>
    UnpairedSurrogate = 26,

    /// <summary>A comment that is not well-formed.</summary>
    InvalidComment = 27,

    /// <summary>The object has this property already, and <see cref="StreamingJsonOptions.DuplicateNames"/> is <see cref="DuplicateNameHandling.Refuse"/>.</summary>
    DuplicateName = 30,

    /// <summary>More containers are open than <see cref="JsonLimits.MaxDepth"/>.</summary>
    DepthLimit = 40,

    /// <summary>A property name is longer than <see cref="JsonLimits.MaxNameBytes"/>.</summary>
    NameLimit = 41,

    /// <summary>A string is longer than <see cref="JsonLimits.MaxStringBytes"/>.</summary>
    StringLimit = 42,

    /// <summary>A number is longer than <see cref="JsonLimits.MaxNumberBytes"/>.</summary>
    NumberLimit = 43,

    /// <summary>The text is longer than <see cref="JsonLimits.MaxDocumentBytes"/>.</summary>
    DocumentLimit = 44,
}
