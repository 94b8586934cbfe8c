using System;
using StreamingJson.Documents;

namespace StreamingJson;

/// <summary>
/// What the last operation on a parser did, as <see cref="JsonEvent"/>s. For <c>foreach</c>; nothing is allocated.
/// </summary>
/// <remarks>
/// Nothing is recorded for them: the events are read off the tape, and cost nothing unless they are enumerated. They may be enumerated until the next
/// operation on the parser; later, the enumerator throws <see cref="InvalidOperationException"/>.
/// </remarks>
public readonly struct JsonEvents
{
    private readonly LiveDocument _document;
    private readonly int _operation;

    internal JsonEvents(LiveDocument document)
    {
        _document = document;
        _operation = document.Operation;
    }

    /// <summary>Begins the enumeration. Dispose the enumerator, as <c>foreach</c> does: it uses a pooled stack.</summary>
    public Enumerator GetEnumerator() => _document is null ? default : new(_document, _operation);

    /// <summary>Reads the events off the tape.</summary>
    public ref struct Enumerator
    {
        private TapeChanges _changes;

        internal Enumerator(LiveDocument document, int operation) => _changes = new TapeChanges(document, operation);

        /// <summary>The event.</summary>
        public readonly JsonEvent Current => _changes.Current;

        /// <summary>Goes to the next event; false when there is none.</summary>
        /// <exception cref="InvalidOperationException">There was another operation on the parser.</exception>
        public bool MoveNext() => _changes.MoveNext();

        /// <summary>Gives the stack back.</summary>
        public void Dispose() => _changes.Dispose();
    }
}
