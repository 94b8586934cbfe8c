namespace StreamingJson.Documents;

/// <summary>How many rows, bytes of JSON and bytes of unescaped text there were when an operation began.</summary>
internal readonly struct TapeMark(int rowCount, int byteCount, int textCount)
{
    public readonly int RowCount = rowCount;
    public readonly int ByteCount = byteCount;
    public readonly int TextCount = textCount;
}
