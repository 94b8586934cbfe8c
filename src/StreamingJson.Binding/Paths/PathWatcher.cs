using System;
using System.Collections.Generic;
using StreamingJson.Documents;
using StreamingJson.Paths;

namespace StreamingJson.Binding;

/// <summary>
/// Calls a struct with the values that patterns select, while a parser reads them. The patterns are compiled once; a watcher may be used
/// for one parser, or one text, after the other.
/// </summary>
/// <remarks>
/// <para>
/// It costs a few instructions per append, and one step of the automaton per value: no virtual call, and after warm-up no allocation. It
/// does not even look at values that no pattern can reach.
/// </para>
/// <para>
/// What the handler throws comes out of the operation (<c>Append</c>, <c>Complete</c>, or <see cref="Attach"/>). That operation is done:
/// the parser has taken all of its bytes, and may still be used, or reset. The call that threw is not repeated; those after it follow
/// with the next operation, even an append of nothing. A handler may append to the parser, reset or dispose it, or dispose the watcher.
/// </para>
/// <para>Not thread-safe: it belongs to the thread that writes to the parser.</para>
/// </remarks>
/// <typeparam name="THandler">The handler.</typeparam>
public sealed class PathWatcher<THandler> : IDisposable
    where THandler : struct, IPathHandler
{
    private readonly Observer _observer;

    /// <summary>Compiles patterns.</summary>
    /// <param name="handler">The handler; copied. Reach the watcher's own copy by <see cref="Handler"/>.</param>
    /// <param name="patterns">The patterns; the handler is told which one by its place.</param>
    /// <param name="events">Which events the handler wants; the fewer, the cheaper.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public PathWatcher(THandler handler, IReadOnlyList<PathPattern> patterns, PathEvents events = PathEvents.All)
    {
        PathPattern[] copy = [.. patterns ?? throw new ArgumentNullException(nameof(patterns))];
        if (Array.IndexOf(copy, null) >= 0)
        {
            throw new ArgumentNullException(nameof(patterns));
        }

        _observer = new Observer(new PathCursor(copy, _ => (PathEventKinds)events)) { Handler = handler };
    }

    /// <summary>The handler.</summary>
    public ref THandler Handler => ref _observer.Handler;

    /// <summary>
    /// Begins to watch a parser, instead of the one before. The handler is told at once, and once, about what has already arrived. The parser's
    /// <see cref="StreamingJsonParser.Reset"/> or <see cref="StreamingJsonParser.Dispose"/> ends it; it may then be attached again.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="parser"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public void Attach(StreamingJsonParser parser)
    {
        if (parser is null)
        {
            throw new ArgumentNullException(nameof(parser));
        }

        _observer.Detach();
        _observer.Attach(parser);
    }

    /// <summary>Ends the watch. The parser stays as it is.</summary>
    public void Dispose() => _observer.Detach();

    private sealed class Observer(PathCursor cursor) : ParserObserver
    {
        public THandler Handler;

        private StreamingJsonParser? _parser;
        private bool _isTelling;

        public void Attach(StreamingJsonParser parser)
        {
            parser.Attach(this);
            cursor.Clear();
            _parser = parser;
            OnOperation(parser);
        }

        public void Detach()
        {
            _parser?.Detach(this);
            _parser = null;
        }

        public override OperationKinds Wanted => _isTelling ? OperationKinds.All : cursor.Wanted;

        public override void OnOperation(StreamingJsonParser parser)
        {
            // When the handler appended, the loop that called it goes on with what that brought.
            if (!_isTelling && cursor.Advance(parser.Document))
            {
                Tell(parser);
            }
        }

        public override void OnForgetting(StreamingJsonParser parser) => _parser = null;

        private void Tell(StreamingJsonParser parser)
        {
            _isTelling = true;
            try
            {
                TapeView view = parser.Document.View;
                while (cursor.TryNext(view, out PathEvent next))
                {
                    int operation = parser.Document.Operation;
                    Tell(new PartialJsonElement(view, next.Row), next);
                    if (parser.Document.Operation != operation || _parser != parser)
                    {
                        if (_parser != parser)
                        {
                            break; // The handler reset the parser, or ended the watch.
                        }

                        view = parser.Document.View;
                    }
                }
            }
            finally
            {
                _isTelling = false;
            }
        }

        private void Tell(PartialJsonElement value, in PathEvent next)
        {
            switch (next.Kind)
            {
                case PathEventKinds.Started:
                    Handler.OnStarted(next.Pattern, value);
                    break;
                case PathEventKinds.TextDelta:
                    Handler.OnTextDelta(next.Pattern, value, value.TextUtf8.Slice(next.TextStart, next.TextLength));
                    break;
                default:
                    Handler.OnCompleted(next.Pattern, value);
                    break;
            }
        }
    }
}
