using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Buffers;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson;

/// <content>To JSON text, and to what System.Text.Json makes of it.</content>
public readonly partial struct PartialJsonElement
{
    // The depth of what the parser let in was checked by the parser.
    private static readonly JsonWriterOptions UncheckedWriter = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
        SkipValidation = true,
    };

    /// <summary>Writes closed, valid JSON of what is known of the value, without whitespace, repeated names included. Numbers keep their text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed, or the writer refuses: at its own depth limit, say.</exception>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (writer is null)
        {
            throw new ArgumentNullException(nameof(writer));
        }

        if (View.RowCount != 0)
        {
            TapeWriter.Write(View, _row, writer);
        }
    }

    /// <summary>
    /// The value so far as a <typeparamref name="TValue"/>: from the bytes it has, and closed if it is not complete. Source-generated
    /// type information makes this free of reflection.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="JsonException">The value does not fit the type, or nothing of it is known.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public TValue? Deserialize<TValue>(JsonTypeInfo<TValue> jsonTypeInfo)
    {
        if (jsonTypeInfo is null)
        {
            throw new ArgumentNullException(nameof(jsonTypeInfo));
        }

        if (_document is null)
        {
            throw new JsonException(NothingRead);
        }

        if (IsComplete && View.IsPlain)
        {
            return JsonSerializer.Deserialize(RawUtf8, jsonTypeInfo);
        }

        using var closed = new PooledBufferWriter();
        WriteClosed(closed);
        return JsonSerializer.Deserialize(closed.Written, jsonTypeInfo);
    }

    /// <summary>The value so far as a <see cref="JsonElement"/> of its own; <see cref="JsonValueKind.Undefined"/> while nothing is known.</summary>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public JsonElement ToJsonElement()
    {
        if (ValueKind == JsonValueKind.Undefined)
        {
            return default;
        }

        using var closed = new PooledBufferWriter();
        WriteClosed(closed);
        var reader = new Utf8JsonReader(closed.Written, new JsonReaderOptions { MaxDepth = int.MaxValue });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The value so far as a <see cref="JsonNode"/> of its own; null for a JSON null, or while nothing is known.</summary>
    /// <remarks>If a name is repeated, the node throws <see cref="ArgumentException"/> when its properties are first looked at.</remarks>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public JsonNode? ToJsonNode()
    {
        JsonElement element = ToJsonElement();
        return element.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonValue.Create(element),
        };
    }

    /// <summary>Closed, valid JSON of what is known of the value, without whitespace; empty while nothing is.</summary>
    public override string ToString()
    {
        using var closed = new PooledBufferWriter();
        WriteClosed(closed);
        return Utf8Text.ToString(closed.Written);
    }

    private void WriteClosed(PooledBufferWriter closed)
    {
        using var writer = new Utf8JsonWriter(closed, UncheckedWriter);
        WriteTo(writer);
    }
}
