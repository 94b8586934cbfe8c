namespace StreamingJson.Documents;

/// <content>The document as it was before.</content>
internal readonly partial struct TapeView
{
    /// <summary>Differs for what was written after a reset.</summary>
    public int Version => (int)Stamp;

    /// <summary>
    /// The document as it was when it had so many bytes; no more than it has here. But for the text of a string with escapes that was cut
    /// there: all of it that there is here is shown.
    /// </summary>
    public TapeView At(int byteCount)
    {
        TapeRow[] rows = Rows;
        int low = 0;
        int high = RowCount;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (rows[middle].Start < byteCount)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        // A number or literal appears when it is closed, a property together with its value.
        int count = low;
        if (count > 0 && rows[count - 1].Kind > TapeKind.String && !rows[count - 1].IsClosedAt(byteCount))
        {
            count--;
        }

        if (count > 0 && rows[count - 1].Kind == TapeKind.Name)
        {
            count--;
        }

        bool endsInText = count > 0 && rows[count - 1].Kind == TapeKind.String && rows[count - 1].IsEscaped && IsClosed(rows[count - 1]);
        return new TapeView(Document, count, byteCount, endsInText ? rows[count - 1].Link + rows[count - 1].Number : TextCount);
    }
}
