using System;
using System.Runtime.CompilerServices;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>Strings and property names (RFC 8259, section 7).</content>
internal partial struct Tokenizer<THandler>
{
    private bool _isName;
    private bool _isEscaped;
    private long _textLimit;
    private int _runStart;
    private Utf8Sequence _sequence;

    /// <summary>Whether the cut token is a string value.</summary>
    public readonly bool IsInString => !_isName && IsInText;

    /// <summary>Whether the cut token is a property name or a string value.</summary>
    public readonly bool IsInText => LexicalState is >= ScanState.InString and <= ScanState.LastInString;

    /// <summary>Whether the cut token has an escape, so that its text is what the handler was told by <c>OnText</c>.</summary>
    public readonly bool IsEscaped => _isEscaped;

    // At the opening quote. What comes whole and without an escape or a UTF-8 sequence, as most do, is handed over at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ScanName(ReadOnlySpan<byte> data, int quote)
    {
        int stop = StringStops.Next(data, quote + 1);
        if ((uint)stop >= (uint)data.Length || data[stop] != '"' || stop - quote - 1 > _settings.MaxNameBytes)
        {
            _isName = true;
            Handler.OnStartName(quote);
            return StartText(data, quote, stop, _settings.MaxNameBytes);
        }

        if (!Handler.OnName(data, quote, stop + 1))
        {
            return FailAtRepeatedName(quote, stop);
        }

        State = ScanState.BeforeColon;
        return stop + 1;
    }

    // The closing quote is refused: the name is cut there, as if it had come in pieces.
    private int FailAtRepeatedName(int quote, int closingQuote)
    {
        _isName = true;
        _tokenStart = quote;
        State = ScanState.InString;
        return Fail(JsonErrorCode.DuplicateName, closingQuote);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ScanStringValue(ReadOnlySpan<byte> data, int quote)
    {
        int stop = StringStops.Next(data, quote + 1);
        if ((uint)stop >= (uint)data.Length || data[stop] != '"' || stop - quote - 1 > _settings.MaxStringBytes)
        {
            _isName = false;
            Handler.OnStartString(quote);
            return StartText(data, quote, stop, _settings.MaxStringBytes);
        }

        Handler.OnString(data, quote, stop + 1);
        EndValue();
        return stop + 1;
    }

    // Everything up to the stop is plain text.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int StartText(ReadOnlySpan<byte> data, int quote, int stop, int maxBytes)
    {
        _tokenStart = quote;
        _runStart = quote + 1;
        _textLimit = (long)_runStart + maxBytes;
        _isEscaped = false;
        State = ScanState.InString;
        bool isCut = stop == data.Length && stop <= _textLimit && !Handler.WantsPlainText;
        return isCut ? stop : ScanStringFrom(data, stop);
    }

    private int ResumeString(ReadOnlySpan<byte> data, int index)
    {
        index = State switch
        {
            ScanState.InStringUtf8 => ScanSequence(data, index),
            ScanState.InStringEscape => ScanEscape(data, index),
            ScanState.InStringUnicodeEscape => ScanUnicodeEscape(data, index),
            ScanState.AfterHighSurrogate => ScanAfterHighSurrogate(data, index),
            _ => index,
        };
        return State == ScanState.InString ? ScanString(data, index) : index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ScanString(ReadOnlySpan<byte> data, int index)
    {
        int stop = StringStops.Next(data, _isEscaped ? TakeEscapedText(data, index) : index);
        if (stop == data.Length && stop <= _textLimit && !Handler.WantsPlainText && (!_isEscaped || _runStart == stop))
        {
            return stop;
        }

        return (uint)stop < (uint)data.Length && data[stop] == '"' && stop <= _textLimit && !_isEscaped && !Handler.WantsPlainText
            ? EndText(data, stop)
            : ScanStringFrom(data, stop);
    }

    // At a byte that is not plain text, or at the end of the data.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ScanStringFrom(ReadOnlySpan<byte> data, int index)
    {
        while (true)
        {
            if (index > _textLimit)
            {
                return FailTextLimit(data);
            }

            if ((uint)index >= (uint)data.Length)
            {
                HandOverRun(data, index);
                return index;
            }

            byte next = data[index];
            if (next == '"')
            {
                return EndText(data, index);
            }

            if (index == _textLimit)
            {
                return FailTextLimit(data);
            }

            if (next == '\\')
            {
                StartEscape(data, index);
                index = ScanEscape(data, index + 1);
                if (State == ScanState.InString)
                {
                    index = TakeEscapedText(data, index);
                }
            }
            else if (next >= 0x80)
            {
                index = StartSequence(data, index);
            }
            else
            {
                return FailInText(data, JsonErrorCode.ControlCharacterInString, index);
            }

            if (State != ScanState.InString)
            {
                return index;
            }

            index = StringStops.Next(data, index);
        }
    }

    // At the lead byte of a UTF-8 sequence: all that follow one another are read here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int StartSequence(ReadOnlySpan<byte> data, int index)
    {
        index = Utf8Sequence.SkipWhole(data.Slice(0, (int)Math.Min(data.Length, _textLimit)), index);
        while ((uint)index < (uint)data.Length && data[index] >= 0x80)
        {
            if (index == _textLimit)
            {
                return FailTextLimit(data);
            }

            if (!_sequence.TryStart(data[index]))
            {
                return FailInText(data, JsonErrorCode.InvalidUtf8, index);
            }

            State = ScanState.InStringUtf8;
            int start = index;
            index = ScanSequence(data, index + 1);
            if (State == ScanState.InStringUtf8)
            {
                HandOverRun(data, start);
            }

            if (State != ScanState.InString)
            {
                return index;
            }
        }

        return index;
    }

    // In a string or name that has an escape.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TakeEscapedText(ReadOnlySpan<byte> data, int index)
    {
        if (Handler.WantsPlainText)
        {
            return index;
        }

        HandOverRun(data, index);
        index += Handler.TakeEscapedText(data.Slice(index), (int)Math.Min(data.Length, _textLimit) - index);
        _runStart = index;
        return index;
    }

    /// <summary>Whether plain text of a string or name that has an escape comes next.</summary>
    public readonly bool IsInEscapedText => State == ScanState.InString && _isEscaped;

    /// <summary>
    /// Takes as much as it can of such text, and returns the index after it: where the bytes behind the end may be looked at, this is
    /// faster than <see cref="Scan"/>, which goes on from there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ScanEscapedText(ReadOnlySpan<byte> dataAndFree, int index, int end)
    {
        int taken = Handler.TakeEscapedText(dataAndFree.Slice(index), (int)Math.Min(end, _textLimit) - index);
        BytesExamined += taken;
        _runStart = index + taken;
        return _runStart;
    }

    private int ScanSequence(ReadOnlySpan<byte> data, int index)
    {
        while (!_sequence.IsWhole)
        {
            if ((uint)index >= (uint)data.Length)
            {
                return index;
            }

            if (index == _textLimit)
            {
                return FailTextLimit(data);
            }

            if (!_sequence.TryContinue(data[index]))
            {
                return FailInText(data, JsonErrorCode.InvalidUtf8, index);
            }

            index++;
        }

        State = ScanState.InString;
        return index;
    }

    private int EndText(ReadOnlySpan<byte> data, int quote)
    {
        HandOverRun(data, quote);
        if (!_isName)
        {
            Handler.OnEndString(quote + 1, _isEscaped && _hasReplacedSurrogate);
            EndValue();
        }
        else if (Handler.OnEndName(data, quote + 1))
        {
            State = ScanState.BeforeColon;
        }
        else
        {
            return Fail(JsonErrorCode.DuplicateName, quote);
        }

        return quote + 1;
    }

    // Text without an escape is a slice of the data already; only who asked for it is told.
    private void HandOverRun(ReadOnlySpan<byte> data, int end)
    {
        if ((_isEscaped || Handler.WantsPlainText) && end > _runStart)
        {
            Handler.OnText(data.Slice(_runStart, end - _runStart));
            _runStart = end;
        }
    }

    private int FailTextLimit(ReadOnlySpan<byte> data) =>
        FailInText(data, _isName ? JsonErrorCode.NameLimit : JsonErrorCode.StringLimit, (int)_textLimit);

    // What stands whole before the error was received, and is handed over like the rest.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FailInText(ReadOnlySpan<byte> data, JsonErrorCode code, int index)
    {
        if (State is ScanState.InString or ScanState.InStringUtf8)
        {
            HandOverRun(data, State == ScanState.InString ? index : Utf8Sequence.StartOfCut(data, index));
        }

        return Fail(code, index);
    }
}
