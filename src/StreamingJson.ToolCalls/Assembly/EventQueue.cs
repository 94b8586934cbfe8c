using System;

namespace StreamingJson.ToolCalls.Assembly;

/// <summary>Events in order; keeps its array.</summary>
internal struct EventQueue
{
    private ModelEvent[]? _events;
    private int _head;
    private int _tail;

    public readonly bool IsEmpty => _head == _tail;

    public readonly int Count => _tail - _head;

    /// <summary>The next event, which must be there.</summary>
    public readonly ref readonly ModelEvent First => ref _events![_head];

    public void Enqueue(in ModelEvent value)
    {
        _events ??= new ModelEvent[16];
        if (_tail == _events.Length)
        {
            Array.Resize(ref _events, _tail * 2);
        }

        _events[_tail++] = value;
    }

    public bool TryDequeue(out ModelEvent value)
    {
        if (IsEmpty)
        {
            value = default;
            return false;
        }

        value = _events![_head++];
        if (_head == _tail)
        {
            _head = _tail = 0;
        }

        return true;
    }

    public void Clear()
    {
        if (_events is not null)
        {
            Array.Clear(_events, 0, _events.Length);
        }

        _head = _tail = 0;
    }
}
