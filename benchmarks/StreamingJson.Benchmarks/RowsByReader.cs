using System;
using System.IO;
using System.Text.Json;
using System.Text.Unicode;

namespace StreamingJson.Benchmarks;

/// <summary>
/// The least that storing a document by way of <see cref="Utf8JsonReader"/> takes: keep the bytes, check that they are UTF-8 (the
/// reader does not), and write a row of 16 bytes for each name and value. Escapes are not even undone.
/// </summary>
internal sealed class RowsByReader
{
    private readonly int[] _open = new int[64];
    private byte[] _bytes = [];
    private Row[] _rows = new Row[64];

    public long Read(ReadOnlySpan<byte> document)
    {
        if (_bytes.Length < document.Length)
        {
            _bytes = new byte[document.Length];
        }

        document.CopyTo(_bytes);
        ReadOnlySpan<byte> kept = _bytes.AsSpan(0, document.Length);
        if (!Utf8.IsValid(kept))
        {
            throw new InvalidDataException("The document is not UTF-8.");
        }

        int count = 0;
        int depth = 0;
        var reader = new Utf8JsonReader(kept);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                ref Row container = ref _rows[_open[--depth]];
                container.End = (int)reader.BytesConsumed;
                container.Link = count;
                continue;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                _open[depth++] = count;
            }

            if (count == _rows.Length)
            {
                Array.Resize(ref _rows, 2 * count);
            }

            ref Row row = ref _rows[count++];
            row.Kind = (int)reader.TokenType;
            row.Start = (int)reader.TokenStartIndex;
            row.End = row.Start + reader.ValueSpan.Length;
        }

        return count;
    }

    private struct Row
    {
        public int Kind;
        public int Start;
        public int End;
        public int Link;
    }
}
