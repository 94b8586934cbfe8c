using System;
using System.Buffers;
using System.Text.Json;
using StreamingJson.Buffers;

namespace StreamingJson.Documents;

/// <summary>Writes closed JSON of what a view shows. No recursion: the open containers are on a stack of its own.</summary>
internal static class TapeWriter
{
    public static void Write(in TapeView view, int start, Utf8JsonWriter writer)
    {
        TapeRow[] rows = view.Rows;
        int end = view.Next(rows[start], start);
        var containers = new Arena<int>(ArrayPool<int>.Shared);
        try
        {
            for (int index = start; index < end; index++)
            {
                ref TapeRow row = ref rows[index];
                WriteRow(view, row, writer);
                if (row.Kind.IsContainer())
                {
                    containers.Append(index);
                }

                while (containers.Count > 0 && index + 1 == view.ChildrenEnd(rows[containers.Items[containers.Count - 1]]))
                {
                    WriteEnd(rows[containers.Items[--containers.Count]].Kind, writer);
                }
            }
        }
        finally
        {
            containers.Release(clear: false);
        }
    }

    private static void WriteRow(in TapeView view, in TapeRow row, Utf8JsonWriter writer)
    {
        switch (row.Kind)
        {
            case TapeKind.Object:
                writer.WriteStartObject();
                break;
            case TapeKind.Array:
                writer.WriteStartArray();
                break;
            case TapeKind.Name:
                writer.WritePropertyName(view.Text(row));
                break;
            case TapeKind.String:
                writer.WriteStringValue(view.Text(row));
                break;
            case TapeKind.Number:
                WriteNumber(view.Raw(row), writer);
                break;
            case TapeKind.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(row.Kind == TapeKind.True);
                break;
        }
    }

    private static void WriteNumber(ReadOnlySpan<byte> number, Utf8JsonWriter writer)
    {
        if (!writer.Options.Indented)
        {
            writer.WriteRawValue(number, skipInputValidation: true);
            return;
        }

        // A raw value is not indented; only a JsonElement is, and keeps the number as it was written.
        var reader = new Utf8JsonReader(number);
        JsonElement.ParseValue(ref reader).WriteTo(writer);
    }

    private static void WriteEnd(TapeKind kind, Utf8JsonWriter writer)
    {
        if (kind == TapeKind.Object)
        {
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteEndArray();
        }
    }
}
