using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StreamingJson.Benchmarks.Patches;

/// <summary>A diff of two trees as people write it: what is new is added, what differs is replaced, nothing is ever removed here.</summary>
internal static class NodeDifferences
{
    public static long Write(JsonNode? before, JsonNode? now, Utf8JsonWriter writer, ArrayBufferWriter<byte> output)
    {
        writer.WriteStartArray();
        if (before is null)
        {
            WriteOperation("add", "", now, writer);
        }
        else
        {
            Compare(before, now, "", writer);
        }

        writer.WriteEndArray();
        writer.Flush();
        return output.WrittenCount > "[]".Length ? output.WrittenCount : 0;
    }

    private static void Compare(JsonNode? before, JsonNode? now, string path, Utf8JsonWriter writer)
    {
        if (before is JsonObject oldObject && now is JsonObject newObject)
        {
            foreach ((string name, JsonNode? value) in newObject)
            {
                string child = path + "/" + name.Replace("~", "~0", System.StringComparison.Ordinal).Replace("/", "~1", System.StringComparison.Ordinal);
                CompareChild(oldObject.TryGetPropertyValue(name, out JsonNode? old), old, value, child, writer);
            }
        }
        else if (before is JsonArray oldArray && now is JsonArray newArray)
        {
            for (int index = 0; index < newArray.Count; index++)
            {
                bool isOld = index < oldArray.Count;
                CompareChild(isOld, isOld ? oldArray[index] : null, newArray[index], $"{path}/{index.ToString(CultureInfo.InvariantCulture)}", writer);
            }
        }
        else if (!JsonNode.DeepEquals(before, now))
        {
            WriteOperation("replace", path, now, writer);
        }
    }

    private static void CompareChild(bool isOld, JsonNode? before, JsonNode? now, string path, Utf8JsonWriter writer)
    {
        if (isOld)
        {
            Compare(before, now, path, writer);
        }
        else
        {
            WriteOperation("add", path, now, writer);
        }
    }

    private static void WriteOperation(string op, string path, JsonNode? value, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("op", op);
        writer.WriteString("path", path);
        writer.WritePropertyName("value");
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
