namespace StreamingJson.Documents;

/// <summary>An open container: its row, and what its row is told when it closes.</summary>
internal struct OpenContainer
{
    public const int NoRow = -1;
    public const int Size = 12;

    public int Row;
    public int Children;
    public bool HasComment;
}
