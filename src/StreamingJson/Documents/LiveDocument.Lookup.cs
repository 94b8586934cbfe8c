using System;
using System.Runtime.CompilerServices;
using StreamingJson.Text;

namespace StreamingJson.Documents;

/// <content>
/// The two look-ups that are done after every chunk. They take what they need of a <see cref="TapeView"/> in registers: a view that is
/// passed by reference has to be in memory, which costs more than they do.
/// </content>
internal sealed partial class LiveDocument
{
    private const int FoundMask = 7;

    // For each length of a name (the lower bits of it) the row of the value that was found last; 0 is none. Read and written on any
    // thread: what it says is checked.
    private readonly int[] _found = new int[FoundMask + 1];

    /// <summary>The row of the last value with the name, or <see cref="TapeView.NotFound"/>.</summary>
    /// <remarks>
    /// Rows stay where they are and a name that stands once is not changed by what follows, so what was found once is found again without
    /// a search, in every view that has the row.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The container is no object.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int FindProperty(int container, int rowCount, int byteCount, ReadOnlySpan<byte> utf8Name)
    {
        TapeRow[] rows = Tokenizer.Handler.Rows.Items;
        int found = _found[utf8Name.Length & FoundMask];
        int name = found - 1;
        return (uint)name < (uint)rowCount && !rows[container].MayRepeatNames && IsName(rows[name], container, utf8Name)
            ? found
            : SearchProperty(container, rowCount, byteCount, utf8Name);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int SearchProperty(int container, int rowCount, int byteCount, ReadOnlySpan<byte> utf8Name)
    {
        TapeRow[] rows = Tokenizer.Handler.Rows.Items;
        ref TapeRow row = ref rows[container];
        if (row.Kind != TapeKind.Object)
        {
            throw new InvalidOperationException("The value is not an object.");
        }

        int end = row.IsClosedAt(byteCount) ? row.Link : rowCount;
        bool isFirstFinal = !row.MayRepeatNames;
        int found = TapeView.NotFound;
        for (int name = container + 1; name < end;)
        {
            int value = name + 1;
            if (NameEquals(rows[name], utf8Name))
            {
                if (isFirstFinal)
                {
                    return _found[utf8Name.Length & FoundMask] = value;
                }

                found = value;
            }

            row = ref rows[value];
            name = !row.Kind.IsContainer() ? value + 1 : row.IsClosedAt(byteCount) ? row.Link : rowCount;
        }

        return found;
    }

    /// <summary>The name that a row holds. One that can be seen is whole: a property appears together with its value (law 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> NameOf(in TapeRow name) => name.IsEscaped
        ? Tokenizer.Handler.Text.Items.AsSpan(name.Link, name.Number)
        : Json.Items.AsSpan(name.Start + 1, name.End - name.Start - 2);

    /// <summary>
    /// The text so far of the string that was cut when there were so many bytes of JSON and of unescaped text.
    /// </summary>
    /// <remarks>
    /// The row may have been told of an escape that came later than that. It had one then already when its text had begun, or when the
    /// first thing in it is a backslash.
    /// </remarks>
    public ReadOnlySpan<byte> TextOfOpenString(in TapeRow row, int byteCount, int textCount)
    {
        ReadOnlySpan<byte> raw = Json.Items.AsSpan(row.Start + 1, byteCount - row.Start - 1);
        if (row.IsEscaped && (row.Link < textCount || raw.StartsWith("\\"u8)))
        {
            return Tokenizer.Handler.Text.Items.AsSpan(row.Link, textCount - row.Link);
        }

        return raw.Slice(0, raw.Length - Utf8Sequence.CutAtEnd(raw));
    }

    // A few bytes are compared here: a call would cost more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsName(in TapeRow name, int container, ReadOnlySpan<byte> utf8Name) =>
        name.Link == container && name.IsPlainName && name.End - name.Start - 2 == utf8Name.Length
        && ShortText.AreShortAndEqual(Json.Items.AsSpan(name.Start + 1, utf8Name.Length), utf8Name);

    // Names that are seen are whole, and mostly of another length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NameEquals(in TapeRow name, ReadOnlySpan<byte> utf8Name)
    {
        if (name.IsEscaped)
        {
            return NameOf(name).SequenceEqual(utf8Name);
        }

        return name.End - name.Start - 2 == utf8Name.Length && Json.Items.AsSpan(name.Start + 1, utf8Name.Length).SequenceEqual(utf8Name);
    }
}
