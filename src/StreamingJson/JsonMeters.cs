namespace StreamingJson;

/// <summary>What a parser has done since it was created or reset: exact counts, the same on every machine (law 9).</summary>
public readonly record struct JsonMeters
{
    /// <summary>Bytes that were appended (UTF-8; those after an error or beyond a limit included).</summary>
    public long BytesReceived { get; init; }

    /// <summary>
    /// Bytes that were examined, a byte counted each time. Not counted is what a vector instruction sees beyond the byte that it stops at,
    /// and up to 15 bytes that the last vector of a chunk reads again. At most 3 x <see cref="BytesReceived"/>.
    /// </summary>
    public long BytesExamined { get; init; }

    /// <summary>Bytes of the arrays for the text and its structure that the parser holds, free space included.</summary>
    public long BytesRetained { get; init; }

    /// <summary>Complete tokens: brackets, property names, strings, numbers and literals.</summary>
    public long Tokens { get; init; }

    /// <summary>Rows of the stored structure: one for each value and each property name. 0 for a parser that retains nothing.</summary>
    public int Rows { get; init; }

    /// <summary>How often an array was outgrown, since the parser was created.</summary>
    public int ArenaGrowths { get; init; }
}
