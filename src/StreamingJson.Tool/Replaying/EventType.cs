using System;
using System.Text.Json;

namespace StreamingJson.Tool.Replaying;

/// <summary>The event types of providers that say twice what an event is: in its payload, and in the field <c>event</c>.</summary>
internal static class EventType
{
    /// <summary>The text of the payload's property <c>type</c>, UTF-8; empty where it is none of one line.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isType)
                {
                    return reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } ? reader.ValueSpan : default;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // A recording may hold anything; it is then replayed without.
        }

        return default;
    }
}
