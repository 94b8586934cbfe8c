using System;

namespace StreamingJson.Framing;

/// <summary>
/// The headers of one AWS event stream message, in the order of the wire. Well-formed and without duplicate names: the reader refuses other
/// messages.
/// </summary>
/// <remarks>
/// Enumerate with <c>foreach</c>, which allocates nothing, or look a name up (names are case-sensitive; a look-up walks the headers). Lives
/// as long as the <see cref="Frame"/>.
/// </remarks>
public readonly ref struct EventStreamHeaders
{
    /// <summary>The most headers that a message may have: 256. (Real messages have three to six.)</summary>
    public const int MaxCount = 256;

    private readonly ReadOnlySpan<byte> _block;

    internal EventStreamHeaders(ReadOnlySpan<byte> block, int count)
    {
        _block = block;
        Count = count;
    }

    /// <summary>The number of headers.</summary>
    public int Count { get; }

    /// <summary>Looks a header up.</summary>
    /// <param name="name">The name in UTF-8.</param>
    /// <param name="header">The header, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(ReadOnlySpan<byte> name, out EventStreamHeader header)
    {
        foreach (EventStreamHeader candidate in this)
        {
            if (candidate.Name.SequenceEqual(name))
            {
                header = candidate;
                return true;
            }
        }

        header = default;
        return false;
    }

    /// <summary>Looks up a header whose value is a text.</summary>
    /// <param name="name">The name in UTF-8.</param>
    /// <param name="value">The text in UTF-8, if there is one.</param>
    /// <returns>Whether there is such a header and it is of type <see cref="EventStreamHeaderType.String"/>.</returns>
    public bool TryGetUtf8String(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        bool found = TryGet(name, out EventStreamHeader header) && header.Type == EventStreamHeaderType.String;
        value = found ? header.RawValue : default;
        return found;
    }

    /// <summary>Enumerates the headers.</summary>
    /// <returns>An enumerator on the stack.</returns>
    public Enumerator GetEnumerator() => new(_block);

    /// <summary>Walks the header block.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _block;
        private int _position;
        private EventStreamHeader _current;

        internal Enumerator(ReadOnlySpan<byte> block)
        {
            _block = block;
            _position = 0;
            _current = default;
        }

        /// <summary>The header that the last <see cref="MoveNext"/> found.</summary>
        public readonly EventStreamHeader Current => _current;

        /// <summary>Goes to the next header.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext() => _position < _block.Length && EventStreamHeader.TryRead(_block, ref _position, out _current);
    }
}
