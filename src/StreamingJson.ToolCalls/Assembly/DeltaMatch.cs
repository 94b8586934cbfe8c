using System;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>What a payload says that is one like the delta before it, but for the piece of text and the number.</summary>
internal ref struct DeltaMatch
{
    /// <summary>The <see cref="SequenceNumber"/> of payloads that have none.</summary>
    public const long NoNumber = -1;

    /// <summary>The inside of the string that is added, as it stands in the payload.</summary>
    public ReadOnlySpan<byte> Piece;

    /// <summary>The number of the event.</summary>
    public long SequenceNumber;

    /// <summary>How many bytes were compared.</summary>
    public int Length;

    /// <summary>Whether there is no match only because the text ends before one could be.</summary>
    public bool IsCut;

    /// <summary>Whether the piece is its own text: ASCII, without escapes.</summary>
    public bool IsPlain;

    /// <summary>Whether there is no number, or it is the one that follows the last.</summary>
    public bool IsNumberExpected;
}
