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
    private readonly PathStack _stack;
    private readonly ulong[] _started;
    private readonly ulong[] _texts;
    private readonly ulong[] _completed;

    // Of the event that is being given, the patterns that it has not been given for.
    private readonly ulong[] _pending;

    private int[] _containers = new int[16];
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

        return (!_isSkipping && _nextRow < tape.VisibleRows) || (_stack.Depth > 0 && tape.Rows.Items[_containers[_stack.Depth]].End != 0);
    }

    /// <summary>Gives the next event; false when there is none in the view.</summary>
    public bool TryNext(in TapeView view, out PathEvent next)
    {
        TapeRow[] rows = view.Rows;
        while (true)
        {
            if (_step is Step.Started or Step.TextDelta or Step.Completed)
            {
                if (TryTell(out next))
                {
                    return true;
                }

                LeaveStep(view, rows);
            }
            else if (!(_step == Step.Walk ? TryWalk(view, rows) : TryReadText(view, rows)))
            {
                next = default;
                return false;
            }
        }
    }

    /// <summary>Forgets the document: the next view is of another one.</summary>
    public void Clear()
    {
        _stack.Clear();
        _nextRow = 0;
        _step = Step.Walk;
        _isSkipping = false;
    }

    private bool TryWalk(in TapeView view, TapeRow[] rows)
    {
        int depth = _stack.Depth;
        int end = view.RowCount;
        bool isClosed = false;
        if (depth > 0)
        {
            ref TapeRow container = ref rows[_containers[depth]];
            isClosed = view.IsClosed(container);
            end = isClosed ? container.Link : end;
            if (_isSkipping)
            {
                _nextRow = isClosed ? end : _nextRow;
                return isClosed && LeaveContainer(depth);
            }
        }

        while (_nextRow < end)
        {
            if (EnterValue(view, rows, depth))
            {
                return true;
            }
        }

        return isClosed && LeaveContainer(depth);
    }

    private bool LeaveContainer(int depth)
    {
        _value = _containers[depth];
        _isSkipping = false;
        _stack.Pop();
        StartTelling(_completed, Step.Completed);
        return true;
    }

    // False when the value is passed by: the next one is its sibling.
    private bool EnterValue(in TapeView view, TapeRow[] rows, int depth)
    {
        int row = _nextRow;
        PathReach reach;
        if (depth == 0)
        {
            reach = _stack.EnterRoot();
        }
        else if (rows[row].Kind == TapeKind.Name)
        {
            reach = _stack.EnterMember(view.Text(rows[row]));
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
            StartTelling(_started, Step.Started);
            return _step == Step.Started || EnterStarted(view, rows);
        }

        return rows[row].Kind.IsContainer() && EnterContainer(view, rows[row]);
    }

    // The value is selected, and its beginning was told, or nobody wants to know.
    private bool EnterStarted(in TapeView view, TapeRow[] rows)
    {
        _step = Step.Walk;
        ref TapeRow row = ref rows[_value];
        if (row.Kind.IsContainer())
        {
            return EnterContainer(view, row);
        }

        _wantsText = row.Kind == TapeKind.String && _stack.Any(_texts);
        if (_wantsText || (row.Kind == TapeKind.String && !view.IsClosed(row)))
        {
            _textStart = _textEnd = 0;
            _step = Step.Text;
            return true;
        }

        StartTelling(_completed, Step.Completed);
        return _step == Step.Completed;
    }

    private bool EnterContainer(in TapeView view, in TapeRow row)
    {
        bool maySelectInside = (_reach & PathReach.Inside) != 0;
        if (!maySelectInside && view.IsClosed(row))
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
        return true;
    }

    private bool TryReadText(in TapeView view, TapeRow[] rows)
    {
        ref TapeRow row = ref rows[_value];
        bool isClosed = view.IsClosed(row);
        if (_wantsText)
        {
            _textStart = _textEnd;
            _textEnd = view.Text(row).Length;
            if (_textEnd > _textStart)
            {
                StartTelling(_texts, Step.TextDelta);
                return true;
            }
        }

        if (isClosed)
        {
            _step = Step.Walk;
            StartTelling(_completed, Step.Completed);
        }

        return isClosed;
    }

    private void LeaveStep(in TapeView view, TapeRow[] rows)
    {
        switch (_step)
        {
            case Step.Started:
                EnterStarted(view, rows);
                break;
            case Step.TextDelta:
                _step = Step.Text;
                break;
            default:
                _step = Step.Walk;
                break;
        }
    }

    // Nothing happens when nobody wants to know.
    private void StartTelling(ulong[] wanted, Step step)
    {
        ulong any = 0;
        ReadOnlySpan<ulong> state = _stack.Value;
        for (int word = 0; word < state.Length; word++)
        {
            any |= _pending[word] = state[word] & wanted[word];
        }

        if (any != 0)
        {
            _step = step;
        }
    }

    private bool TryTell(out PathEvent next)
    {
        for (int word = 0; word < _pending.Length; word++)
        {
            ulong pending = _pending[word];
            if (pending != 0)
            {
                _pending[word] = pending & (pending - 1);
                int pattern = _automaton.PatternOf((word * 64) + LowestBit(pending));
                next = _step switch
                {
                    Step.Started => new PathEvent(PathEventKinds.Started, pattern, _value, 0, 0),
                    Step.TextDelta => new PathEvent(PathEventKinds.TextDelta, pattern, _value, _textStart, _textEnd - _textStart),
                    _ => new PathEvent(PathEventKinds.Completed, pattern, _value, 0, 0),
                };
                return true;
            }
        }

        next = default;
        return false;
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
