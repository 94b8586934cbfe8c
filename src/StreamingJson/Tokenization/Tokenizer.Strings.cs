using System;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>Strings and property names (RFC 8259, section 7).</content>
internal partial struct Tokenizer<THandler>
{
    private bool _isName;
    private bool _isEscaped;
    private long _textLimit;
    private int _runStart;
    private int _sequenceStart;
    private Utf8Sequence _sequence;

    /// <summary>
    /// The index of the first byte of text that the handler was not told of: a run that stands in the data as it is, or the bytes of a
    /// cut UTF-8 sequence.
    /// </summary>
    public readonly int RunStart => _runStart;

    /// <summary>Whether the cut token is a property name.</summary>
    public readonly bool IsInName => _isName && IsInText;

    /// <summary>Whether the cut token is a string value.</summary>
    public readonly bool IsInString => !_isName && IsInText;

    /// <summary>Whether the cut token is a property name or a string value.</summary>
    public readonly bool IsInText => LexicalState is >= ScanState.InString and <= ScanState.LastInString;

    /// <summary>Whether the cut token has an escape, so that its text is what the handler was told by <c>OnText</c>.</summary>
    public readonly bool IsEscaped => _isEscaped;

    /// <summary>Where the whole scalar values of a cut string without escapes end, in data of <paramref name="length"/> bytes.</summary>
    public readonly int PlainTextEnd(int length) => LexicalState == ScanState.InStringUtf8 ? _sequenceStart : length;

    private int StartName(ReadOnlySpan<byte> data, int index)
    {
        _isName = true;
        Handler.OnStartName(index);
        return StartText(data, index, _settings.MaxNameBytes);
    }

    private int StartString(ReadOnlySpan<byte> data, int index)
    {
        _isName = false;
        Handler.OnStartString(index);
        return StartText(data, index, _settings.MaxStringBytes);
    }

    private int StartText(ReadOnlySpan<byte> data, int quote, int maxBytes)
    {
        _tokenStart = quote;
        _runStart = quote + 1;
        _textLimit = (long)_runStart + maxBytes;
        _isEscaped = false;
        _hasReplacedSurrogate = false;
        State = ScanState.InString;
        return ScanString(data, _runStart);
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

    private int ScanString(ReadOnlySpan<byte> data, int index)
    {
        while (true)
        {
            index = StringStops.Next(data, index);
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
        }
    }

    // At the lead byte of a UTF-8 sequence: all that follow one another are read here.
    private int StartSequence(ReadOnlySpan<byte> data, int index)
    {
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
            _sequenceStart = index;
            index = ScanSequence(data, index + 1);
            if (State == ScanState.InStringUtf8)
            {
                HandOverRun(data, _sequenceStart);
            }

            if (State != ScanState.InString)
            {
                return index;
            }
        }

        return index;
    }

    private int ScanSequence(ReadOnlySpan<byte> data, int index)
    {
        while (_sequence.Remaining > 0)
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
            Handler.OnEndString(quote + 1, _hasReplacedSurrogate);
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
    private int FailInText(ReadOnlySpan<byte> data, JsonErrorCode code, int index)
    {
        if (State is ScanState.InString or ScanState.InStringUtf8)
        {
            HandOverRun(data, State == ScanState.InString ? index : _sequenceStart);
        }

        return Fail(code, index);
    }
}
