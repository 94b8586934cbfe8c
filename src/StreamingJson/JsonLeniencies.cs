using System;

namespace StreamingJson;

/// <summary>What was accepted or read although it is not plain RFC 8259 text: the evidence that law 12 requires.</summary>
[Flags]
public enum JsonLeniencies
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A comment was skipped.</summary>
    Comment = 1,

    /// <summary>There is a comma before the end of a container.</summary>
    TrailingComma = 2,

    /// <summary>A surrogate escape without partner reads as U+FFFD.</summary>
    ReplacedSurrogate = 4,
}
