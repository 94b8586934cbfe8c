using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson;

/// <summary>
/// The value at one JSON pointer (RFC 6901), looked up in one snapshot after another. Once found, it is found again without a search and
/// without allocation; a part of the text that was searched without success is not searched again.
/// </summary>
/// <remarks>
/// <para>
/// Gives what <see cref="JsonSnapshot.TryGetElement(string, out PartialJsonElement)"/> gives, for any snapshots of any parsers in any order.
/// It is fast when they are of one text, as after every <c>Append</c>: a value that was found stays where it is (law 4), so finding it again
/// costs a few comparisons, however deep it is. Only if a property name on the path may be repeated is it searched for each time.
/// </para>
/// <para>Not thread-safe. It keeps the parser of the last snapshot from the garbage collector.</para>
/// </remarks>
public sealed class JsonPointerReader
{
    private readonly (byte[] Name, int Index)[] _steps;

    // How far the search got in one text: the value that the steps before _step led to, by way of the containers, and the first of its
    // children that was not looked at.
    private readonly int[] _containers;
    private LiveDocument? _document;
    private int _version;
    private int _root;
    private int _step;
    private int _value;
    private int _nextChild;
    private int _nextIndex;

    // The value that the last step led to.
    private int _found = TapeView.NotFound;

    // Nothing can be found in fewer rows, nor, if there is such a row, before the container in it is closed.
    private int _leastRows;
    private int _awaitedEnd = TapeView.NotFound;

    // A container on the way may have a name twice; known of all that the document had marked so when it had marked so many.
    private bool _mayRepeatNames;
    private int _repeatMarks;

    /// <summary>A reader of the value at <paramref name="pointer"/>, from the root; the empty pointer is the root itself.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="pointer"/> is null.</exception>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    public JsonPointerReader(string pointer)
    {
        Pointer = pointer ?? throw new ArgumentNullException(nameof(pointer));
        var steps = new List<(byte[] Name, int Index)>();
        ReadOnlySpan<char> rest = pointer.AsSpan();
        while (JsonPointerText.TryTakeToken(ref rest, out string? token))
        {
            token = token ?? throw JsonPointerText.NotAPointer(pointer);
            steps.Add((Utf8Text.GetBytes(token.AsSpan()), JsonPointerText.TryParseIndex(token, out int index) ? index : TapeView.NotFound));
        }

        _steps = [.. steps];
        _containers = new int[_steps.Length];
    }

    /// <summary>The pointer, as it was given.</summary>
    public string Pointer { get; }

    /// <summary>The value that the pointer leads to in a snapshot; false if there is none so far.</summary>
    /// <exception cref="InvalidOperationException">The parser of the snapshot was reset or disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetElement(in JsonSnapshot snapshot, out PartialJsonElement element)
    {
        TapeView view = snapshot.View;
        int row = _found;
        if (!IsOfText(view, snapshot.Root) || view.Document.RepeatMarks != _repeatMarks)
        {
            row = Search(view.Document, view.Extent, view.Stamp, snapshot.Root);
        }
        else if ((uint)row >= (uint)view.RowCount)
        {
            row = view.RowCount < _leastRows ? TapeView.NotFound : SearchUnlessAwaited(view.Document, view.Extent, view.Stamp, snapshot.Root);
        }

        if (row == TapeView.NotFound)
        {
            element = default;
            return false;
        }

        element = new PartialJsonElement(view, row);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOfText(in TapeView view, int root) =>
        view.Document == _document && view.Document is not null && view.Version == _version && view.Document.Version == _version && root == _root;

    // Mostly a container that was open before is open still: so much can be said without a frame.
    private int SearchUnlessAwaited(LiveDocument document, ulong extent, ulong stamp, int root)
    {
        var view = new TapeView(document, extent, stamp);
        return _awaitedEnd != TapeView.NotFound && !view.IsClosed(view.Rows[_awaitedEnd])
            ? TapeView.NotFound
            : Search(document, extent, stamp, root);
    }

    // Goes on from where it stopped: to the next step, to the next child.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Search(LiveDocument? document, ulong extent, ulong stamp, int root)
    {
        var view = new TapeView(document!, extent, stamp);
        if (view.RowCount == 0)
        {
            return TapeView.NotFound;
        }

        TapeRow[] rows = view.Rows;
        if (!IsOfText(view, root))
        {
            StartText(view.Document, root);
        }

        _leastRows = 0;
        _awaitedEnd = TapeView.NotFound;
        if (view.Document.RepeatMarks != _repeatMarks)
        {
            NoteRepeatMarks(rows);
        }

        while (!_mayRepeatNames && _step < _steps.Length)
        {
            if (!TryStep(view, rows) && !_mayRepeatNames)
            {
                return TapeView.NotFound;
            }
        }

        if (_mayRepeatNames)
        {
            return FindLast(view, root);
        }

        _found = _value;
        return _found < view.RowCount ? _found : TapeView.NotFound;
    }

    // One step further. False if the view does not show so much, or if a name may be repeated.
    private bool TryStep(in TapeView view, TapeRow[] rows)
    {
        if (_value >= view.RowCount)
        {
            return false;
        }

        ref TapeRow container = ref rows[_value];
        bool isObject = container.Kind == TapeKind.Object;
        if (isObject && container.MayRepeatNames)
        {
            _mayRepeatNames = true;
            return false;
        }

        if (!isObject && (container.Kind != TapeKind.Array || _steps[_step].Index == TapeView.NotFound))
        {
            _leastRows = int.MaxValue;
            return false;
        }

        int end = view.ChildrenEnd(container);
        int valueOffset = isObject ? 1 : 0;
        while (_nextChild < end)
        {
            int value = _nextChild + valueOffset;
            if (isObject ? view.NameEquals(rows[_nextChild], _steps[_step].Name) : _nextIndex == _steps[_step].Index)
            {
                _containers[_step++] = _value;
                StartValue(value);
                return true;
            }

            if (rows[value].Kind.IsContainer() && !view.IsClosed(rows[value]))
            {
                _awaitedEnd = value;
                return false;
            }

            _nextChild = view.Next(rows[value], value);
            _nextIndex++;
        }

        _leastRows = view.IsClosed(container) ? int.MaxValue : _nextChild + valueOffset + 1;
        return false;
    }

    // The last of the name counts, so that what is found is right for this view alone.
    private int FindLast(in TapeView view, int root)
    {
        TapeRow[] rows = view.Rows;
        int found = root;
        for (int step = 0; step < _steps.Length && found != TapeView.NotFound; step++)
        {
            (byte[] name, int index) = _steps[step];
            found = rows[found].Kind switch
            {
                TapeKind.Object => view.FindProperty(found, name),
                TapeKind.Array when index != TapeView.NotFound => view.FindItem(found, index),
                _ => TapeView.NotFound,
            };
        }

        return found;
    }

    private void NoteRepeatMarks(TapeRow[] rows)
    {
        // In this order: what is marked meanwhile is met the next time.
        _repeatMarks = _document!.RepeatMarks;
        for (int step = 0; step < _step; step++)
        {
            if (rows[_containers[step]].MayRepeatNames)
            {
                _mayRepeatNames = true;
                _found = TapeView.NotFound;
            }
        }
    }

    private void StartText(LiveDocument document, int root)
    {
        _document = document;
        _version = document.Version;
        _root = root;
        _repeatMarks = document.RepeatMarks;
        _mayRepeatNames = false;
        _found = TapeView.NotFound;
        _step = 0;
        StartValue(root);
    }

    private void StartValue(int row)
    {
        _value = row;
        _nextChild = row + 1;
        _nextIndex = 0;
    }
}
