namespace StreamingJson.Tokenization;

/// <summary>
/// Where the scanner stands: between two tokens (the grammar position, together with the container stack), or inside one.
/// </summary>
internal enum ScanState : byte
{
    // Between tokens. The order matters: everything up to LastBetweenTokens expects a token or whitespace.

    /// <summary>Nothing was read: a byte order mark may stand here, then the root value.</summary>
    Start,

    /// <summary>After the <c>:</c>, or before a root value.</summary>
    BeforeValue,

    /// <summary>After <c>[</c>.</summary>
    BeforeFirstItem,

    /// <summary>After a <c>,</c> in an array.</summary>
    BeforeItem,

    /// <summary>After <c>{</c>.</summary>
    BeforeFirstName,

    /// <summary>After a <c>,</c> in an object.</summary>
    BeforeName,

    /// <summary>After a property name.</summary>
    BeforeColon,

    /// <summary>After a value inside a container.</summary>
    AfterValue,

    /// <summary>After a root value.</summary>
    AfterRoot,

    LastBetweenTokens = AfterRoot,

    // Inside a string or a property name.
    InString,
    InStringUtf8,
    InStringEscape,
    InStringUnicodeEscape,

    /// <summary>After the escape of a high surrogate, whose partner may follow.</summary>
    AfterHighSurrogate,

    LastInString = AfterHighSurrogate,

    // Inside a number: named after what was read last.
    AfterMinus,
    AfterZero,
    InInteger,
    AfterPoint,
    InFraction,
    AfterExponent,
    AfterExponentSign,
    InExponent,

    LastInNumber = InExponent,

    /// <summary>Inside <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    InLiteral,

    // Inside a comment.
    AfterSlash,
    InLineComment,
    InLineCommentUtf8,
    InBlockComment,
    InBlockCommentUtf8,
    AfterBlockCommentStar,

    LastInComment = AfterBlockCommentStar,

    /// <summary>Inside the byte order mark.</summary>
    InByteOrderMark,

    /// <summary>An error was met; it stays.</summary>
    Failed,
}

internal static class ScanStates
{
    /// <summary>The kind of the token that is cut in this state.</summary>
    public static InFlightKind ToInFlightKind(ScanState state, bool isName) => state switch
    {
        <= ScanState.LastBetweenTokens => InFlightKind.None,
        <= ScanState.LastInString => isName ? InFlightKind.PropertyName : InFlightKind.String,
        <= ScanState.LastInNumber => InFlightKind.Number,
        ScanState.InLiteral => InFlightKind.Literal,
        <= ScanState.LastInComment => InFlightKind.Comment,
        _ => InFlightKind.ByteOrderMark,
    };
}
