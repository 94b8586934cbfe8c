using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using StreamingJson.Documents;

namespace StreamingJson.Paths;

/// <summary>
/// Walks the tape once, from wherever it stands to the end of what is there, and tells what happened to the values that patterns select.
/// </summary>
/// <remarks>
/// <code>
///   rows  [0 ............ _nextRow ............ )    walked | not yet
///          ^root   ^_containers[Depth]               the open containers that were entered, innermost last
/// </code>
/// <para>
/// Events come in document order, as <see cref="JsonEvents"/>; those of one value and one kind in the order of the patterns. A cursor has
/// moved on before it gives an event: whatever is done with it, it is not given again. A container in which nothing can be selected is
/// not entered, only waited for. Nothing is allocated but for a depth that was not reached before.
/// </para>
/// <para>Views that are given to it have to be of one document and not older than those before. Not thread-safe.</para>
/// </remarks>
internal sealed class PathCursor
{
    private readonly PathAutomaton _automaton;
    private PathStack _stack;
    private readonly ulong[] _started;
    private readonly ulong[] _texts;
    private readonly ulong[] _completed;

    // Of the event that is being given, the patterns that it has not been given for.
    private readonly ulong[] _pending;

    // Whether anybody wants to know of beginnings, or of texts: mostly only the ends count.
    private readonly bool _tellsStarts;
    private readonly bool _tellsTexts;

    private int[] _containers = new int[16];
    private int _container;
    private int _nextRow;
    private int _value;
    private int _textStart;
    private int _textEnd;
    private PathReach _reach;
    private Step _step;

    // Of the string that is open, whether its text is wanted, and not only its end.
    private bool _wantsText;

    // The innermost container is only waited for.
    private bool _isSkipping;

    /// <param name="patterns">The patterns.</param>
    /// <param name="kinds">For each pattern, which events are wanted.</param>
    public PathCursor(IReadOnlyList<PathPattern> patterns, Func<int, PathEventKinds> kinds)
    {
        _automaton = new PathAutomaton(patterns);
        _stack = new PathStack(_automaton);
        _started = _automaton.AcceptingOf(pattern => (kinds(pattern) & PathEventKinds.Started) != 0);
        _texts = _automaton.AcceptingOf(pattern => (kinds(pattern) & PathEventKinds.TextDelta) != 0);
        _completed = _automaton.AcceptingOf(pattern => (kinds(pattern) & PathEventKinds.Completed) != 0);
        _pending = new ulong[_automaton.Words];
        _tellsStarts = HasAny(_started);
        _tellsTexts = HasAny(_texts);
    }

    private enum Step
    {
        Walk,
        Started,
        Text,
        TextDelta,
        Completed,
    }

    /// <summary>Whether nothing is left to tell of the value that was told of last.</summary>
    public bool IsIdle => _step is Step.Walk or Step.Text;

    /// <summary>After which operations it may have something to say.</summary>
    public OperationKinds Wanted =>
        _step == Step.Text && _wantsText ? OperationKinds.All : _tellsStarts || _tellsTexts ? OperationKinds.Changes : OperationKinds.Ends;

    /// <summary>Whether it has not seen anything yet.</summary>
    public bool IsAtStart => _nextRow == 0;

    /// <summary>Whether <see cref="TryNext"/> may have something to say about the document as it is now. A few instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHaveNews(LiveDocument document)
    {
        ref Tape tape = ref document.Tokenizer.Handler;
        if (_step != Step.Walk)
        {
            return _step != Step.Text || _wantsText || tape.Rows.Items[_value].End != 0;
        }

        return (!_isSkipping && _nextRow < tape.VisibleRows) || (_stack.Depth > 0 && tape.Rows.Items[_container].End != 0);
    }

    /// <summary>Gives the next event; false when there is none in the view.</summary>
    public bool TryNext(in TapeView view, out PathEvent next)
    {
        TapeRow[] rows = view.Rows;
        while (Advance(view.Document, view.RowCount, view.ByteCount))
        {
            if (_step == Step.Text)
            {
                if (!TryReadText(view, rows))
                {
                    break;
                }
            }
            else if (TryTell(out next))
            {
                return true;
            }
            else
            {
                EnterStarted(rows, view.ByteCount);
            }
        }

        next = default;
        return false;
    }

    /// <summary>Passes by what nobody wants to know of. False when that is all there is: then <see cref="TryNext"/> has nothing to give.</summary>
    /// <remarks>Without a view, which would have to be in memory: what is passed by should cost as little as it is worth.</remarks>
    /// <param name="document">The document.</param>
    /// <param name="rowCount">How many rows of it are looked at.</param>
    /// <param name="byteCount">How many bytes of text they are of.</param>
    public bool Advance(LiveDocument document, int rowCount, int byteCount)
    {
        TapeRow[] rows = document.Tokenizer.Handler.Rows.Items;
        while (true)
        {
            if (_step == Step.Walk)
            {
                if (!TryWalk(document, rows, rowCount, byteCount))
                {
                    return false;
                }
            }
            else if (_step != Step.Text || _wantsText)
            {
                return true;
            }
            else if (rows[_value].IsClosedAt(byteCount))
            {
                _step = Step.Walk;
                StartTelling(_completed, Step.Completed);
            }
            else
            {
                return false;
            }
        }
    }

    /// <inheritdoc cref="Advance(LiveDocument, int, int)"/>
    public bool Advance(LiveDocument document) => Advance(document, document.Tokenizer.Handler.VisibleRows, document.Json.Count);

    /// <summary>Forgets the document: the next view is of another one.</summary>
    public void Clear()
    {
        _stack.Clear();
        _nextRow = 0;
        _step = Step.Walk;
        _isSkipping = false;
    }

    private bool TryWalk(LiveDocument document, TapeRow[] rows, int rowCount, int byteCount)
    {
        int depth = _stack.Depth;
        int end = rowCount;
        bool isClosed = false;
        if (depth > 0)
        {
            ref TapeRow container = ref rows[_container];
            isClosed = container.IsClosedAt(byteCount);
            end = isClosed ? container.Link : end;
            if (_isSkipping)
            {
                _nextRow = isClosed ? end : _nextRow;
                return isClosed && LeaveContainer(depth);
            }
        }

        while (_nextRow < end)
        {
            if (EnterValue(document, rows, byteCount, depth))
            {
                return true;
            }
        }

        return isClosed && LeaveContainer(depth);
    }

    private bool LeaveContainer(int depth)
    {
        _value = _container;
        _container = _containers[depth - 1];
        _isSkipping = false;
        _stack.Pop();
        StartTelling(_completed, Step.Completed);
        return true;
    }

    // False when the value is passed by: the next one is its sibling.
    private bool EnterValue(LiveDocument document, TapeRow[] rows, int byteCount, int depth)
    {
        int row = _nextRow;
        PathReach reach;
        if (depth == 0)
        {
            reach = _stack.EnterRoot();
        }
        else if (rows[row].Kind == TapeKind.Name)
        {
            reach = _stack.EnterMember(document.NameOf(rows[row]));
            row++;
        }
        else
        {
            reach = _stack.EnterItem();
        }

        _value = row;
        _nextRow = row + 1;
        _reach = reach;
        if ((reach & PathReach.Selected) != 0)
        {
            if (!_tellsStarts && !_tellsTexts && !rows[row].Kind.IsContainer() && rows[row].IsClosedAt(byteCount))
            {
                StartTelling(_completed, Step.Completed);
                return _step == Step.Completed;
            }

            StartTelling(_started, Step.Started);
            return _step == Step.Started || EnterStarted(rows, byteCount);
        }

        return rows[row].Kind.IsContainer() && EnterContainer(rows[row], byteCount);
    }

    // The value is selected, and its beginning was told, or nobody wants to know.
    private bool EnterStarted(TapeRow[] rows, int byteCount)
    {
        _step = Step.Walk;
        ref TapeRow row = ref rows[_value];
        if (row.Kind.IsContainer())
        {
            return EnterContainer(row, byteCount);
        }

        _wantsText = _tellsTexts && row.Kind == TapeKind.String && _stack.Any(_texts);
        if (_wantsText || (row.Kind == TapeKind.String && !row.IsClosedAt(byteCount)))
        {
            _textStart = _textEnd = 0;
            _step = Step.Text;
            return true;
        }

        StartTelling(_completed, Step.Completed);
        return _step == Step.Completed;
    }

    private bool EnterContainer(in TapeRow row, int byteCount)
    {
        bool maySelectInside = (_reach & PathReach.Inside) != 0;
        if (!maySelectInside && row.IsClosedAt(byteCount))
        {
            _nextRow = row.Link;
            StartTelling(_completed, Step.Completed);
            return _step == Step.Completed;
        }

        _isSkipping = !maySelectInside;
        _stack.Push();
        if (_stack.Depth >= _containers.Length)
        {
            Array.Resize(ref _containers, _containers.Length * 2);
        }

        _containers[_stack.Depth] = _value;
        _container = _value;
        return true;
    }

    // The text is wanted.
    private bool TryReadText(in TapeView view, TapeRow[] rows)
    {
        ref TapeRow row = ref rows[_value];
        bool isClosed = view.IsClosed(row);
        _textStart = _textEnd;
        _textEnd = view.Text(row).Length;
        if (_textEnd > _textStart)
        {
            StartTelling(_texts, Step.TextDelta);
            return true;
        }

        if (isClosed)
        {
            _step = Step.Walk;
            StartTelling(_completed, Step.Completed);
        }

        return isClosed;
    }

    private static bool HasAny(ulong[] mask) => Array.FindIndex(mask, word => word != 0) >= 0;

    // Nothing happens when nobody wants to know.
    private void StartTelling(ulong[] wanted, Step step)
    {
        ulong any = _pending[0] = _stack.FirstWord & wanted[0];
        if (wanted.Length > 1)
        {
            ReadOnlySpan<ulong> state = _stack.Value;
            for (int word = 1; word < state.Length; word++)
            {
                any |= _pending[word] = state[word] & wanted[word];
            }
        }

        if (any != 0)
        {
            _step = step;
        }
    }

    // The last event of a kind moves on to what follows it, but for the first kind: what follows that is yet to be read.
    private bool TryTell(out PathEvent next)
    {
        int word = 0;
        ulong pending = _pending[0];
        while (pending == 0)
        {
            word++;
            if (word == _pending.Length)
            {
                next = default;
                return false;
            }

            pending = _pending[word];
        }

        int pattern = _automaton.PatternOf((word * 64) + LowestBit(pending));
        pending &= pending - 1;
        _pending[word] = pending;
        bool isLast = pending == 0 && IsNothingPendingFrom(word + 1);
        switch (_step)
        {
            case Step.Completed:
                next = new PathEvent(PathEventKinds.Completed, pattern, _value, 0, 0);
                _step = isLast ? Step.Walk : Step.Completed;
                break;
            case Step.TextDelta:
                next = new PathEvent(PathEventKinds.TextDelta, pattern, _value, _textStart, _textEnd - _textStart);
                _step = isLast ? Step.Text : Step.TextDelta;
                break;
            default:
                next = new PathEvent(PathEventKinds.Started, pattern, _value, 0, 0);
                break;
        }

        return true;
    }

    private bool IsNothingPendingFrom(int word)
    {
        while (word < _pending.Length && _pending[word] == 0)
        {
            word++;
        }

        return word == _pending.Length;
    }

    private static int LowestBit(ulong value)
    {
#if NET
        return System.Numerics.BitOperations.TrailingZeroCount(value);
#else
        int bit = 0;
        for (; (value & 1) == 0; value >>= 1)
        {
            bit++;
        }

        return bit;
#endif
    }
}
