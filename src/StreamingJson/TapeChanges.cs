using System;
using System.Buffers;
using StreamingJson.Buffers;
using StreamingJson.Documents;

namespace StreamingJson;

/// <summary>
/// Reads off the tape what an operation changed.
/// </summary>
/// <remarks>
/// <code>
///   before:  rows [0 ... mark)   open then: perhaps the last of them, a string; containers that are closed now are listed as ClosedOlder
///   now:     rows [0 ... count)
///
///   order:   the string that was open  ->  new rows by their start, and between them the ends of containers by their end
/// </code>
/// New containers are kept on a stack: the innermost open one is the next that can end, and after the last of them the older ones.
/// </remarks>
internal struct TapeChanges : IDisposable
{
    private readonly LiveDocument _document;
    private readonly TapeView _view;
    private readonly TapeMark _mark;
    private readonly int _operation;
    private readonly int _olderCount;
    private Arena<int> _newContainers;
    private int _nextRow;
    private int _nextOlder;
    private Step _step;

    // The event, and the row that it is of; of a delta what came to the text.
    private JsonEventKind _kind;
    private int _row;
    private int _textStart;
    private int _textLength;

    public TapeChanges(LiveDocument document, int operation)
    {
        _document = document;
        _view = document.View;
        _mark = document.LastMark;
        _olderCount = document.ClosedOlderCount;
        _operation = operation;
        _newContainers = new Arena<int>(ArrayPool<int>.Shared);
        _nextRow = _mark.RowCount;
        _row = TapeView.NotFound;
        _step = Step.OldString;
    }

    private enum Step
    {
        OldString,
        Next,
        NewText,
        Completion,
        Document,
        End,
    }

    public readonly JsonEvent Current => new(_kind, _view, _row, _textStart, _textLength);

    public bool MoveNext()
    {
        if (_document is null)
        {
            return false;
        }

        if (_operation != _document.Operation)
        {
            throw new InvalidOperationException("The events of an operation can be read until the next one on the parser.");
        }

        while (_step != Step.End)
        {
            if (TryStep())
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (_document is not null)
        {
            _newContainers.Release(clear: false);
        }
    }

    private bool TryStep()
    {
        switch (_step)
        {
            case Step.OldString:
                _step = HasMoreThanOldString() ? Step.Next : Step.End;
                return TryGrowOldString();

            case Step.NewText:
                _step = IsClosed(_row) ? Step.Completion : Step.Next;
                return TryDelta(_row, textBefore: 0);

            case Step.Completion:
                _step = HasMoreThanOldString() ? Step.Next : Step.End;
                return Is(JsonEventKind.Completed, _row);

            case Step.Next:
                return TryNextRowOrEnd();

            default:
                _step = Step.End;
                return _document.Outcome == JsonOutcome.Complete && _operation == _document.CompletedBy
                    && Is(JsonEventKind.DocumentCompleted, _document.Tokenizer.Handler.LastRoot);
        }
    }

    // Mostly all that an operation did is that a string became longer.
    private readonly bool HasMoreThanOldString() =>
        _mark.RowCount < _view.RowCount || _olderCount != 0 || _operation == _document.CompletedBy;

    private bool TryNextRowOrEnd()
    {
        if (_nextRow < _view.RowCount && Row(_nextRow).Kind == TapeKind.Name)
        {
            _nextRow++;
        }

        int container = NextToEnd();
        bool hasRow = _nextRow < _view.RowCount;
        if (container != TapeView.NotFound && IsClosed(container) && (!hasRow || Row(container).End <= Row(_nextRow).Start))
        {
            DropNextToEnd();
            return Is(JsonEventKind.Completed, container);
        }

        if (!hasRow)
        {
            _step = Step.Document;
            return false;
        }

        switch (Row(_nextRow).Kind)
        {
            case TapeKind.Object or TapeKind.Array:
                _newContainers.Append(_nextRow);
                break;
            case TapeKind.String:
                _step = Step.NewText;
                break;
            default:
                _step = Step.Completion;
                break;
        }

        return Is(JsonEventKind.Started, _nextRow++);
    }

    private bool Is(JsonEventKind kind, int row)
    {
        _kind = kind;
        _row = row;
        _textStart = 0;
        _textLength = 0;
        return true;
    }

    private readonly int NextToEnd()
    {
        if (_newContainers.Count > 0)
        {
            return _newContainers.Items[_newContainers.Count - 1];
        }

        ref readonly Arena<int> older = ref _document.Tokenizer.Handler.ClosedOlder;
        return _nextOlder < _olderCount ? older.Items[_nextOlder] : TapeView.NotFound;
    }

    private void DropNextToEnd()
    {
        if (_newContainers.Count > 0)
        {
            _newContainers.Count--;
        }
        else
        {
            _nextOlder++;
        }
    }

    private bool TryGrowOldString()
    {
        int last = _mark.RowCount - 1;
        if (last < 0 || Row(last).Kind != TapeKind.String || (Row(last).End != 0 && Row(last).End <= _mark.ByteCount))
        {
            return false;
        }

        _row = last;
        if (IsClosed(last))
        {
            _step = Step.Completion;
        }

        return TryDelta(last, TextBefore(last));
    }

    // How much of the text of the string that was open there was at the mark.
    private readonly int TextBefore(int row)
    {
        if (Row(row).IsEscaped && Row(row).Link < _mark.TextCount)
        {
            return _mark.TextCount - Row(row).Link;
        }

        ReadOnlySpan<byte> text = _document.Json.Items.AsSpan(Row(row).Start + 1, _mark.ByteCount - Row(row).Start - 1);
        bool beganWithEscape = !text.IsEmpty && text[0] == '\\'; // which was cut there: it had given no text yet
        return beganWithEscape ? 0 : text.Length - Text.Utf8Sequence.CutAtEnd(text);
    }

    private bool TryDelta(int row, int textBefore)
    {
        _kind = JsonEventKind.StringDelta;
        _row = row;
        _textStart = textBefore;
        _textLength = _view.Text(Row(row)).Length - textBefore;
        return _textLength > 0;
    }

    private readonly ref TapeRow Row(int row) => ref _view.Rows[row];

    private readonly bool IsClosed(int row) => _view.IsClosed(Row(row));
}
