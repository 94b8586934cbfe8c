namespace StreamingJson.ToolCalls;

/// <summary>Something off in the stream that was survived.</summary>
/// <param name="Kind">What was off.</param>
/// <param name="Item">The item it was about; <see langword="null"/> if it was about the stream.</param>
/// <param name="Detail">More about it, in words; no payload text. Not stable.</param>
public readonly record struct Anomaly(AnomalyKind Kind, MessageItem? Item, string? Detail);
