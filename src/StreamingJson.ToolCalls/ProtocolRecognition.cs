using StreamingJson.Framing;

namespace StreamingJson.ToolCalls;

/// <summary>What a reader took a stream for, and why.</summary>
/// <param name="Framing">How the stream is divided; <see langword="null"/> until that is known.</param>
/// <param name="FramingReason">Why, in words; not stable.</param>
/// <param name="Protocol">The dialect; <see cref="ModelProtocol.Auto"/> until it is known.</param>
/// <param name="ProtocolReason">Why, in words; not stable.</param>
public sealed record ProtocolRecognition(FrameFormat? Framing, string FramingReason, ModelProtocol Protocol, string ProtocolReason);
