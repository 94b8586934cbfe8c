using System;
using StreamingJson.Text;

namespace StreamingJson.Tokenization;

/// <content>Escapes inside strings and names, and the surrogate pairs among them (RFC 8259, section 7).</content>
internal partial struct Tokenizer<THandler>
{
    private const int HexDigitsOfEscape = 4;

    private int _codeUnit;
    private int _hexDigits;
    private int _highSurrogate;
    private bool _hasReplacedSurrogate;

    // At the backslash.
    private void StartEscape(ReadOnlySpan<byte> data, int backslash)
    {
        if (!_isEscaped)
        {
            _isEscaped = true;
            _hasReplacedSurrogate = false;
            Handler.OnEscaped();
        }

        HandOverRun(data, backslash);
        State = ScanState.InStringEscape;
    }

    // After the backslash.
    private int ScanEscape(ReadOnlySpan<byte> data, int index)
    {
        if ((uint)index >= (uint)data.Length)
        {
            return index;
        }

        if (index == _textLimit)
        {
            return FailTextLimit(data);
        }

        byte letter = data[index];
        if (letter == 'u')
        {
            _codeUnit = 0;
            _hexDigits = 0;
            State = ScanState.InStringUnicodeEscape;
            return ScanUnicodeEscape(data, index + 1);
        }

        byte unescaped = JsonBytes.UnescapeLetter(letter);
        if (unescaped == 0)
        {
            return Fail(JsonErrorCode.InvalidEscape, index);
        }

        if (_highSurrogate != 0 && !TryReplaceHighSurrogate())
        {
            return Fail(JsonErrorCode.UnpairedSurrogate, index);
        }

        Handler.OnText(unescaped);
        return EndEscape(index + 1);
    }

    // After "\u" and the digits read so far.
    private int ScanUnicodeEscape(ReadOnlySpan<byte> data, int index)
    {
        while (_hexDigits < HexDigitsOfEscape)
        {
            if ((uint)index >= (uint)data.Length)
            {
                return index;
            }

            if (index == _textLimit)
            {
                return FailTextLimit(data);
            }

            int digit = JsonBytes.HexValue(data[index]);
            if (digit < 0)
            {
                return Fail(JsonErrorCode.InvalidUnicodeEscape, index);
            }

            _codeUnit = (_codeUnit << 4) | digit;
            _hexDigits++;
            if (IsCertainlyUnpaired() && !TryReplaceHighSurrogate())
            {
                return Fail(JsonErrorCode.UnpairedSurrogate, index);
            }

            index++;
        }

        return EndUnicodeEscape(index);
    }

    private int EndUnicodeEscape(int index)
    {
        if (_highSurrogate != 0)
        {
            // Anything but its partner was found at an earlier digit.
            HandOverScalar(0x10000 + ((_highSurrogate - 0xD800) << 10) + (_codeUnit - 0xDC00));
            _highSurrogate = 0;
            return EndEscape(index);
        }

        if (_codeUnit is >= 0xD800 and <= 0xDBFF)
        {
            _highSurrogate = _codeUnit;
            State = ScanState.AfterHighSurrogate;
            return index;
        }

        if (_codeUnit is >= 0xDC00 and <= 0xDFFF)
        {
            HandOverReplacement();
        }
        else
        {
            HandOverScalar(_codeUnit);
        }

        return EndEscape(index);
    }

    private int ScanAfterHighSurrogate(ReadOnlySpan<byte> data, int index)
    {
        byte next = data[index];
        if (index == _textLimit && next != '"')
        {
            return FailTextLimit(data);
        }

        if (next == '\\')
        {
            State = ScanState.InStringEscape;
            return ScanEscape(data, index + 1);
        }

        // A byte that may not stand here at all decides nothing about the surrogate.
        bool mayStandHere = next < 0x80 ? next >= 0x20 : default(Utf8Sequence).TryStart(next);
        return !mayStandHere || TryReplaceHighSurrogate() ? EndEscape(index) : Fail(JsonErrorCode.UnpairedSurrogate, index);
    }

    private int EndEscape(int index)
    {
        _runStart = index;
        State = ScanState.InString;
        return index;
    }

    // With the digits so far, every continuation is a low surrogate without a high one before it, or none that the high one waits for.
    private readonly bool IsCertainlyUnpaired()
    {
        bool beginsLow = _hexDigits switch
        {
            1 => _codeUnit == 0xD,
            2 => _codeUnit is >= 0xDC and <= 0xDF,
            _ => false,
        };
        return _hexDigits <= 2 && (_highSurrogate != 0 ? !beginsLow : _hexDigits == 2 && beginsLow);
    }

    // The high surrogate that waits, if one does, has no partner.
    private bool TryReplaceHighSurrogate()
    {
        if (_settings.RefuseUnpairedSurrogates)
        {
            return false;
        }

        if (_highSurrogate != 0)
        {
            _highSurrogate = 0;
            HandOverReplacement();
        }

        return true;
    }

    private void HandOverReplacement()
    {
        _hasReplacedSurrogate = true;
        Leniencies |= JsonLeniencies.ReplacedSurrogate;
        Handler.OnText(JsonBytes.ReplacementCharacter);
    }

    private void HandOverScalar(int scalar)
    {
        Span<byte> utf8 = stackalloc byte[4];
        int length = JsonBytes.EncodeScalar(scalar, utf8);
        Handler.OnText(utf8.Slice(0, length));
    }
}
