using System;
using System.Collections.Generic;
using StreamingJson.Binding;

namespace StreamingJson.Tool;

/// <summary>Which of a parser's events are of values that patterns select; all of them without patterns.</summary>
/// <remarks>
/// The patterns are told of values before the events are read, so the beginnings of selected values wait in a queue, by their offsets and
/// each once, until the events get there.
/// </remarks>
internal sealed class PathSelection(IReadOnlyList<PathPattern> patterns) : IDisposable
{
    private readonly PathWatcher<Starts> _watcher = new(new Starts(new Queue<int>()), patterns, PathEvents.Started);
    private readonly Stack<bool> _open = new();

    public void Attach(StreamingJsonParser parser)
    {
        _open.Clear();
        _watcher.Handler.Waiting.Clear();
        _watcher.Attach(parser);
    }

    /// <summary>Whether the event is of a selected value. To be asked of every event, in order.</summary>
    public bool Includes(in JsonEvent next)
    {
        if (patterns.Count == 0)
        {
            return true;
        }

        switch (next.Kind)
        {
            case JsonEventKind.Started:
                _open.Push(_watcher.Handler.Take(next.ByteRange.Start));
                return _open.Peek();
            case JsonEventKind.StringDelta:
                return _open.Peek();
            case JsonEventKind.Completed:
                return _open.Pop();
            default:
                return false;
        }
    }

    public void Dispose() => _watcher.Dispose();

    private readonly struct Starts(Queue<int> waiting) : IPathHandler
    {
        public Queue<int> Waiting { get; } = waiting;

        public bool Take(int start)
        {
            bool isNext = Waiting.TryPeek(out int next) && next == start;
            while (Waiting.TryPeek(out next) && next == start)
            {
                Waiting.Dequeue(); // once for each pattern
            }

            return isNext;
        }

        public void OnStarted(int pattern, PartialJsonElement value) => Waiting.Enqueue(value.ByteRange.Start);

        public void OnTextDelta(int pattern, PartialJsonElement value, ReadOnlySpan<byte> utf8Text)
        {
        }

        public void OnCompleted(int pattern, PartialJsonElement value)
        {
        }
    }
}
