using System;
using StreamingJson.Documents;

namespace StreamingJson;

/// <summary>What a <see cref="JsonEvent"/> says.</summary>
public enum JsonEventKind
{
    /// <summary>A value began: at its opening bracket or quote, or, for a number or literal, when it is known, right before it completes.</summary>
    Started = 0,

    /// <summary>A string's text grew.</summary>
    StringDelta = 1,

    /// <summary>A value is complete and will not change (law 5).</summary>
    Completed = 2,

    /// <summary>The end was declared, and the text is a complete JSON text.</summary>
    DocumentCompleted = 3,
}

/// <summary>
/// Something that became certain. Events come in document order, children before the completion of their parent, each once; nothing but
/// the cutting of string deltas depends on the chunks (law 1). A value, valid as long as a snapshot of the parser.
/// </summary>
public readonly struct JsonEvent
{
    private readonly TapeView _view;
    private readonly int _row;
    private readonly int _textStart;
    private readonly int _textLength;

    internal JsonEvent(JsonEventKind kind, TapeView view, int row, int textStart = 0, int textLength = 0)
    {
        Kind = kind;
        _view = view;
        _row = row;
        _textStart = textStart;
        _textLength = textLength;
    }

    /// <summary>What happened.</summary>
    public JsonEventKind Kind { get; }

    /// <summary>
    /// The value that it happened to, as it is after the operation that the event belongs to. For
    /// <see cref="JsonEventKind.DocumentCompleted"/> the (newest) root value: the default value when there is none.
    /// </summary>
    public PartialJsonElement Element => _row == TapeView.NotFound ? default : new(_view, _row);

    /// <summary>
    /// For a <see cref="JsonEventKind.StringDelta"/>, what was added to the text: unescaped UTF-8, whole scalar values, never empty. Empty for
    /// every other kind. A slice: nothing is copied.
    /// </summary>
    public ReadOnlySpan<byte> TextUtf8 => _textLength == 0 ? default : new PartialJsonElement(_view, _row).TextUtf8.Slice(_textStart, _textLength);

    /// <summary>The name of the property whose value this is, as UTF-8, unescaped; empty if it is not the value of a property.</summary>
    public ReadOnlySpan<byte> PropertyNameUtf8 =>
        _row > 0 && _view.Rows[_row - 1].Kind == TapeKind.Name ? _view.Text(_view.Rows[_row - 1]) : default;

    /// <summary>The 0-based index of the value among the items or properties of its container; 0 for a root value. Costs O(depth x siblings).</summary>
    public int Index => _row == TapeView.NotFound ? 0 : _view.Place(_row).Index;

    /// <summary>How many containers the value is in; 0 for a root value. Costs O(depth x siblings).</summary>
    public int Depth => _row == TapeView.NotFound ? 0 : _view.Place(_row).Depth;

    /// <summary>Where the value is in the text, as <see cref="PartialJsonElement.ByteRange"/>.</summary>
    public (int Start, int End) ByteRange => _row == TapeView.NotFound ? default : Element.ByteRange;

    /// <summary>The RFC 6901 pointer of the value. Costs O(depth x siblings), each time.</summary>
    public string GetPointer() => _row == TapeView.NotFound ? string.Empty : _view.PointerTo(_row);
}
