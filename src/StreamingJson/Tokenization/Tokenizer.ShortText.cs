using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>
/// Chunks of a few bytes that are all text of an open string or name (<see cref="ShortText"/>): taken as one word, without the scanner.
/// What is not taken is scanned, with the same result.
/// </content>
internal partial struct Tokenizer<THandler>
{
    /// <summary>
    /// Takes a chunk as <see cref="ShortText"/> reads it, if a string or name is open and there is no stop in it. False when it has to be
    /// scanned.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeShortText(ulong word, ulong halves, int length, int end)
    {
        if (State != ScanState.InString || StringStops.HasStop(halves) || end > _textLimit)
        {
            return false;
        }

        if (_isEscaped)
        {
            if (!Handler.TryAppendShortText(word, length))
            {
                return false;
            }

            _runStart = end;
        }

        BytesExamined += length;
        return true;
    }

    public readonly bool IsBetweenTokens => State < ScanState.InString;

    /// <summary>Whether it is worth asking <see cref="TryTakeShortUtf8"/> and <see cref="TryTakeShortEscapedUtf8"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool MayTakeShortUtf8(ulong word) =>
        State == ScanState.InStringUtf8 || ((word & Utf8Sequence.HighBits) != 0 && State == ScanState.InString);

    /// <summary>As <see cref="TryTakeShortText"/>, for text that is not ASCII or follows a cut UTF-8 sequence, and has no escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeShortUtf8(ulong word, int length, int end)
    {
        if (_isEscaped || end > _textLimit)
        {
            return false;
        }

        BytesExamined += length;
        if (!_sequence.TryTake(word, length))
        {
            return false;
        }

        State = _sequence.IsWhole ? ScanState.InString : ScanState.InStringUtf8;
        return true;
    }

    /// <summary>
    /// As <see cref="TryTakeShortUtf8"/>, for text of a string or name that has an escape. The data are the bytes so far, and the free ones
    /// behind them.
    /// </summary>
    public bool TryTakeShortEscapedUtf8(ReadOnlySpan<byte> data, ulong word, int length, int end)
    {
        Utf8Sequence before = _sequence;
        if (!_isEscaped || end > _textLimit || !_sequence.TryTake(word, length))
        {
            return false;
        }

        // From the sequence that was cut before, up to the one that is cut now.
        int cut = _sequence.IsWhole ? 0 : Utf8Sequence.CutAtEnd(data.Slice(_runStart, end - _runStart));
        int run = end - cut - _runStart;
        if (run > sizeof(ulong) || !Handler.TryAppendShortText(BinaryPrimitives.ReadUInt64LittleEndian(data.Slice(_runStart)), run))
        {
            _sequence = before;
            return false;
        }

        BytesExamined += length;
        _runStart += run;
        State = _sequence.IsWhole ? ScanState.InString : ScanState.InStringUtf8;
        return true;
    }

    /// <summary>Whether it is worth asking <see cref="TryTakeShortEscapes"/>.</summary>
    public readonly bool MayTakeShortEscapes => _isEscaped && (State is ScanState.InString or ScanState.InStringEscape);

    /// <summary>As <see cref="TryTakeShortText"/>, for text with escapes of one letter, where there is one already. It may be cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeShortEscapes(ulong word, int length, int end)
    {
        if (_highSurrogate != 0 || end > _textLimit)
        {
            return false;
        }

        bool isAfterBackslash = State == ScanState.InStringEscape;
        int count = ShortText.Unescape(word, length, ref isAfterBackslash, out ulong text);
        if (count < 0 || !Handler.TryAppendShortText(text, count))
        {
            return false;
        }

        BytesExamined += length;
        _runStart = end;
        State = isAfterBackslash ? ScanState.InStringEscape : ScanState.InString;
        return true;
    }
}
