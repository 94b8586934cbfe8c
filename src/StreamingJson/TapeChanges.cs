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
    private Arena<int> _newContainers;
    private int _nextRow;
    private int _nextOlder;
    private readonly int _olderCount;
    private int _pendingRow;
    private Step _step;

    public TapeChanges(LiveDocument document)
    {
        _document = document;
        _view = document.View;
        _mark = document.LastMark;
        _olderCount = document.ClosedOlderCount;
        _operation = document.Operation;
        _newContainers = new Arena<int>(ArrayPool<int>.Shared);
        _nextRow = _mark.RowCount;
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

    public bool TryNext(out JsonEvent next)
    {
        if (_document is null)
        {
            next = default;
            return false;
        }

        if (_operation != _document.Operation)
        {
            throw new InvalidOperationException("The events of an operation can be read until the next one on the parser.");
        }

        while (_step != Step.End)
        {
            if (TryStep(out next))
            {
                return true;
            }
        }

        next = default;
        return false;
    }

    public void Dispose()
    {
        if (_document is not null)
        {
            _newContainers.Release(clear: false);
        }
    }

    private bool TryStep(out JsonEvent next)
    {
        next = default;
        switch (_step)
        {
            case Step.OldString:
                _step = Step.Next;
                return TryGrowOldString(out next);

            case Step.NewText:
                _step = IsClosed(_pendingRow) ? Step.Completion : Step.Next;
                return TryDelta(_pendingRow, textBefore: 0, out next);

            case Step.Completion:
                _step = Step.Next;
                next = new JsonEvent(JsonEventKind.Completed, _view, _pendingRow);
                return true;

            case Step.Next:
                return TryNextRowOrEnd(out next);

            default:
                _step = Step.End;
                next = new JsonEvent(JsonEventKind.DocumentCompleted, _view, _document.Tokenizer.Handler.LastRoot);
                return _document.Outcome == JsonOutcome.Complete && _operation == _document.CompletedBy;
        }
    }

    private bool TryNextRowOrEnd(out JsonEvent next)
    {
        next = default;
        if (_nextRow < _view.RowCount && Row(_nextRow).Kind == TapeKind.Name)
        {
            _nextRow++;
        }

        int container = NextToEnd();
        bool hasRow = _nextRow < _view.RowCount;
        if (container != TapeView.NotFound && IsClosed(container) && (!hasRow || Row(container).End <= Row(_nextRow).Start))
        {
            DropNextToEnd();
            next = new JsonEvent(JsonEventKind.Completed, _view, container);
            return true;
        }

        if (!hasRow)
        {
            _step = Step.Document;
            return false;
        }

        Start(_nextRow++);
        next = new JsonEvent(JsonEventKind.Started, _view, _nextRow - 1);
        return true;
    }

    private void Start(int row)
    {
        switch (Row(row).Kind)
        {
            case TapeKind.Object or TapeKind.Array:
                _newContainers.Append(row);
                break;
            case TapeKind.String:
                _pendingRow = row;
                _step = Step.NewText;
                break;
            default:
                _pendingRow = row;
                _step = Step.Completion;
                break;
        }
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

    private bool TryGrowOldString(out JsonEvent next)
    {
        next = default;
        int last = _mark.RowCount - 1;
        if (last < 0 || Row(last).Kind != TapeKind.String || (Row(last).End != 0 && Row(last).End <= _mark.ByteCount))
        {
            return false;
        }

        if (IsClosed(last))
        {
            _pendingRow = last;
            _step = Step.Completion;
        }

        return TryDelta(last, TextBefore(last), out next);
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

    private readonly bool TryDelta(int row, int textBefore, out JsonEvent next)
    {
        int length = _view.Text(Row(row)).Length - textBefore;
        next = new JsonEvent(JsonEventKind.StringDelta, _view, row, textBefore, length);
        return length > 0;
    }

    private readonly ref TapeRow Row(int row) => ref _view.Rows[row];

    private readonly bool IsClosed(int row) => _view.IsClosed(Row(row));
}
