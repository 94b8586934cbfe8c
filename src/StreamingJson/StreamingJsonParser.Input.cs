using System;
using System.Buffers;

namespace StreamingJson;

/// <content>The other ways in: sequences, chars, and a buffer to write to.</content>
public sealed partial class StreamingJsonParser
{
    /// <inheritdoc cref="Append(ReadOnlySpan{byte})"/>
    public void Append(in ReadOnlySequence<byte> utf8Json)
    {
        if (!TryAppend(utf8Json))
        {
            ThrowError();
        }
    }

    /// <inheritdoc cref="TryAppend(ReadOnlySpan{byte})"/>
    public bool TryAppend(in ReadOnlySequence<byte> utf8Json)
    {
        _document.StartOperation();
        bool isValid = _document.TryTake([]);
        foreach (ReadOnlyMemory<byte> segment in utf8Json)
        {
            isValid = _document.TryTake(segment.Span);
        }

        if (_observers is { } observers && _document.Changes(_countedRows) != _toldChanges)
        {
            TellOfOperation(observers);
        }

        return isValid;
    }

    /// <summary>
    /// Takes more of the text as UTF-16 code units, cut anywhere: also a surrogate pair may be split over two calls. Offsets count the
    /// bytes of the same text in UTF-8. A surrogate without its partner is <see cref="JsonErrorCode.InvalidUtf8"/>.
    /// </summary>
    /// <inheritdoc cref="Append(ReadOnlySpan{byte})"/>
    public void Append(ReadOnlySpan<char> json)
    {
        if (!TryAppend(json))
        {
            ThrowError();
        }
    }

    /// <summary>As <see cref="Append(ReadOnlySpan{char})"/>, but an invalid text is false and <see cref="Error"/>, not an exception.</summary>
    /// <inheritdoc cref="TryAppend(ReadOnlySpan{byte})"/>
    public bool TryAppend(ReadOnlySpan<char> json)
    {
        bool isValid = _document.TryAppend(json);
        if (_observers is { } observers && _document.Changes(_countedRows) != _toldChanges)
        {
            TellOfOperation(observers);
        }

        return isValid;
    }

    /// <summary>
    /// Free space at the end of the text, to write UTF-8 to; <see cref="Advance"/> takes what was written. Valid until the next call on
    /// the parser.
    /// </summary>
    /// <param name="sizeHint">
    /// The least number of bytes wanted. There may be fewer if they would go more than 256 beyond <see cref="JsonLimits.MaxDocumentBytes"/>:
    /// no space is taken for a text that is refused anyway.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sizeHint"/> is negative.</exception>
    /// <exception cref="StreamingJsonException">The text is invalid already.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Complete"/> was called.</exception>
    /// <exception cref="ObjectDisposedException">The parser was disposed.</exception>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(sizeHint));
        }

        _document.ThrowIfDisposed();
        if (Outcome == JsonOutcome.Invalid)
        {
            ThrowError();
        }

        return _document.GetFree(Math.Max(sizeHint, DefaultBufferSize), DefaultBufferSize);
    }

    /// <inheritdoc cref="GetMemory"/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Takes <paramref name="count"/> bytes that were written to <see cref="GetMemory"/> or <see cref="GetSpan"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or more than there was space for.</exception>
    /// <inheritdoc cref="Append(ReadOnlySpan{byte})"/>
    public void Advance(int count)
    {
        if (count < 0 || count > _document.Json.Free)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        _document.StartOperation();
        bool isValid = _document.TryTakeWritten(count);
        if (_observers is { } observers && _document.Changes(_countedRows) != _toldChanges)
        {
            TellOfOperation(observers);
        }

        if (!isValid)
        {
            ThrowError();
        }
    }
}
