using System;
using System.Runtime.CompilerServices;

namespace StreamingJson.Documents;

/// <summary>
/// The document as it was at one moment. A value: taking it copies a few numbers, and nothing that is appended later changes what it
/// shows (law 8).
/// </summary>
/// <remarks>
/// <code>
///   rows    [0 ............ RowCount)   rows beyond are newer
///   JSON    [0 ............ ByteCount)  a row that ends beyond is open here
///   text    [0 ............ textCount)  the unescaped text, of which the one string that is open here may have the end
///
///             63        32 31         0
///   Extent  | RowCount   | ByteCount  |   Words, not single numbers. Avoids a store-forwarding stall: written as two 32-bit stores,
///   Stamp   | textCount  | version    |   copied as one 64-bit load. And a copy of few fields is made field by field.
/// </code>
/// </remarks>
internal readonly partial struct TapeView
{
    public readonly LiveDocument Document;
    public readonly ulong Extent;
    public readonly ulong Stamp;

    public TapeView(LiveDocument document, int rowCount, int byteCount, int textCount)
        : this(document, ((ulong)(uint)rowCount << 32) | (uint)byteCount, ((ulong)(uint)textCount << 32) | (uint)document.Version)
    {
    }

    public TapeView(LiveDocument document, ulong extent, ulong stamp)
    {
        Document = document;
        Extent = extent;
        Stamp = stamp;
    }

    public int RowCount => (int)(Extent >> 32);

    public int ByteCount => (int)Extent;

    private int TextCount => (int)(Stamp >> 32);

    /// <summary>The rows; those from <see cref="RowCount"/> on are not to be looked at.</summary>
    /// <exception cref="InvalidOperationException">The document was reset or disposed.</exception>
    public TapeRow[] Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Document is null || Document.Version != Version)
            {
                ThrowNoDocument();
            }

            return Document!.Tokenizer.Handler.Rows.Items;
        }
    }

    /// <summary>Whether the text is plain RFC 8259, and every surrogate escape has its partner.</summary>
    public bool IsPlain => Document.Leniencies == JsonLeniencies.None;

    private byte[] Json => Document.Json.Items;

    private byte[] UnescapedText => Document.Tokenizer.Handler.Text.Items;

    /// <summary>Whether both are of one text: of one document, and not of what it held before a reset.</summary>
    public bool IsOfSameText(in TapeView other) => Document == other.Document && Version == other.Version;

    /// <summary>Whether the value or name is whole here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsClosed(in TapeRow row) => row.IsClosedAt(ByteCount);

    /// <summary>The bytes of a value as received so far, quotes and brackets included.</summary>
    public ReadOnlySpan<byte> Raw(in TapeRow row)
    {
        int end = IsClosed(row) ? row.End : ByteCount;
        return Json.AsSpan(row.Start, end - row.Start);
    }

    /// <summary>The bytes from an offset to the end of the data.</summary>
    public ReadOnlySpan<byte> RawFrom(int offset)
    {
        _ = Rows;
        return Json.AsSpan(offset, ByteCount - offset);
    }

    /// <summary>The text of a name or string so far: unescaped, whole scalar values only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(in TapeRow row)
    {
        if (!IsClosed(row))
        {
            return Document.TextOfOpenString(row, ByteCount, TextCount);
        }

        return row.IsEscaped ? UnescapedText.AsSpan(row.Link, row.Number) : Json.AsSpan(row.Start + 1, row.End - row.Start - 2);
    }

    /// <summary>As <see cref="Text"/>, to keep.</summary>
    public ReadOnlyMemory<byte> TextMemory(in TapeRow row)
    {
        int length = Text(row).Length;

        // An escape that came after this view has its text behind this view's.
        return row.IsEscaped && row.Link < TextCount
            ? UnescapedText.AsMemory(row.Link, length)
            : Json.AsMemory(row.Start + 1, length);
    }

    /// <summary>Whether a name is this one, unescaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NameEquals(in TapeRow name, ReadOnlySpan<byte> utf8Name) => Document.NameEquals(name, utf8Name);

    /// <summary>The row after a container's last descendant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ChildrenEnd(in TapeRow container) => IsClosed(container) ? container.Link : RowCount;

    /// <summary>The row after a value and its descendants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(in TapeRow row, int index) => row.Kind.IsContainer() ? ChildrenEnd(row) : index + 1;

    /// <summary>How many children a container has here. O(1) when it is closed, O(children) while it is open.</summary>
    public int CountChildren(int container)
    {
        TapeRow[] rows = Rows;
        ref TapeRow row = ref rows[container];
        if (IsClosed(row) && row.Number < TapeRow.LargestNumber)
        {
            return row.Number;
        }

        int count = 0;
        int end = ChildrenEnd(row);
        int valueOffset = row.Kind == TapeKind.Object ? 1 : 0;
        for (int child = container + 1; child < end; child = Next(rows[child + valueOffset], child + valueOffset))
        {
            count++;
        }

        return count;
    }

    /// <summary>The row of the last value with the name, or <see cref="NotFound"/>.</summary>
    /// <exception cref="InvalidOperationException">The container is no object.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindProperty(int container, ReadOnlySpan<byte> utf8Name)
    {
        if (Document is null || Document.Version != Version)
        {
            ThrowNoDocument();
        }

        return Document!.FindProperty(container, RowCount, ByteCount, utf8Name);
    }

    private static void ThrowNoDocument() =>
        throw new InvalidOperationException("The parser of this snapshot was reset or disposed, or the snapshot or element is the default value.");
}
