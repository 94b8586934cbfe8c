using System;
using System.Runtime.CompilerServices;
using System.Threading;
using StreamingJson.Documents;

namespace StreamingJson;

/// <content>Those who are told of what is done to the parser.</content>
public sealed partial class StreamingJsonParser
{
    private const int NothingTold = -1;
    private const int AllRows = -1;
    private const int NoRows = 0;

    // Null for none, so that an append asks one question. Never changed in place: it is walked while observers come and go.
    private ParserObserver[]? _observers;

    // How far the document had changed when all were told, and whether rows count for that; nothing, when the next operation is told whatever it does.
    private int _toldChanges = NothingTold;
    private int _countedRows;

    /// <summary>Whether reading on can bring nothing more: the end was declared, the text is invalid, or the parser was disposed.</summary>
    internal bool IsEnded => Outcome != JsonOutcome.Partial;

    internal LiveDocument Document => _document;

    /// <summary>From here on <paramref name="observer"/> is told of the operations, in the order of attaching.</summary>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    internal void Attach(ParserObserver observer)
    {
        _document.ThrowIfDisposed();
        _observers = [.. _observers ?? [], observer];
        TellNextOperation();
    }

    /// <summary>Takes back <see cref="Attach"/>; nothing happens when the observer is not attached.</summary>
    internal void Detach(ParserObserver observer)
    {
        if (_observers is { } observers && Array.IndexOf(observers, observer) is >= 0 and int index)
        {
            _observers = observers.Length == 1 ? null : [.. observers.AsSpan(0, index), .. observers.AsSpan(index + 1)];
        }
    }

    /// <summary>The first attached observer of a type, or null.</summary>
    internal TObserver? FindObserver<TObserver>()
        where TObserver : ParserObserver
    {
        foreach (ParserObserver observer in _observers ?? [])
        {
            if (observer is TObserver found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>An observer has changed its mind, outside of an operation: the next one is told in any case.</summary>
    internal void TellNextOperation() => _toldChanges = NothingTold;

    // What is told is noted when all have been: after one that throws, the next operation is told whatever it does.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellOfOperation(ParserObserver[] observers)
    {
        LiveDocument document = _document;
        int rows = document.Changes(AllRows);
        int ends = document.Changes(NoRows);
        _toldChanges = NothingTold;
        var wanted = OperationKinds.Ends;
        foreach (ParserObserver observer in observers)
        {
            observer.OnOperation(this);
            OperationKinds wantedByThis = observer.Wanted;
            wanted = wantedByThis > wanted ? wantedByThis : wanted;
        }

        _countedRows = wanted == OperationKinds.Ends ? NoRows : AllRows;
        _toldChanges = wanted switch { OperationKinds.Ends => ends, OperationKinds.Changes => rows, _ => NothingTold };
    }

    private void TellOfForgetting()
    {
        if (Interlocked.Exchange(ref _observers, null) is { } observers)
        {
            foreach (ParserObserver observer in observers)
            {
                observer.OnForgetting(this);
            }
        }
    }
}
