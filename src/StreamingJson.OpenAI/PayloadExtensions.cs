using System;
using StreamingJson.ToolCalls;

namespace StreamingJson.OpenAI;

/// <summary>How the SDK hands out arguments.</summary>
internal static class PayloadExtensions
{
    /// <summary>A property whose value is the text in <paramref name="value"/>; nothing if that is null.</summary>
    public static void WriteBytes(this ModelPayload payload, ReadOnlySpan<byte> name, BinaryData? value)
    {
        if (value is not null)
        {
            payload.WriteString(name, value.ToMemory().Span);
        }
    }
}
