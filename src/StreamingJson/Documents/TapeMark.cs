namespace StreamingJson.Documents;

/// <summary>How many rows, bytes of JSON and bytes of unescaped text there were when an operation began.</summary>
internal struct TapeMark
{
    public int RowCount;
    public int ByteCount;
    public int TextCount;
}
