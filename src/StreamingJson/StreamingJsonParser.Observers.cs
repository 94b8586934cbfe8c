using System;
using System.Runtime.CompilerServices;
using System.Threading;
using StreamingJson.Documents;

namespace StreamingJson;

/// <content>Those who are told of what is done to the parser.</content>
public sealed partial class StreamingJsonParser
{
    // Null for none, so that an append asks one question. Never changed in place: it is walked while observers come and go.
    private ParserObserver[]? _observers;

    /// <summary>Whether reading on can bring nothing more: the end was declared, the text is invalid, or the parser was disposed.</summary>
    internal bool IsEnded => Outcome != JsonOutcome.Partial;

    internal LiveDocument Document => _document;

    /// <summary>From here on <paramref name="observer"/> is told of the operations, in the order of attaching.</summary>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    internal void Attach(ParserObserver observer)
    {
        _document.ThrowIfDisposed();
        _observers = [.. _observers ?? [], observer];
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellOfOperation(ParserObserver[] observers)
    {
        foreach (ParserObserver observer in observers)
        {
            observer.OnOperation(this);
        }
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
