using System;

namespace StreamingJson;

/// <summary>A text is not a <see cref="PathPattern"/>: not a JSONPath query (RFC 9535) at all, or one that is outside of the subset.</summary>
public sealed class PathPatternException : FormatException
{
    internal PathPatternException(string reason, int position, bool isOutsideSubset)
        : base(FormattableString.Invariant($"Not a path pattern: {(isOutsideSubset ? "outside the subset: " : "")}{reason} (position {position})."))
    {
        Reason = reason;
        Position = position;
        IsOutsideSubset = isOutsideSubset;
    }

    /// <summary>Where: the 0-based index, in UTF-16 code units, of the first one that is not allowed there; the length of the text when it ends too early.</summary>
    public int Position { get; }

    /// <summary>Why, in English, without the position.</summary>
    public string Reason { get; }

    /// <summary>Whether RFC 9535 allows it and only this library does not: it cannot be answered while the text is being written.</summary>
    public bool IsOutsideSubset { get; }
}
