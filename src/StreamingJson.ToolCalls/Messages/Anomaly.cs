namespace StreamingJson.ToolCalls;

/// <summary>An irregularity in the stream that the reader recovered from.</summary>
/// <param name="Kind">What kind of irregularity.</param>
/// <param name="Item">The item it was about; <see langword="null"/> if it was about the stream.</param>
/// <param name="Detail">More about it, in words; no payload text. Not stable.</param>
public readonly record struct Anomaly(AnomalyKind Kind, MessageItem? Item, string? Detail);
