using System.Text;
using StreamingJson.Text;
using StreamingJson.Tokenization;

namespace StreamingJson.Documents;

/// <content>What can be seen of the document, and where it stands.</content>
internal sealed partial class LiveDocument
{
    /// <summary>The document as it is now.</summary>
    public TapeView View => new(this, Tokenizer.Handler.VisibleRows, Json.Count, TextEnd);

    public InFlightKind InFlightKind => Tokenizer.LexicalState switch
    {
        <= ScanState.LastBetweenTokens => InFlightKind.None,
        <= ScanState.LastInString => Tokenizer.IsInName ? InFlightKind.PropertyName : InFlightKind.String,
        <= ScanState.LastInNumber => InFlightKind.Number,
        ScanState.InLiteral => InFlightKind.Literal,
        <= ScanState.LastInComment => InFlightKind.Comment,
        _ => InFlightKind.ByteOrderMark,
    };

    public JsonLeniencies Leniencies =>
        (Tokenizer.HasSkippedComment ? JsonLeniencies.Comment : 0)
        | (Tokenizer.HasTrailingComma ? JsonLeniencies.TrailingComma : 0)
        | (Tokenizer.HasReplacedSurrogate ? JsonLeniencies.ReplacedSurrogate : 0);

    public JsonMeters Meters => new()
    {
        BytesReceived = BytesReceived,
        BytesExamined = Tokenizer.BytesExamined,
        BytesRetained = Json.Items.Length + Tokenizer.Handler.Capacity,
        Tokens = Tokenizer.Handler.Tokens - (Tokenizer.IsInText ? 1 : 0),
        Rows = Tokenizer.Handler.Rows.Count,
        ArenaGrowths = Json.Growths + Tokenizer.Handler.Growths,
    };

    // Where the text of a string that is cut ends: an index into the JSON, or the complement of an index into the unescaped text.
    private int TextEnd
    {
        get
        {
            if (!Tokenizer.IsInString)
            {
                return 0;
            }

            return Tokenizer.IsEscaped ? ~Tokenizer.Handler.Text.Count : Tokenizer.PlainTextEnd(Json.Count);
        }
    }

    /// <summary>The RFC 6901 pointer of the value that is being read or due, or else of the container.</summary>
    public string CurrentPointer()
    {
        Tape tape = Tokenizer.Handler;
        var everything = new TapeView(this, tape.Rows.Count, int.MaxValue, textEnd: 0);
        int last = tape.Rows.Count - 1;
        if (Tokenizer.IsInString)
        {
            return everything.PointerTo(last);
        }

        int container = tape.CurrentContainer;
        if (container == OpenContainer.NoRow)
        {
            return string.Empty;
        }

        var pointer = new StringBuilder(everything.PointerTo(container));
        if (everything.Rows[container].Kind == TapeKind.Array)
        {
            if (Tokenizer.AwaitsItem)
            {
                JsonPointerText.AppendIndex(pointer, tape.CurrentChildren);
            }
        }
        else if (everything.Rows[last].Kind == TapeKind.Name && !Tokenizer.IsInText)
        {
            JsonPointerText.AppendName(pointer, everything.Text(everything.Rows[last]));
        }

        return pointer.ToString();
    }

    /// <summary>The 1-based line and column (in bytes) of an offset.</summary>
    public (long Line, long Column) Locate(int offset)
    {
        long line = 1;
        int lineStart = 0;
        for (int index = 0; index < offset; index++)
        {
            if (Json.Items[index] == '\n')
            {
                line++;
                lineStart = index + 1;
            }
        }

        return (line, offset - lineStart + 1);
    }
}
