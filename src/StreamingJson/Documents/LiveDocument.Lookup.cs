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
    /// <summary>The row of the last value with the name, or <see cref="TapeView.NotFound"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int FindProperty(int container, int rowCount, int byteCount, ReadOnlySpan<byte> utf8Name)
    {
        TapeRow[] rows = Tokenizer.Handler.Rows.Items;
        ref TapeRow row = ref rows[container];
        int end = IsClosed(row, byteCount) ? row.Link : rowCount;
        bool isFirstFinal = !row.MayRepeatNames;
        int found = TapeView.NotFound;
        for (int name = container + 1; name < end;)
        {
            int value = name + 1;
            if (NameEquals(rows[name], utf8Name))
            {
                found = value;
                if (isFirstFinal)
                {
                    break;
                }
            }

            row = ref rows[value];
            name = row.Kind > TapeKind.Array ? value + 1 : IsClosed(row, byteCount) ? row.Link : rowCount;
        }

        return found;
    }

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
        if (row.IsEscaped && (row.Link < textCount || (row.Link == textCount && !raw.IsEmpty && raw[0] == '\\')))
        {
            return Tokenizer.Handler.Text.Items.AsSpan(row.Link, textCount - row.Link);
        }

        return raw.Slice(0, raw.Length - Utf8Sequence.CutAtEnd(raw));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsClosed(in TapeRow row, int byteCount) => row.End != 0 && row.End <= byteCount;

    // Names that are seen are whole, and mostly of another length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool NameEquals(in TapeRow name, ReadOnlySpan<byte> utf8Name)
    {
        if (name.IsEscaped)
        {
            return Tokenizer.Handler.Text.Items.AsSpan(name.Link, name.Number).SequenceEqual(utf8Name);
        }

        return name.End - name.Start - 2 == utf8Name.Length && Json.Items.AsSpan(name.Start + 1, utf8Name.Length).SequenceEqual(utf8Name);
    }
}
