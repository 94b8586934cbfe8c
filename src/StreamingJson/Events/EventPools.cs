using System.Buffers;

namespace StreamingJson.Events;

/// <summary>Where the arrays of a parser without a tape come from. Tests count with pools of their own.</summary>
internal sealed class EventPools
{
    public static EventPools Shared { get; } = new();

    public ArrayPool<byte> Bytes { get; init; } = ArrayPool<byte>.Shared;

    public ArrayPool<EventPath.Level> Levels { get; init; } = ArrayPool<EventPath.Level>.Shared;
}
