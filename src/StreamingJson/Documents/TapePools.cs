using System.Buffers;

namespace StreamingJson.Documents;

/// <summary>Where a document's arrays come from. Tests count with pools of their own.</summary>
internal sealed class TapePools
{
    public static TapePools Shared { get; } = new();

    public ArrayPool<byte> Bytes { get; init; } = ArrayPool<byte>.Shared;

    public ArrayPool<TapeRow> Rows { get; init; } = ArrayPool<TapeRow>.Shared;

    public ArrayPool<OpenContainer> Containers { get; init; } = ArrayPool<OpenContainer>.Shared;

    public ArrayPool<int> Integers { get; init; } = ArrayPool<int>.Shared;
}
