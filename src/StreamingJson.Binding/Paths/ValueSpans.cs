using System;
using System.Collections.Generic;
using System.Text.Json;
using StreamingJson.Paths;

namespace StreamingJson.Binding.Paths;

/// <summary>From the events of a parser that retains nothing to the places of the values that patterns select.</summary>
/// <remarks>
/// What is due is entered before it begins: the member after its name, an item after the one before it. So it is known of a number, which
/// is told of only when it is over, that it must not be passed on.
/// </remarks>
internal struct ValueSpans<TSink> : IJsonEventHandler
    where TSink : struct, IValueSpanSink
{
    private PathStack _stack;
    private readonly Stack<bool> _isArray;
    private PathReach _due;

    // How many containers are open inside of the selected value, it included.
    private int _selectedDepth;

    public ValueSpans(IReadOnlyList<PathPattern> patterns, TSink sink)
    {
        _stack = new PathStack(new PathAutomaton(patterns));
        _isArray = new Stack<bool>();
        Sink = sink;
        _due = _stack.EnterRoot();
    }

    public TSink Sink;

    /// <summary>Whether the value that is due is selected.</summary>
    public readonly bool IsSelectedDue => (_due & PathReach.Selected) != 0;

    public void Clear()
    {
        _stack.Clear();
        _isArray.Clear();
        _selectedDepth = 0;
        _due = _stack.EnterRoot();
    }

    public void OnStartObject(in JsonEventContext context) => StartContainer(JsonValueKind.Object, context.Start);

    public void OnEndObject(in JsonEventContext context) => EndContainer(context.Start, context.End);

    public void OnStartArray(in JsonEventContext context) => StartContainer(JsonValueKind.Array, context.Start);

    public void OnEndArray(in JsonEventContext context) => EndContainer(context.Start, context.End);

    public void OnPropertyName(ReadOnlySpan<byte> utf8Name, in JsonEventContext context)
    {
        if (_selectedDepth == 0)
        {
            _due = _stack.EnterMember(utf8Name);
            Sink.OnDue(IsSelectedDue, context.Start);
        }
    }

    public void OnStartString(in JsonEventContext context)
    {
        if (_selectedDepth == 0 && IsSelectedDue)
        {
            Sink.OnStart(JsonValueKind.String, context.Start);
        }
    }

    public readonly void OnStringDelta(ReadOnlySpan<byte> utf8Text, in JsonEventContext context)
    {
    }

    public void OnEndString(in JsonEventContext context)
    {
        if (_selectedDepth == 0)
        {
            EndValue(IsSelectedDue, context.Start, context.End);
        }
    }

    public void OnNumber(ReadOnlySpan<byte> utf8Number, in JsonEventContext context) => Scalar(JsonValueKind.Number, context);

    public void OnBoolean(bool value, in JsonEventContext context) => Scalar(value ? JsonValueKind.True : JsonValueKind.False, context);

    public void OnNull(in JsonEventContext context) => Scalar(JsonValueKind.Null, context);

    public readonly void OnDocumentCompleted()
    {
    }

    private void Scalar(JsonValueKind kind, in JsonEventContext context)
    {
        if (_selectedDepth > 0)
        {
            return;
        }

        if (IsSelectedDue)
        {
            Sink.OnStart(kind, context.Start);
        }

        EndValue(IsSelectedDue, context.Start, context.End);
    }

    private void StartContainer(JsonValueKind kind, long start)
    {
        if (_selectedDepth > 0 || IsSelectedDue)
        {
            if (_selectedDepth++ == 0)
            {
                Sink.OnStart(kind, start);
            }

            return;
        }

        _stack.Push();
        _isArray.Push(kind == JsonValueKind.Array);
        EnterItemIfDue(start + 1);
    }

    private void EndContainer(long start, long end)
    {
        if (_selectedDepth == 0)
        {
            _stack.Pop();
            _isArray.Pop();
            EndValue(isSelected: false, start, end);
        }
        else if (--_selectedDepth == 0)
        {
            EndValue(isSelected: true, start, end);
        }
    }

    private void EndValue(bool isSelected, long start, long end)
    {
        if (isSelected)
        {
            Sink.OnEnd(start, end);
        }

        EnterItemIfDue(end);
    }

    private void EnterItemIfDue(long from)
    {
        _due = _isArray.Count == 0 ? _stack.EnterRoot() : _isArray.Peek() ? _stack.EnterItem() : PathReach.None;
        Sink.OnDue(IsSelectedDue, from);
    }
}
