using System;

namespace StreamingJson.Paths;

/// <summary>What can be told of a selected value.</summary>
[Flags]
internal enum PathEventKinds
{
    None = 0,
    Started = 1,
    TextDelta = 2,
    Completed = 4,
}

/// <summary>What the state of an automaton means for a value.</summary>
[Flags]
internal enum PathReach
{
    None = 0,

    /// <summary>A pattern selects the value.</summary>
    Selected = 1,

    /// <summary>Something in the value may be selected.</summary>
    Inside = 2,
}

/// <summary>Something happened to a value that a pattern selects.</summary>
/// <param name="Kind">One of the kinds.</param>
/// <param name="Pattern">The place of the pattern in the list.</param>
/// <param name="Row">The row of the value.</param>
/// <param name="TextStart">Of a text delta, where it begins in the text so far.</param>
/// <param name="TextLength">Of a text delta, its length; never 0.</param>
internal readonly record struct PathEvent(PathEventKinds Kind, int Pattern, int Row, int TextStart, int TextLength);
