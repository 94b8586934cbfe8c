using System;
using System.Text.Json;

namespace StreamingJson.ToolCalls;

/// <summary>When and where one value of a JSON text began and completed.</summary>
/// <remarks>
/// Times are since the start of the stream, see <see cref="StreamReport"/>; they say when the bytes <em>arrived</em> that made it certain. Offsets are of two kinds,
/// and both are functions of the bytes alone: <see cref="StartOffset"/> and <see cref="EndOffset"/> count in the JSON text (the arguments of the call, or
/// the structured text, as the deltas joined have it), the wire offsets in the stream itself.
/// </remarks>
/// <param name="Pointer">The RFC 6901 pointer of the value; empty for the root. A repeated property name gives the same pointer again.</param>
/// <param name="Kind">The kind of the value.</param>
/// <param name="StartedAt">When it began: at its opening bracket or quote; of a number or literal, when it was known.</param>
/// <param name="StartOffset">Of its first byte in the JSON text, 0-based, in bytes of UTF-8.</param>
/// <param name="StartWireOffset">Of the first byte of the event, line or message of the wire that brought that, 0-based, in bytes.</param>
/// <param name="CompletedAt">When it was known to be whole; <see langword="null"/> if it never was.</param>
/// <param name="EndOffset">Behind its last byte in the JSON text; <see langword="null"/> if it was never whole.</param>
/// <param name="EndWireOffset">Of the first byte of the event, line or message that made it whole (of a number: the one behind it); <see langword="null"/> if it was never whole.</param>
public readonly record struct PathReport(
    string Pointer,
    JsonValueKind Kind,
    TimeSpan StartedAt,
    int StartOffset,
    long StartWireOffset,
    TimeSpan? CompletedAt = null,
    int? EndOffset = null,
    long? EndWireOffset = null);
