using System.Text;
using StreamingJson.Text;

namespace StreamingJson.Documents;

/// <content>What can be seen of the document, and where it stands.</content>
internal sealed partial class LiveDocument
{
    /// <summary>The document as it is now.</summary>
    public TapeView View => new(this, Tokenizer.Handler.VisibleRows, Json.Count, Tokenizer.Handler.Text.Count);

    /// <summary>Another number after each object that turns out to have names that may repeat.</summary>
    public int RepeatMarks => Tokenizer.Handler.RepeatMarks;

    public JsonLeniencies Leniencies => Tokenizer.Leniencies;

    public JsonMeters Meters => new()
    {
        BytesReceived = BytesReceived,
        BytesExamined = Tokenizer.BytesExamined,
        BytesRetained = Json.Items.Length + Tokenizer.Handler.Capacity,
        Tokens = Tokenizer.Handler.Tokens - (Tokenizer.IsInText ? 1 : 0),
        Rows = Tokenizer.Handler.Rows.Count,
        ArenaGrowths = Json.Growths + Tokenizer.Handler.Growths,
    };

    /// <summary>The RFC 6901 pointer of the value that is being read or due, or else of the container.</summary>
    public string CurrentPointer()
    {
        Tape tape = Tokenizer.Handler;
        var everything = new TapeView(this, tape.Rows.Count, int.MaxValue, tape.Text.Count);
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
