using System;

namespace StreamingJson;

/// <summary>What a surrogate escape (<c>\uD800</c> to <c>\uDFFF</c>) without its partner is taken for.</summary>
public enum UnpairedSurrogateHandling
{
    /// <summary>It reads as U+FFFD, and the element says so. The raw text keeps the escape.</summary>
    Replace = 0,

    /// <summary>It is an error, at the first byte that makes it certain.</summary>
    Refuse = 1,
}

/// <summary>What a property name that its object has already is taken for.</summary>
public enum DuplicateNameHandling
{
    /// <summary>Look-ups find the last one; enumeration shows them all, as <see cref="System.Text.Json.JsonElement"/> does.</summary>
    LastWins = 0,

    /// <summary>It is an error, at the closing quote of the repeated name.</summary>
    Refuse = 1,
}

/// <summary>
/// What a parser accepts. By default exactly RFC 8259, with the limits of <see cref="JsonLimits.Default"/>. Immutable; may be shared.
/// </summary>
public sealed record StreamingJsonOptions
{
    /// <summary>RFC 8259 within <see cref="JsonLimits.Default"/>.</summary>
    public static StreamingJsonOptions Default { get; } = new();

    /// <summary>RFC 8259 within <see cref="JsonLimits.Trusted"/>: for input from a source that is trusted.</summary>
    public static StreamingJsonOptions Trusted { get; } = new() { Limits = JsonLimits.Trusted };

    /// <summary>The caps on depth and bytes.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public JsonLimits Limits { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = JsonLimits.Default;

    /// <summary>
    /// Whether <c>// ...</c> and <c>/* ... */</c> are skipped wherever whitespace is allowed, except between a name and its
    /// colon, where System.Text.Json refuses them as well. False by default: all are refused.
    /// </summary>
    public bool SkipComments { get; init; }

    /// <summary>Whether a <c>,</c> is allowed before the end of a container. False by default.</summary>
    public bool AllowTrailingCommas { get; init; }

    /// <summary>
    /// Whether several root values may follow one another, with or without whitespace between them (NDJSON, concatenated JSON).
    /// False by default.
    /// </summary>
    public bool AllowMultipleValues { get; init; }

    /// <summary>
    /// Whether a UTF-8 byte order mark at offset 0 is skipped. True by default: RFC 8259, section 8.1 lets parsers ignore it. Anywhere
    /// else it is refused.
    /// </summary>
    public bool SkipByteOrderMark { get; init; } = true;

    /// <summary>How an unpaired surrogate escape is treated.</summary>
    public UnpairedSurrogateHandling UnpairedSurrogates { get; init; }

    /// <summary>How a repeated property name is treated.</summary>
    public DuplicateNameHandling DuplicateNames { get; init; }
}
