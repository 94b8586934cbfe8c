using System.Runtime.CompilerServices;

namespace StreamingJson.Documents;

/// <summary>An open container: its row, and what its row is told when it closes.</summary>
internal struct OpenContainer
{
    public const int NoRow = -1;
    public const int Size = 24;

    public int Row;
    public int Children;
    public bool HasComment;

    /// <summary>A bit for each kind of name so far, by length and outer bytes: a name whose bit is not set is new.</summary>
    public ulong NameKinds;

    // Field by field, as they were written: a copy in larger pieces would have to wait until the writes are through.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(in OpenContainer other)
    {
        Row = other.Row;
        Children = other.Children;
        HasComment = other.HasComment;
        NameKinds = other.NameKinds;
    }
}
