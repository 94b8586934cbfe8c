using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson;

/// <summary>
/// One value within a <see cref="JsonSnapshot"/>: the shape of <see cref="JsonElement"/>, for a value that may still be growing.
/// </summary>
/// <remarks>
/// Immutable, as its snapshot is, and valid as long. Members that read the document throw <see cref="InvalidOperationException"/> after
/// the parser was reset or disposed, and, like <see cref="JsonElement"/>, when the value is not of the kind that they read.
/// <para>
/// While nothing of a value is known (<see cref="JsonSnapshot.HasValue"/>) there is the default value, of the kind <see cref="JsonValueKind.Undefined"/>. What asks or looks for something
/// says no: <see cref="IsComplete"/>, <c>ValueEquals</c>, <c>TryGetProperty</c> and <see cref="TryGetElement"/> are false. <see cref="ToString"/> is empty, <see cref="ToJsonElement"/>
/// the default, <see cref="ToJsonNode"/> null, and <see cref="WriteTo"/> writes nothing. What needs a value throws: <see cref="InvalidOperationException"/>, and <c>Deserialize</c> <see cref="JsonException"/>.
/// </para>
/// </remarks>
public readonly partial struct PartialJsonElement
{
    private const string NothingRead = "Nothing of a value has been read yet (HasValue is false), or the element is the default value.";

    // A view, field by field: four fields are what the compiler keeps in registers.
    private readonly LiveDocument _document;
    private readonly ulong _extent;
    private readonly ulong _stamp;
    private readonly int _row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PartialJsonElement(TapeView view, int row)
    {
        _document = view.Document;
        _extent = view.Extent;
        _stamp = view.Stamp;
        _row = row;
    }

    private TapeView View => new(_document, _extent, _stamp);

    /// <summary>The kind of the value; it never changes (law 4). <see cref="JsonValueKind.Undefined"/> for the default value.</summary>
    public JsonValueKind ValueKind => View.RowCount == 0 ? JsonValueKind.Undefined : View.Rows[_row].Kind.ToValueKind();

    /// <summary>Whether the value will not change any more: its last byte was received, and for a number a byte that ends it (law 5).</summary>
    public bool IsComplete => View.RowCount != 0 && View.IsClosed(Row);

    /// <summary>
    /// Where the value is in the text: 0-based offsets in bytes, quotes and brackets included. While it is not complete,
    /// <c>End</c> is the end of the data.
    /// </summary>
    public (int Start, int End) ByteRange
    {
        get
        {
            TapeRow row = Row;
            return (row.Start, View.IsClosed(row) ? row.End : View.ByteCount);
        }
    }

    /// <summary>The bytes of the value as received so far, quotes and brackets included. Valid as long as the snapshot.</summary>
    public ReadOnlySpan<byte> RawUtf8 => View.Raw(Row);

    /// <summary>
    /// The text of a string so far, as UTF-8, unescaped, ending in a whole scalar value; it only grows (law 3). A slice: nothing is
    /// copied. Valid as long as the snapshot.
    /// </summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public ReadOnlySpan<byte> TextUtf8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_document is null)
            {
                ThrowNothingRead();
            }

            TapeView view = View;
            ref TapeRow row = ref view.Rows[_row];
            if (row.Kind != TapeKind.String)
            {
                TapeKinds.ThrowIsNot(TapeKind.String);
            }

            return view.Text(row);
        }
    }

    /// <summary>What in this value (its descendants not included) is not plain RFC 8259 text; known when the value is complete.</summary>
    public JsonLeniencies Leniencies
    {
        get
        {
            TapeRow row = Row;
            if (!View.IsClosed(row))
            {
                return JsonLeniencies.None;
            }

            return row.Kind switch
            {
                TapeKind.String => row.HasReplacedSurrogate ? JsonLeniencies.ReplacedSurrogate : JsonLeniencies.None,
                TapeKind.Object or TapeKind.Array =>
                    (row.HasTrailingComma ? JsonLeniencies.TrailingComma : 0) | (row.HasComment ? JsonLeniencies.Comment : 0),
                _ => JsonLeniencies.None,
            };
        }
    }

    private ref TapeRow Row
    {
        get
        {
            if (_document is null)
            {
                ThrowNothingRead();
            }

            return ref View.Rows[_row];
        }
    }

    /// <summary>The text of a string so far (<see cref="TextUtf8"/>) as a new string; null for a JSON null.</summary>
    /// <remarks>Costs the length of the text each time: for a growing string, take its deltas from the events instead.</remarks>
    /// <exception cref="InvalidOperationException">The value is neither a string nor null.</exception>
    public string? GetString() => ValueKind == JsonValueKind.Null ? null : Utf8Text.ToString(TextUtf8);

    /// <summary>The value of a boolean.</summary>
    /// <exception cref="InvalidOperationException">The value is not a boolean.</exception>
    public bool GetBoolean()
    {
        TapeKind kind = Row.Kind;
        if (kind is not (TapeKind.True or TapeKind.False))
        {
            TapeKinds.ThrowIsNot(TapeKind.True);
        }

        return kind == TapeKind.True;
    }

    /// <summary>The bytes of the value as received so far (<see cref="RawUtf8"/>), as a new string; a cut UTF-8 sequence at the end reads as U+FFFD.</summary>
    public string GetRawText() => Utf8Text.ToString(RawUtf8);

    /// <summary>Whether a string's text so far is this text; false for any other kind but null, which equals null.</summary>
    public bool ValueEquals(string? text) =>
        text is null ? ValueKind == JsonValueKind.Null : ValueKind == JsonValueKind.String && ValueEquals(Utf8Text.GetBytes(text.AsSpan()));

    /// <summary>Whether a string's text so far is this UTF-8 text.</summary>
    public bool ValueEquals(ReadOnlySpan<byte> utf8Text) => ValueKind == JsonValueKind.String && TextUtf8.SequenceEqual(utf8Text);

    /// <summary>The RFC 6901 pointer of the value, from its root. Costs O(depth x siblings).</summary>
    public string GetPointer()
    {
        if (_document is null)
        {
            ThrowNothingRead();
        }

        return View.PointerTo(_row);
    }

    private static void ThrowNothingRead() => throw new InvalidOperationException(NothingRead);
}
