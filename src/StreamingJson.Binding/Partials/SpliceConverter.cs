using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace StreamingJson.Binding.Partials;

/// <summary>
/// Hands values that exist already to the serializer, so that it builds what they stand in, by whatever constructor, setters and checks
/// the contract has, without reading them again.
/// </summary>
/// <remarks>
/// <code>
///   the text so far     {"title":"Move house","steps":[{"name":"pack"},{"name":"dri
///   what is assembled   {"title":"KEY 00000000","steps":"KEY 00000001"}      values: "Move house", the list
/// </code>
/// The key is random, and made once a process: no text can name a value. Anything else that the converter meets it reads as the original
/// contract has it.
/// </remarks>
internal sealed class SpliceConverter : JsonConverter<object?>
{
    private const int KeyLength = 32;
    private const int IndexLength = 8;

    private static readonly byte[] Key = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));

    [ThreadStatic]
    private static List<object?>? _values;

    private readonly JsonSerializerOptions _original;
    private readonly Type _type;

    public SpliceConverter(JsonSerializerOptions original, Type type)
    {
        _original = original;
        _type = type;
    }

    /// <summary>The bytes of a stand-in, quotes included.</summary>
    public static int StandInLength => KeyLength + IndexLength + 2;

    public override bool HandleNull => true;

    /// <summary>Writes the stand-in of the value at an index; <see cref="StandInLength"/> bytes.</summary>
    public static void WriteStandIn(Span<byte> destination, int index)
    {
        destination[0] = (byte)'"';
        Key.AsSpan().CopyTo(destination.Slice(1));
        for (int at = KeyLength + IndexLength; at > KeyLength; at--, index >>= 4)
        {
            destination[at] = (byte)"0123456789abcdef"[index & 0xF];
        }

        destination[KeyLength + IndexLength + 1] = (byte)'"';
    }

    /// <summary>Reads a text with stand-ins for <paramref name="values"/>.</summary>
    public static object? Deserialize(ReadOnlySpan<byte> text, JsonTypeInfo typeInfo, List<object?> values)
    {
        List<object?>? outer = _values; // of a converter that reads partials itself
        _values = values;
        try
        {
            return JsonSerializer.Deserialize(text, typeInfo);
        }
        finally
        {
            _values = outer;
        }
    }

    public override bool CanConvert(Type typeToConvert) => typeToConvert == _type;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryReadStandIn(ref reader, out object? value) ? value : JsonSerializer.Deserialize(ref reader, _original.GetTypeInfo(_type));

    /// <summary>The serializer asks here for the keys of a dictionary, too, where they are of the type of its values. A name is never a stand-in.</summary>
    public override object ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => _original.GetTypeInfo(_type).Converter switch
    {
        JsonConverter<string> converter => converter.ReadAsPropertyName(ref reader, typeToConvert, _original),
        JsonConverter<int> converter => converter.ReadAsPropertyName(ref reader, typeToConvert, _original),
        JsonConverter<long> converter => converter.ReadAsPropertyName(ref reader, typeToConvert, _original),
        JsonConverter<Guid> converter => converter.ReadAsPropertyName(ref reader, typeToConvert, _original),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Whether <see cref="ReadAsPropertyName"/> reads keys that are of the type of the values. There is no way to that but by the name of the type.</summary>
    public static bool CanReadKeys(Type type) => type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(Guid);

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static bool TryReadStandIn(ref Utf8JsonReader reader, out object? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence
            || reader.ValueSpan.Length != KeyLength + IndexLength || !reader.ValueSpan.StartsWith(Key))
        {
            return false;
        }

        string index = Encoding.ASCII.GetString(reader.ValueSpan.Slice(KeyLength).ToArray());
        value = _values![int.Parse(index, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)];
        return true;
    }
}
