using System;
using System.Buffers;
using StreamingJson.Buffers;
using StreamingJson.Documents;

namespace StreamingJson.Binding.Support;

/// <summary>
/// Walks the rows of a document once, as they appear from snapshot to snapshot: nothing is looked at twice, and nothing is compared.
/// </summary>
/// <remarks>
/// <code>
///   {"a":[1,{"b":"x    rows   0 object  1 "a"  2 array  3 number  4 object  5 "b"  6 string
///                      levels   0, one child      2, two children       4, one child         open string: 6, one byte of text taken
/// </code>
/// Levels are the containers that are entered and not left. With a tape a level is its row and a count: the name by which it is
/// reached stands in the row before it.
/// </remarks>
internal sealed class TapeCursor : IDisposable
{
    private Arena<Level> _levels = new(ArrayPool<Level>.Shared);
    private TapeView _view;
    private TapeRow[] _rows = [];
    private bool _hasView;
    private int _textTaken;

    /// <summary>The newest view that was given.</summary>
    public TapeView View => _view;

    /// <summary>How many containers are entered.</summary>
    public int Depth => _levels.Count;

    /// <summary>The string that was entered and is not known to be closed, or <see cref="TapeView.NotFound"/>.</summary>
    public int OpenString { get; private set; } = TapeView.NotFound;

    /// <summary>Whether there is a value that was not entered.</summary>
    public bool HasNext => NextRow < _view.RowCount;

    /// <summary>Whether any value was entered.</summary>
    public bool HasEntered => NextRow > 0;

    /// <summary>The row after the last that was entered: of a value, or of its name.</summary>
    public int NextRow { get; private set; }

    /// <summary>The rows, for those that were entered.</summary>
    public TapeRow[] Rows => _rows;

    /// <summary>Goes on with a newer view; false, and nothing happens, when it is of another text.</summary>
    /// <exception cref="ArgumentException">The view is older than the last.</exception>
    /// <exception cref="InvalidOperationException">The parser was reset or disposed.</exception>
    public bool TryMoveTo(in TapeView view)
    {
        TapeRow[] rows = view.Rows;
        if (_hasView)
        {
            if (!view.IsOfSameText(_view))
            {
                return false;
            }

            if (view.ByteCount < _view.ByteCount || view.RowCount < _view.RowCount)
            {
                throw new ArgumentException("The snapshot is older than the last one that was given.");
            }
        }

        _hasView = true;
        _view = view;
        _rows = rows;
        return true;
    }

    /// <summary>What came to the open string since the last call, and whether it is closed; a closed one is left.</summary>
    public ReadOnlySpan<byte> TakeText(out bool isClosed)
    {
        ReadOnlySpan<byte> text = TextOf(OpenString).Slice(_textTaken);
        _textTaken += text.Length;
        isClosed = _view.IsClosed(_rows[OpenString]);
        if (isClosed)
        {
            OpenString = TapeView.NotFound;
        }

        return text;
    }

    /// <summary>Leaves the innermost container if it ends before the next value.</summary>
    public bool TryLeave(out bool isObject)
    {
        isObject = false;
        if (_levels.Count == 0)
        {
            return false;
        }

        ref TapeRow container = ref _rows[_levels.Items[_levels.Count - 1].Row];
        if (!_view.IsClosed(container) || container.Link > NextRow)
        {
            return false;
        }

        isObject = container.Kind == TapeKind.Object;
        _levels.Count--;
        return true;
    }

    /// <summary>Enters the next value, of which there has to be one; a string is the open string then, whether closed or not.</summary>
    /// <returns>The row of the value; that of its name, if its container is an object, stands before it.</returns>
    public int Enter()
    {
        int row = NextRow;
        if (_levels.Count > 0)
        {
            row += _rows[row].Kind == TapeKind.Name ? 1 : 0;
            _levels.Items[_levels.Count - 1].Children++;
        }

        NextRow = row + 1;
        switch (_rows[row].Kind)
        {
            case TapeKind.Object or TapeKind.Array:
                _levels.Append(new Level { Row = row });
                break;
            case TapeKind.String:
                OpenString = row;
                _textTaken = 0;
                break;
        }

        return row;
    }

    /// <summary>Passes over the next property, which is whole, as if it were not there; false when there is none after it.</summary>
    public bool TrySkip()
    {
        NextRow = _view.Next(_rows[NextRow + 1], NextRow + 1);
        return HasNext;
    }

    /// <summary>The row of an entered container, 0 for the outermost.</summary>
    public int RowOf(int level) => _levels.Items[level].Row;

    /// <summary>How many children of a container were entered.</summary>
    public int ChildrenOf(int level) => _levels.Items[level].Children;

    public bool IsObject(int level) => _rows[RowOf(level)].Kind == TapeKind.Object;

    /// <summary>All text of a string or name so far.</summary>
    public ReadOnlySpan<byte> TextOf(int row) => _view.Text(_rows[row]);

    /// <summary>The bytes of a number or literal.</summary>
    public ReadOnlySpan<byte> RawOf(int row) => _view.Raw(_rows[row]);

    /// <summary>Forgets everything: the next view may be of any text.</summary>
    public void Clear()
    {
        _levels.Count = 0;
        _view = default;
        _rows = [];
        _hasView = false;
        NextRow = 0;
        _textTaken = 0;
        OpenString = TapeView.NotFound;
    }

    public void Dispose()
    {
        Clear();
        _levels.Release(clear: false);
    }

    private struct Level
    {
        public int Row;
        public int Children;
    }
}
